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
        let making = StepMaking(old.plan, in: old.folder, old.operations)
        let versions = VersionChange(
            before: before.parts, after: after.parts, here: try making.parts(of: old.step))
        // What is here is not what the old result was made with: what that alone does is found out
        // first, and the other changes are compared with it.
        var base: StudyFolder?
        defer { if let base { FolderKeeping.remove(base.path) } }
        var onTop = ""
        var effectHere = "moves nothing"
        if versions.isOtherHere {
            let made = try await make(old.step, inputsFrom: [:], runner)
            base = made.folder
            effectHere = try effect(in: made.folder, made.failure, from: oldFile)
            if made.failure == nil, effectHere != "moves nothing" { onTop = ", on top of that" }
        }
        let baseFile = onTop.isEmpty ? oldFile : base?.file(old.file) ?? oldFile
        var causes = versions.causes(effectHere)
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
                    effect: try await effect(of: step, inputsFrom: [:], from: baseFile, runner)
                        + onTop))
        }
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
                        of: old.step, inputsFrom: [input.path: other.path], from: baseFile, runner)
                        + onTop))
        }
        return (whole, causes)
    }

    /// Runs the old step with one thing changed, and says what that does to a result.
    private func effect(
        of step: PlannedStep, inputsFrom places: [String: String], from file: String,
        _ runner: any StepRunner
    ) async throws -> String {
        let made = try await make(step, inputsFrom: places, runner)
        defer { FolderKeeping.remove(made.folder.path) }
        return try effect(in: made.folder, made.failure, from: file)
    }

    private func effect(
        in folder: StudyFolder, _ failure: String?, from file: String
    ) throws -> String {
        if let failure { return failure }
        return try ResultDifference(file, folder.file(old.file)).words
    }

    /// Runs the old step with one thing changed.
    ///
    /// - Returns: A folder with its results, and what went wrong.
    private func make(
        _ step: PlannedStep, inputsFrom places: [String: String], _ runner: any StepRunner
    ) async throws -> (folder: StudyFolder, failure: String?) {
        let scratch = StudyFolder(try FolderKeeping.makePassing("clusteratlas"))
        var isMade = false
        defer { if !isMade { FolderKeeping.remove(scratch.path) } }
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
        var failure = summary.failures.first.map { "fails: \($0.problem)" }
        if failure == nil, !FilePlace.exists(scratch.file(old.file)) { failure = "writes nothing" }
        isMade = true
        return (scratch, failure)
    }
}
