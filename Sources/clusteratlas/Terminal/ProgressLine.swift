import Formats
import Studies
import Synchronization

/// A line on standard error that tells how far long work has come.
///
/// Shown on a terminal only, after the first second, and wiped at the end. It is drawn by a task of
/// its own, so that work which reports nothing for a while still shows that time passes. A step of a
/// study says the same in a file, which the run that it belongs to shows.
final class ProgressLine: Sendable {
    private struct State {
        var label: String
        var features = 0
        var steps: StepProgress.Parts?
        var isDrawn = false
        var isFinished = false
    }

    private let state: Mutex<State>
    private let start = ContinuousClock.now
    /// The file of a step; `nil` for a line on the terminal.
    private let file = StepProcess.progressFile
    /// What is told of parts at work, asked whenever the line is drawn.
    private let parts: (@Sendable () -> String)?

    init(_ label: String, quiet: Bool, parts: (@Sendable () -> String)? = nil) {
        self.parts = parts
        let isShown = file != nil || (!quiet && Terminal.showsProgress)
        state = Mutex(State(label: label, isFinished: !isShown))
        guard isShown else { return }
        Task.detached { [weak self] in
            try? await Task.sleep(for: .seconds(1))
            while let self, self.draw() { try? await Task.sleep(for: .milliseconds(200)) }
        }
    }

    /// Tells how many features have been worked on.
    func update(features count: Int) { state.withLock { $0.features = count } }

    /// Tells how many of a number of steps are done.
    func update(step done: Int, of all: Int) {
        state.withLock { $0.steps = StepProgress.Parts(done: done, of: all) }
    }

    /// Tells that other work has begun.
    func begin(_ label: String) {
        state.withLock {
            $0.label = label
            $0.features = 0
            $0.steps = nil
        }
    }

    /// Draws the line.
    ///
    /// - Returns: False once the work is finished.
    private func draw() -> Bool {
        let elapsed = (ContinuousClock.now - start).components
        let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        return state.withLock { state in
            guard !state.isFinished else { return false }
            let progress = StepProgress(
                seconds: seconds, parts: state.steps, features: state.features)
            if let file {
                try? TextFile.write(progress.json.text, to: file)
                return true
            }
            let line = "\(state.label): \(Self.text(of: progress))" + (parts.map { $0() } ?? "")
            Terminal.write("\r\u{1B}[K\(Terminal.cut(line))", to: 2)
            state.isDrawn = true
            return true
        }
    }

    /// How far work has come, at which rate, and how long the rest may take.
    static func text(of progress: StepProgress) -> String {
        var text = "\(Int(progress.seconds)) s"
        if let parts = progress.parts {
            let filled = parts.all == 0 ? 20 : 20 * parts.done / parts.all
            text +=
                ", [" + String(repeating: "#", count: filled)
                + String(repeating: ".", count: 20 - filled) + "] \(parts.done) of \(parts.all)"
            if let left = progress.secondsLeft, parts.done < parts.all {
                text += ", about \(Int(left.rounded(.up))) s left"
            }
        } else if progress.features > 0, let rate = progress.rate {
            text +=
                ", \(Figures.number(Double(progress.features))) features, "
                + "\(Figures.number(rate)) a second"
        }
        return text
    }

    /// Ends the work and wipes the line.
    func finish() {
        state.withLock { state in
            if state.isDrawn { Terminal.write("\r\u{1B}[K", to: 2) }
            state.isDrawn = false
            state.isFinished = true
        }
    }

    deinit { finish() }
}
