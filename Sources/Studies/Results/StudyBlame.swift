internal import Features
internal import Formats

/// What moved a result of a study: two results of one step, and what lies between them.
public struct StudyBlame: Sendable {
    let old: StudyReplay
    let new: StudyReplay

    /// One thing that changed, and what it alone did.
    public struct Cause: Hashable, Sendable {
        /// What changed: `parameter within`.
        public let name: String
        /// What it does to the old result when nothing else changes, in words.
        public let effect: String
    }

    /// Names two results.
    ///
    /// - Parameters:
    ///   - old: A result of a study.
    ///   - new: A result of the same step, in another folder.
    ///   - operations: What steps can run.
    /// - Throws: ``StudyError`` where they are not of one operation, and what ``StudyReplay`` throws.
    public init(old: String, new: String, operations: any OperationCatalogue) throws {
        self.old = try StudyReplay(of: old, operations: operations)
        self.new = try StudyReplay(of: new, operations: operations)
        guard self.old.step.operation.name == self.new.step.operation.name else {
            throw StudyError(
                at: new,
                "is a result of \(self.new.step.operation.name), and \(old) one of "
                    + self.old.step.operation.name,
                remedy: "name two results of one step")
        }
    }

    /// Finds out what each change alone does to the old result.
    ///
    /// - Parameter runner: Whoever runs the steps.
    /// - Returns: The whole difference in words, and the causes.
    /// - Throws: ``StudyError`` where a folder cannot be written or a step fails.
    public func run(
        runner: any StepRunner
    ) async throws -> (whole: String, causes: [Cause]) {
        guard let before = old.folder.record(of: old.step.id),
            let after = new.folder.record(of: new.step.id)
        else {
            throw StudyError(
                at: old.file, "what the step was made from was not noted",
                remedy: "run the study again")
        }
        let oldFile = old.folder.file(old.file)
        let whole = try ResultDifference(oldFile, new.folder.file(new.file)).words
        let changed = Set(before.parts).symmetricDifference(after.parts).map(\.name)
        var causes: [Cause] = []
        // With nothing changed: what is left is the catalogue and the versions.
        let unchanged = changed.filter { $0 == "catalogue" || $0.hasPrefix("version of ") }.sorted()
        if !unchanged.isEmpty {
            let effect = try await effect(of: old.step, inputsFrom: [:], runner)
            causes.append(
                Cause(
                    name: unchanged.joined(separator: ", "),
                    effect: "\(effect), as they are now; those of the old result are not at hand"))
        }
        for name in changed.filter({ $0.hasPrefix("parameter ") }).sorted() {
            let parameter = String(name.dropFirst("parameter ".count))
            if causes.contains(where: { $0.name == name }) { continue }
            // Where the result goes changes nothing in it.
            if old.step.operation[parameter]?.kind == .outputFile { continue }
            let value = new.step.arguments.first { $0.parameter.name == parameter }
            let step = value.map { old.step.with($0) } ?? old.step.without(parameter)
            causes.append(
                Cause(
                    name: name,
                    effect: try await effect(of: step, inputsFrom: [:], runner)))
        }
        let making = StepMaking(old.plan, in: old.folder, old.operations)
        let newMaking = StepMaking(new.plan, in: new.folder, new.operations)
        let newInputs = try newMaking.inputs(of: new.step)
        for input in try making.inputs(of: old.step) {
            let name = "input \(input.record.name) (\(input.parameter))"
            guard changed.contains(name), !causes.contains(where: { $0.name == name }) else {
                continue
            }
            let isAtHand = before.parts.contains {
                $0.name == name && $0.value == input.record.sha256
            }
            let other = newInputs.first {
                $0.parameter == input.parameter && $0.record.name == input.record.name
            }
            guard isAtHand, let other else {
                causes.append(
                    Cause(name: name, effect: "cannot be tried: the old bytes are not at hand"))
                continue
            }
            causes.append(
                Cause(
                    name: name,
                    effect: try await effect(
                        of: old.step, inputsFrom: [input.path: other.path], runner)))
        }
        return (whole, causes)
    }

    /// Runs the old step with one thing changed, and says what that does to its result.
    private func effect(
        of step: PlannedStep, inputsFrom places: [String: String], _ runner: any StepRunner
    ) async throws -> String {
        let scratch = StudyFolder(try StudyReplay.temporaryFolder())
        defer { StudyFolder.remove(scratch.path) }
        var changed = step
        for argument in step.arguments {
            var argument = argument
            argument.values = try argument.values.map { value in
                switch value {
                case .output(_, let file):
                    let path = old.folder.file(file)
                    let place = FilePlace.absolute(places[path] ?? path)
                    try StudyFolder.link(scratch.file(file), to: place)
                    return value
                case .file(let file, let layer):
                    let path = FilePlace.absolute(FilePlace.path(file, in: old.plan.folder))
                    return .file(places[path] ?? path, layer: layer)
                default: return value
                }
            }
            changed = changed.with(argument)
        }
        var plan = old.plan
        plan.steps = [changed]
        var run = StudyRun(plan, in: scratch, operations: old.operations, runner: runner)
        run.keptText = ""
        let summary = try await run.run { _ in }
        if let failure = summary.failures.first { return "fails: \(failure.problem)" }
        guard FilePlace.exists(scratch.file(old.file)) else { return "writes nothing" }
        return try ResultDifference(old.folder.file(old.file), scratch.file(old.file)).words
    }
}
