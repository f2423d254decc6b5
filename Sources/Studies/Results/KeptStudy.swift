public import Features
public import Formats

/// A study as a folder keeps it, with the results of its steps.
public struct KeptStudy: Sendable {
    /// The plan by which the results were made.
    public let plan: StudyPlan
    /// The parameters that took the place of the plan's own, as name and YAML text.
    public let settings: [(name: String, text: String)]
    /// The folder.
    public let folder: StudyFolder
    /// The text of the plan.
    let text: String

    /// Reads what a folder keeps.
    ///
    /// - Parameters:
    ///   - path: The folder of `clusteratlas run`.
    ///   - operations: What steps can run.
    /// - Throws: ``StudyError`` where no study wrote into the folder, ``StudyPlanError`` where the
    ///   study no longer holds.
    public init(in path: String, operations: any OperationCatalogue) throws {
        folder = StudyFolder(path)
        guard let kept = try? JSONValue.read(folder.state + "/run.json"),
            let study = kept["study"]?.string,
            let text = try? TextFile.read(folder.state + "/study.yaml")
        else {
            throw StudyError(
                at: path, "no study wrote into this folder, so that nothing tells how it was made",
                remedy: "name a folder that `clusteratlas run` wrote")
        }
        settings = (kept["settings"]?.array ?? []).map {
            ($0["name"]?.string ?? "", $0["text"]?.string ?? "")
        }
        self.text = text
        plan = try StudyPlan.parse(text, file: study, settings: settings, operations: operations)
    }

    /// The results of a step as they were noted, each of which is there with the bytes it had.
    ///
    /// - Parameter step: The step.
    /// - Returns: The results, those beside others that tell where they come from left out.
    /// - Throws: ``StudyError`` where the step has not run, or a result is missing or another.
    public func results(of step: PlannedStep) throws -> [InputRecord] {
        guard let record = folder.record(of: step.id) else {
            throw StudyError(
                at: folder.path, "the step \(step.id) has not run",
                remedy: "run the study to its end: clusteratlas run … -o \(folder.path)")
        }
        for output in record.outputs {
            let path = folder.file(output.name)
            let problem =
                !FilePlace.exists(path)
                ? "is missing" : try InputRecord.of(file: path) != output ? "was changed" : nil
            if let problem {
                throw StudyError(
                    at: path, "\(problem) since the step \(step.id) wrote it",
                    remedy: "run the study again: it makes what is no longer there")
            }
        }
        return record.outputs.filter { !$0.name.hasSuffix(StepProvenance.ending) }
    }

    /// Where a result lies.
    ///
    /// - Parameter name: The name of the file.
    /// - Returns: Its path.
    public func path(of name: String) -> String { folder.file(name) }

    /// Where a file lies that the plan names from its own folder.
    ///
    /// - Parameter file: The file as the plan names it.
    /// - Returns: Its path.
    public func path(ofInput file: String) -> String { FilePlace.path(file, in: plan.folder) }

    /// What the folder says of itself as an RO-Crate: versions, inputs and results.
    public var crate: JSONValue? { try? JSONValue.read(folder.file(ResearchCrate.file)) }
}
