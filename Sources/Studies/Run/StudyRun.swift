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
        clearLeft()
        try keepPlan()
        let making = StepMaking(plan, in: folder, operations)
        try refuseOverwriting(making)
        tell(.began(study: plan.name, steps: plan.steps.count))
        var standing = Standing(of: plan)
        try await withThrowingTaskGroup(of: Ended.self) { group in
            while true {
                while standing.atWork < jobs, let step = standing.takeNext() {
                    guard let begun = try begin(step, making, &standing, tell) else { continue }
                    group.addTask { [runner] in
                        let start = ContinuousClock.now
                        let end = try await runner.run(begun.call)
                        return Ended(
                            step: step, parts: begun.parts, end: end,
                            took: ContinuousClock.now - start)
                    }
                }
                guard standing.atWork > 0, let ended = try await group.next() else { break }
                settle(ended, making, &standing, tell)
            }
        }
        let summary = standing.summary
        if summary.failures.isEmpty { try writeCrate(making) }
        tell(
            .ended(
                run: summary.run, upToDate: summary.upToDate, failed: summary.failures.count,
                left: summary.left))
        return summary
    }

    /// Removes what a run that was killed had not finished, and notes of steps that are no more.
    private func clearLeft() {
        for left in FolderListing.names(in: folder.making) {
            FolderKeeping.remove(folder.work(left))
        }
        for left in FolderListing.names(in: folder.notes) where plan[left] == nil {
            FolderKeeping.remove(folder.notes(left))
        }
    }

    /// Which steps are done, at work and waiting.
    private struct Standing {
        private(set) var summary = StudySummary()
        private(set) var atWork = 0
        private var done: Set<String>
        private var waiting: [PlannedStep]

        init(of plan: StudyPlan) {
            // Of a part of a plan, what comes before it is there.
            done = Set(plan.steps.flatMap(\.needs).filter { plan[$0] == nil })
            waiting = plan.steps
            summary.left = waiting.count
        }

        /// The next step of which all that it needs is done; after a failure what is at work is brought
        /// to its end, and nothing else begun.
        mutating func takeNext() -> PlannedStep? {
            guard summary.failures.isEmpty,
                let next = waiting.firstIndex(where: { step in
                    step.needs.allSatisfy { done.contains($0) }
                })
            else { return nil }
            summary.left -= 1
            return waiting.remove(at: next)
        }

        mutating func keep(upToDate step: PlannedStep) {
            summary.upToDate += 1
            done.insert(step.id)
        }

        mutating func begin() { atWork += 1 }

        /// Takes a step as ended: well, or with what went wrong.
        mutating func end(_ step: PlannedStep, _ problem: String?) {
            atWork -= 1
            if let problem {
                summary.failures.append(StudySummary.Failure(step: step.id, problem: problem))
            } else {
                summary.run += 1
                done.insert(step.id)
            }
        }
    }

    /// Begins a step, and says so; `nil` where it is up to date.
    private func begin(
        _ step: PlannedStep, _ making: StepMaking, _ standing: inout Standing,
        _ tell: (StudyEvent) -> Void
    ) throws -> (call: StepCall, parts: [StepRecord.Part])? {
        let parts = try making.parts(of: step)
        guard let reason = try reason(to: step, parts, making) else {
            standing.keep(upToDate: step)
            tell(.upToDate(step: step.id))
            return nil
        }
        let call = try call(step, parts, making)
        let goesOn = !FolderListing.names(in: call.notes).isEmpty
        tell(
            .started(step: step.id, reason: reason + (goesOn ? ", goes on from its notes" : "")))
        standing.begin()
        return (call, parts)
    }

    /// Takes what a step has made, and says how it ended.
    private func settle(
        _ ended: Ended, _ making: StepMaking, _ standing: inout Standing,
        _ tell: (StudyEvent) -> Void
    ) {
        do {
            let outputs = try finish(ended, making)
            standing.end(ended.step, nil)
            tell(
                .finished(
                    step: ended.step.id, outputs: outputs, seconds: ended.seconds,
                    memory: ended.end.memory))
        } catch {
            let problem = "\(error)"
            standing.end(ended.step, problem)
            tell(.failed(step: ended.step.id, problem: problem))
        }
    }

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
