internal import Features
internal import Formats

/// A study at work in a folder.
public struct StudyRun: Sendable {
    let plan: StudyPlan
    let folder: StudyFolder
    let operations: any OperationCatalogue
    let runner: any StepRunner
    /// How many steps run at once.
    public var jobs = 1
    /// The greatest number of bytes that all steps at work may hold in memory together.
    public var memory: Int?
    /// How many processors there are for all steps at work.
    public var processors = 1
    /// The settings by which the plan was read, kept for ``StudyReplay``.
    public var settings: [(name: String, text: String)] = []
    /// The text of the study, where its file may hold another by now.
    var keptText: String?

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - plan: The study.
    ///   - folder: Where its results go.
    ///   - operations: What the plan was checked by.
    ///   - runner: Whoever runs the steps.
    public init(
        _ plan: StudyPlan, in folder: StudyFolder, operations: any OperationCatalogue,
        runner: any StepRunner
    ) {
        self.plan = plan
        self.folder = folder
        self.operations = operations
        self.runner = runner
    }

    /// Tells what a run would do.
    ///
    /// - Returns: For each step in order why it would run; `nil` where it is up to date.
    /// - Throws: Where an input or the catalogue cannot be read.
    public func prospect() throws -> [(step: PlannedStep, reason: String?)] {
        let making = StepMaking(plan, in: folder, operations)
        var running = Set<String>()
        return try plan.steps.map { step in
            var reason: String?
            let before = step.needs.filter { running.contains($0) }
            if !before.isEmpty {
                reason = "after \(before.joined(separator: ", "))"
            } else {
                reason = try self.reason(to: step, try making.parts(of: step), making)
            }
            if reason != nil { running.insert(step.id) }
            return (step, reason)
        }
    }

    /// Why a step has to run; `nil` where its results are there and are what they were.
    private func reason(
        to step: PlannedStep, _ parts: [StepRecord.Part], _ making: StepMaking
    ) throws -> String? {
        guard let record = folder.record(of: step.id) else { return "has not run yet" }
        if let difference = record.difference(from: parts) { return difference }
        for output in record.outputs {
            let path = folder.file(output.name)
            guard FilePlace.exists(path) else { return "\(output.name) is missing" }
            if try making.record(of: path) != output { return "\(output.name) was changed" }
        }
        return nil
    }

    /// Runs the steps that have to run.
    ///
    /// A step's results appear once it has ended well, each of them whole; then what they were made
    /// from is noted. However a run ends, another goes on from there, and its last bytes are those of
    /// a run that nothing disturbed.
    ///
    /// - Parameter tell: What happens, as it happens.
    /// - Returns: How it ended.
    /// - Throws: ``StudyError`` where another run is at work in the folder or it cannot be written,
    ///   and where an input or the catalogue cannot be read.
    public func run(_ tell: @Sendable (StudyEvent) -> Void) async throws -> StudySummary {
        try folder.make()
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        for left in FolderListing.names(in: folder.making) {
            FolderKeeping.remove(folder.work(left))
        }
        for left in FolderListing.names(in: folder.notes) where plan[left] == nil {
            FolderKeeping.remove(folder.notes(left))
        }
        try keepPlan()
        let making = StepMaking(plan, in: folder, operations)
        try refuseOverwriting(making)
        tell(.began(study: plan.name, steps: plan.steps.count))
        var summary = StudySummary()
        // Of a part of a plan, what comes before it is there.
        var done = Set(plan.steps.flatMap(\.needs).filter { plan[$0] == nil })
        var waiting = plan.steps
        try await withThrowingTaskGroup(of: Ended.self) { group in
            var atWork = 0
            while true {
                // After a failure what is at work is brought to its end, and nothing else begun.
                while summary.failures.isEmpty, atWork < jobs,
                    let next = waiting.firstIndex(where: { step in
                        step.needs.allSatisfy { done.contains($0) }
                    })
                {
                    let step = waiting.remove(at: next)
                    let parts = try making.parts(of: step)
                    guard let reason = try reason(to: step, parts, making) else {
                        summary.upToDate += 1
                        done.insert(step.id)
                        tell(.upToDate(step: step.id))
                        continue
                    }
                    let call = try call(step, parts, making)
                    let goesOn = !FolderListing.names(in: call.notes).isEmpty
                    tell(
                        .started(
                            step: step.id,
                            reason: reason + (goesOn ? ", goes on from its notes" : "")))
                    atWork += 1
                    group.addTask { [runner] in
                        let start = ContinuousClock.now
                        let end = try await runner.run(call)
                        return Ended(
                            step: step, parts: parts, end: end, took: ContinuousClock.now - start)
                    }
                }
                guard atWork > 0, let ended = try await group.next() else { break }
                atWork -= 1
                do {
                    let outputs = try finish(ended, making)
                    summary.run += 1
                    done.insert(ended.step.id)
                    tell(
                        .finished(
                            step: ended.step.id, outputs: outputs, seconds: ended.seconds,
                            memory: ended.end.memory))
                } catch {
                    let problem = "\(error)"
                    summary.failures.append(
                        StudySummary.Failure(step: ended.step.id, problem: problem))
                    tell(.failed(step: ended.step.id, problem: problem))
                }
            }
        }
        summary.left = waiting.count
        if summary.failures.isEmpty { try writeCrate(making) }
        tell(
            .ended(
                run: summary.run, upToDate: summary.upToDate, failed: summary.failures.count,
                left: summary.left))
        return summary
    }

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

    // MARK: A step

    private func call(
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
            context: making.context(of: step).text, memory: memory.map { $0 / jobs })
    }

    /// Puts a step's results into their place, and notes what they were made from.
    private func finish(_ ended: Ended, _ making: StepMaking) throws -> [String] {
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

    /// Refuses outputs that would take the place of an input.
    private func refuseOverwriting(_ making: StepMaking) throws {
        let written = Set(
            plan.steps.flatMap { step in step.outputs.map(\.file) + [step.report] }
                .map { FilePlace.absolute(folder.file($0)) })
        for step in plan.steps {
            for case .file(let file, _) in step.arguments.flatMap(\.values)
            where written.contains(making.place(file)) {
                throw StudyError(
                    at: file, "is an input of the study, and a step would write over it",
                    remedy: "name another folder with -o")
            }
        }
    }
}
