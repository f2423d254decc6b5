import Formats
import Studies
import Synchronization

/// Tells people, or a batch system, how a study goes.
final class StudyTeller: Sendable {
    private let plan: StudyPlan
    private let quiet: Bool
    private let form: RunCommand.LogForm
    private let progress: ProgressLine
    private let state = Mutex(State())
    private let atWork = AtWork()
    private let start = ContinuousClock.now

    /// The steps at work, each with how far it says it has come.
    private final class AtWork: Sendable {
        private let steps = Mutex<[String]>([])

        func add(_ step: String) { steps.withLock { $0.append(step) } }
        func remove(_ step: String) { steps.withLock { $0.removeAll { $0 == step } } }
        func all(in folder: StudyFolder) -> [(step: String, progress: StepProgress?)] {
            steps.withLock { $0 }.map { ($0, folder.progress(of: $0)) }
        }
        func text(in folder: StudyFolder) -> String {
            all(in: folder).map { step, progress in
                " · \(step)" + (progress.map { " (\(ProgressLine.text(of: $0)))" } ?? "")
            }.joined()
        }
    }

    private struct State {
        var done = 0
        var isFinished = false
        var outcomes: [String: String] = [:]
    }

    init(
        _ plan: StudyPlan, in folder: StudyFolder, quiet: Bool, form: RunCommand.LogForm
    ) {
        self.plan = plan
        self.quiet = quiet
        self.form = form
        let atWork = atWork
        progress = ProgressLine(plan.name, quiet: quiet || form == .json) {
            atWork.text(in: folder)
        }
        guard form == .json else { return }
        Task.detached { [weak self] in
            repeat {
                try? await Task.sleep(for: Self.interval)
            } while self?.tellProgress(folder) ?? false
        }
    }

    /// How long a log for machines waits between two lines of progress.
    private static let interval = Duration.seconds(2)

    /// Tells how far the run has come.
    ///
    /// - Returns: False once it is finished.
    private func tellProgress(_ folder: StudyFolder) -> Bool {
        state.withLock { state in
            if state.isFinished { return false }
            let whole = StepProgress(
                seconds: (ContinuousClock.now - start) / .seconds(1),
                parts: .init(done: state.done, of: plan.steps.count))
            let event = StudyEvent.progress(whole, atWork: atWork.all(in: folder))
            Terminal.print(event.json.text + "\n")
            return true
        }
    }

    func tell(_ event: StudyEvent) {
        state.withLock { state in
            if form == .json { Terminal.print(event.json.text + "\n") }
            switch event {
            case .upToDate(let step):
                state.done += 1
                state.outcomes[step] = "up to date"
            case .started(let step, _): atWork.add(step)
            case .finished(let step, let outputs, _, _):
                state.done += 1
                atWork.remove(step)
                let files = outputs.filter { !$0.hasSuffix(".provenance.json") }
                state.outcomes[step] = files.joined(separator: ", ")
            case .failed(let step, _):
                atWork.remove(step)
                state.outcomes[step] = "failed"
            case .ended: state.isFinished = true
            case .began, .progress: break
            }
            progress.update(step: state.done, of: plan.steps.count)
        }
    }

    /// Ends with a line for each step, in the order of the plan.
    func finish(_ summary: StudySummary, in folder: StudyFolder) {
        progress.finish()
        guard form == .text, !quiet else { return }
        let outcomes = state.withLock { $0.outcomes }
        var table = Table([("step", .whole), ("", .left)])
        for step in plan.steps { table.add([step.id, outcomes[step.id] ?? "not run"]) }
        Terminal.print(table.text)
        Terminal.print(
            "\(Figures.count(summary.run, "step")) ran, "
                + "\(Figures.number(Double(summary.upToDate))) up to date\n→ \(folder.path)\n")
    }
}
