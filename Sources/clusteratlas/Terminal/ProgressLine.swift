/// A line on standard error that tells how far long work has come.
///
/// Shown on a terminal only, after the first second, and wiped at the end.
final class ProgressLine {
    private let label: String
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var last: ContinuousClock.Instant
    private var isDrawn = false

    init(_ label: String, quiet: Bool) {
        self.label = label
        isShown = !quiet && Terminal.showsProgress
        last = start
    }

    /// Tells how many features have been worked on.
    func update(features count: Int) {
        update { seconds in
            "\(Figures.number(Double(count))) features, "
                + "\(Figures.number(Double(count) / seconds)) a second"
        }
    }

    /// Tells how many of a number of steps are done.
    func update(step done: Int, of all: Int) {
        update { _ in
            let filled = all == 0 ? 20 : 20 * done / all
            return "[" + String(repeating: "#", count: filled)
                + String(repeating: ".", count: 20 - filled) + "] \(done) of \(all)"
        }
    }

    private func update(_ text: (Double) -> String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        guard now - start > .seconds(1), now - last > .milliseconds(100) else { return }
        last = now
        let elapsed = now - start
        let seconds =
            Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        Terminal.write("\r\u{1B}[K\(label): \(text(seconds))", to: 2)
        isDrawn = true
    }

    /// Wipes the line.
    func finish() {
        if isDrawn { Terminal.write("\r\u{1B}[K", to: 2) }
        isDrawn = false
    }

    deinit { finish() }
}
