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

    /// The steps at work, each with how far it says it has come.
    private final class AtWork: Sendable {
        private let steps = Mutex<[String]>([])

        func add(_ step: String) { steps.withLock { $0.append(step) } }
        func remove(_ step: String) { steps.withLock { $0.removeAll { $0 == step } } }
        func text(in folder: StudyFolder) -> String {
            steps.withLock { $0 }.map { step in
                " · \(step)" + (folder.progress(of: step).map { " (\($0))" } ?? "")
            }.joined()
        }
    }

    private struct State {
        var done = 0
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
    }

    func tell(_ event: StudyEvent) {
        if form == .json { return Terminal.print(event.json.text + "\n") }
        state.withLock { state in
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
            case .began, .ended: break
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
