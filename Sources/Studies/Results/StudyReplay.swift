internal import Features
internal import Formats

/// A result of a study that can be made again.
public struct StudyReplay: Sendable {
    /// The result.
    public let file: String
    /// The step that wrote it.
    public let step: PlannedStep
    let plan: StudyPlan
    let folder: StudyFolder
    let operations: any OperationCatalogue
    let settings: [(name: String, text: String)]

    /// What came of making a result again.
    public struct Outcome: Sendable {
        /// The files that the step writes, and whether their bytes came out the same.
        public let files: [(name: String, isSame: Bool)]
        /// What the step depends on that is no longer what it was; `nil` where nothing changed.
        public let difference: String?
        /// The files that are not what the step wrote when the study ran, and makes again now.
        public let touched: [String]
        /// What went wrong, where the step failed.
        public let failure: String?
    }

    /// Finds out how a result was made.
    ///
    /// - Parameters:
    ///   - path: The result, in the folder that a study wrote.
    ///   - operations: What steps can run.
    /// - Throws: ``StudyError`` where no study wrote it, ``StudyPlanError`` where the study no longer
    ///   holds.
    public init(of path: String, operations: any OperationCatalogue) throws {
        guard FilePlace.exists(path) else {
            throw StudyError(at: path, "there is no such file")
        }
        if FilePlace.isFolder(path) {
            throw StudyError(
                at: path, "is a folder", remedy: "name one of the results that lie in it")
        }
        let kept = try KeptStudy(in: FilePlace.parent(of: path), operations: operations)
        settings = kept.settings
        plan = kept.plan
        var name = FilePlace.name(of: path)
        if name.hasSuffix(StepProvenance.ending) {
            name = String(name.dropLast(StepProvenance.ending.count))
        }
        guard let found = plan.step(writing: name) else {
            let all = plan.steps.flatMap { step in step.outputs.map(\.file) + [step.report] }
            throw StudyError(
                at: path, "no step of the study \(plan.name) writes this file",
                remedy: Spelling.nearest(to: name, in: all).map { "did you mean \($0)?" })
        }
        step = found
        file = name
        folder = kept.folder
        self.operations = operations
    }

    /// Makes the result again in a folder of its own, and compares the bytes.
    ///
    /// - Parameters:
    ///   - whole: Whether all the steps that it rests on are made again too; else their results are
    ///     taken as they are.
    ///   - runner: Whoever runs the steps.
    /// - Returns: What came of it.
    /// - Throws: ``StudyError`` where nothing can be written, and where an input cannot be read.
    public func run(whole: Bool, runner: any StepRunner) async throws -> Outcome {
        let now = try StepMaking(plan, in: folder, operations).parts(of: step)
        let difference = folder.record(of: step.id).flatMap { $0.difference(from: now) }
        let scratch = StudyFolder(try FolderKeeping.makePassing("clusteratlas"))
        defer { FolderKeeping.remove(scratch.path) }
        let part = plan.only(whole ? plan.ancestry(of: step.id) : [step.id])
        if !whole {
            for earlier in step.needs {
                guard let record = folder.record(of: earlier) else { continue }
                for output in record.outputs {
                    try StudyFolder.link(
                        scratch.file(output.name), to: FilePlace.absolute(folder.file(output.name)))
                }
            }
        }
        var run = StudyRun(part, in: scratch, operations: operations, runner: runner)
        run.keptText = try TextFile.read(folder.state + "/study.yaml")
        let summary = try await run.run { _ in }
        if let failure = summary.failures.first {
            return Outcome(
                files: [], difference: difference, touched: [], failure: failure.problem)
        }
        let made = scratch.record(of: step.id)?.outputs ?? []
        let files = try made.map { output in
            let path = folder.file(output.name)
            let isSame = try FilePlace.exists(path) && InputRecord.of(file: path) == output
            return (output.name, isSame)
        }
        let before = folder.record(of: step.id)?.outputs ?? []
        let touched = zip(made, files).filter { before.contains($0) && !$1.1 }.map(\.0.name)
        return Outcome(files: files, difference: difference, touched: touched, failure: nil)
    }
}
