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
        let making = StepMaking(old.plan, in: old.folder, old.operations)
        let versions = VersionChange(
            before: before.parts, after: after.parts, here: try making.parts(of: old.step))
        let base = try await base(of: oldFile, versions, runner)
        defer { if let folder = base.folder { FolderKeeping.remove(folder.path) } }
        var causes = versions.causes(base.effect)
        let changed = Set(Set(before.parts).symmetricDifference(after.parts).map(\.name))
            .subtracting(causes.map(\.name))
        causes += try await parameterCauses(changed, base, runner)
        causes += try await inputCauses(changed, before, making, base, runner)
        return (whole, causes)
    }

    /// What single changes are compared with: the old result, or one made with what is at hand.
    private struct Base {
        var file: String
        /// What it does to the old result to be made with what is at hand.
        var effect = "moves nothing"
        /// What is said of effects that are no longer those on the old result.
        var onTop = ""
        /// Where it was made.
        var folder: StudyFolder?
    }

    /// Makes what single changes are compared with.
    ///
    /// What is here may not be what the old result was made with: what that alone does is found out
    /// first, and the other changes are compared with it.
    private func base(
        of oldFile: String, _ versions: VersionChange, _ runner: any StepRunner
    ) async throws -> Base {
        var base = Base(file: oldFile)
        guard versions.isOtherHere else { return base }
        let made = try await make(old.step, inputsFrom: [:], runner)
        base.folder = made.folder
        base.effect = try effect(in: made.folder, made.failure, from: oldFile)
        if made.failure == nil, base.effect != "moves nothing" {
            base.onTop = ", on top of that"
            base.file = made.folder.file(old.file)
        }
        return base
    }

    /// What each parameter that is another in the new result does alone.
    private func parameterCauses(
        _ changed: Set<String>, _ base: Base, _ runner: any StepRunner
    ) async throws -> [Cause] {
        var causes: [Cause] = []
        for name in changed.filter({ $0.hasPrefix("parameter ") }).sorted() {
            let parameter = String(name.dropFirst("parameter ".count))
            // Where the result goes changes nothing in it.
            if old.step.operation[parameter]?.kind == .outputFile { continue }
            let value = new.step.arguments.first { $0.parameter.name == parameter }
            let step = value.map { old.step.with($0) } ?? old.step.without(parameter)
            let effect = try await effect(of: step, inputsFrom: [:], from: base.file, runner)
            causes.append(Cause(name: name, effect: effect + base.onTop))
        }
        return causes
    }

    /// What each input that is another in the new result does alone.
    private func inputCauses(
        _ changed: Set<String>, _ before: StepRecord, _ making: StepMaking, _ base: Base,
        _ runner: any StepRunner
    ) async throws -> [Cause] {
        var causes: [Cause] = []
        let newInputs = try StepMaking(new.plan, in: new.folder, new.operations)
            .inputs(of: new.step)
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
            let effect = try await effect(
                of: old.step, inputsFrom: [input.path: other.path], from: base.file, runner)
            causes.append(Cause(name: name, effect: effect + base.onTop))
        }
        return causes
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
