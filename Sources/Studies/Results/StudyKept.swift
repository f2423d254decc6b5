internal import Formats

extension StudyRun {
    /// Keeps the study as it is run, so that its results can be made again.
    func keepPlan() throws {
        let text = try keptText ?? TextFile.read(plan.file)
        try TextFile.write(text, to: folder.state + "/study.yaml")
        let kept = JSONValue.object([
            "study": .string(FilePlace.absolute(plan.file)),
            "settings": .array(
                settings.map {
                    .object(["name": .string($0.name), "text": .string($0.text)])
                }),
        ])
        try TextFile.write(kept.indentedText, to: folder.state + "/run.json")
    }
}
