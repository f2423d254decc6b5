internal import Features
internal import Formats

extension StudyRun {
    /// A step that has ended, well or not.
    struct Ended: Sendable {
        let step: PlannedStep
        let parts: [StepRecord.Part]
        let end: StepEnd
        let took: Duration

        var seconds: Double {
            Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        }
    }

    /// What runs a step, from a folder of its own that is empty.
    func call(
        _ step: PlannedStep, _ parts: [StepRecord.Part], _ making: StepMaking
    ) throws -> StepCall {
        let place = folder.work(step.id)
        FolderKeeping.remove(place)
        try FolderKeeping.make(place)
        var words = try making.words(of: step, in: place)
        if step.operation.takesThreads {
            words += ["--threads", String(max(1, processors / jobs))]
        }
        // What was noted of other inputs or parameters is of no use any more.
        let key = String(StepRecord.key(parts).prefix(16))
        for other in FolderListing.names(in: folder.notes(step.id)) where other != key {
            FolderKeeping.remove("\(folder.notes(step.id))/\(other)")
        }
        let root = FilePlace.absolute(place)
        return StepCall(
            words: words, folder: root, report: "\(root)/\(step.report)",
            log: FilePlace.absolute(folder.state) + "/logs/\(step.id).log",
            notes: FilePlace.absolute(folder.state) + "/notes/\(step.id)/\(key)",
            context: try making.context(of: step).text, memory: memory.map { $0 / jobs })
    }

    /// Puts a step's results into their place, and notes what they were made from.
    func finish(_ ended: Ended, _ making: StepMaking) throws -> [String] {
        let step = ended.step
        let place = folder.work(step.id)
        defer {
            FolderKeeping.remove(place)
            StudyFolder.removeFile(folder.log(step.id) + StudyFolder.progressEnding)
        }
        guard ended.end.code == 0 else { throw failure(ended) }
        for input in try making.inputs(of: step)
        where !ended.parts.contains(where: { $0.value == input.record.sha256 }) {
            throw StudyError(
                at: input.path, "changed while it was read", remedy: "run the study again")
        }
        let files = try written(by: step, in: place, making)
        let outputs = try files.map { try InputRecord.of(file: "\(place)/\($0)") }
        let before = folder.record(of: step.id)
        for output in outputs {
            try FolderKeeping.move("\(place)/\(output.name)", to: folder.file(output.name))
        }
        // What the step wrote before and writes no more.
        for old in before?.outputs ?? [] where !files.contains(old.name) {
            let path = folder.file(old.name)
            if plan.step(writing: old.name) == nil, (try? making.record(of: path)) == old {
                StudyFolder.removeFile(path)
            }
        }
        try folder.keep(
            StepRecord(parts: ended.parts, outputs: outputs, seconds: ended.seconds), of: step.id)
        FolderKeeping.remove(folder.notes(step.id))
        return files
    }

    /// The files that a step wrote, each with where its numbers came from.
    private func written(
        by step: PlannedStep, in place: String, _ making: StepMaking
    ) throws -> [String] {
        var files = step.outputs.map(\.file)
        for file in files where !FilePlace.exists("\(place)/\(file)") {
            let said = (try? TextFile.read("\(place)/\(step.report)")) ?? ""
            throw StudyError(
                at: "step \(step.id)", "ended without writing \(file)\n\(said)\(log(of: step))")
        }
        if let report = try? InputRecord.of(file: "\(place)/\(step.report)"), report.size > 0 {
            files.append(step.report)
        }
        // What a step prints beside its results needs no file of its own that says the same again.
        for file in files
        where FileFormat(path: file) != .geoJSON && (file != step.report || files.count == 1)
            || file == step.report && file.hasSuffix(".json")
        {
            let record = try InputRecord.of(file: "\(place)/\(file)")
            let sidecar = try StepProvenance.sidecar(of: record, step, making, plan)
            files.append(file + StepProvenance.ending)
            try TextFile.write(
                sidecar.indentedText, to: "\(place)/\(file)\(StepProvenance.ending)")
        }
        return files
    }

    /// What a step said while it worked, as far as it is short.
    private func log(of step: PlannedStep) -> String {
        guard let text = try? TextFile.read(folder.log(step.id)) else { return "" }
        let lines = text.split(separator: "\n").suffix(12)
        return lines.joined(separator: "\n")
    }

    private func failure(_ ended: Ended) -> StudyError {
        let said = log(of: ended.step)
        let place = "step \(ended.step.id)"
        guard let signal = ended.end.signal else {
            let words = said.isEmpty ? "ended with code \(ended.end.code)" : said
            return StudyError(
                at: place, words.hasPrefix("Error: ") ? String(words.dropFirst(7)) : words)
        }
        if let memory, ended.end.isOverMemory {
            return StudyError(
                at: place,
                "wanted more than its \(Self.megabytes(memory / jobs)) of memory, and was ended",
                remedy: "give more --memory or fewer --jobs")
        }
        return StudyError(
            at: place, "was ended by signal \(signal)\n\(said)",
            remedy: "run the study again; if memory ran out, give fewer --jobs")
    }

    private static func megabytes(_ bytes: Int) -> String { "\(bytes / 1_000_000) MB" }
}
