import Analysis
import ArgumentParser
import Geometry

/// How far positions may be off, on the command line: a distance, or the field that has it; of both
/// sides, or of each with a comma between them.
struct UncertaintyArgument: ExpressibleByArgument, Hashable {
    let accuracy: PositionAccuracy
    let text: String

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            Self.side(String($0))
        }
        let sides = parts.compactMap { $0 }
        guard sides.count == parts.count, (1...2).contains(sides.count) else { return nil }
        text = argument
        accuracy = sides.count == 1 ? sides[0] : .sides(moving: sides[0], fixed: sides[1])
    }

    /// The help of the option.
    ///
    /// - Parameter sides: What the two sides are.
    /// - Returns: The help.
    static func help(of sides: String) -> ArgumentHelp {
        ArgumentHelp(
            "Tell what the accuracy of positions does: a field of metres or a distance, or two "
                + "with a comma for \(sides).",
            valueName: "accuracy")
    }

    private static func side(_ text: String) -> PositionAccuracy? {
        if text.isEmpty { return nil }
        guard let distance = Distance(text) else { return .field(text) }
        return distance.metres >= 0 ? .metres(distance.metres) : nil
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

extension Figures {
    /// The range of a share: `20.0–40.0 %`.
    static func range(_ low: Double?, _ high: Double?) -> String {
        guard let low, let high else { return "–" }
        return "\(number(100 * low, decimals: 1))–" + share(high)
    }

    /// Says for how many features of the demand another answer is possible.
    static func fragile(_ count: Int) -> String {
        "Fragile within the accuracy of positions: \(self.count(count, "feature")) of the demand\n"
    }
}
