import Analysis
import ArgumentParser
import Geometry

/// How far positions may be off, on the command line: a distance, or the field that has it.
struct UncertaintyArgument: ExpressibleByArgument, Hashable {
    let accuracy: PositionAccuracy
    let text: String

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        text = argument
        if let distance = Distance(argument) {
            guard distance.metres >= 0 else { return nil }
            accuracy = .metres(distance.metres)
        } else {
            accuracy = .field(argument)
        }
    }
}

extension InputOptions {
    /// Says that positions without an accuracy are taken as exact.
    func noteAccuracies(_ count: Int, _ argument: UncertaintyArgument?) {
        guard count > 0, let argument else { return }
        note(
            "\(Figures.count(count, "feature")) of both sides without \(argument.text), "
                + "taken as exact")
    }
}
