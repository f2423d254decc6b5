import Features

/// Numbers as tables show them.
enum Figures {
    /// A number with so many decimals and commas between thousands.
    static func number(_ value: Double, decimals: Int = 0) -> String {
        value.isFinite ? GroupedNumber.text(value, decimals: decimals) : "–"
    }

    /// A number as it was given, without needless decimals: `15`, `7.5`.
    static func plain(_ value: Double) -> String {
        var decimals = 0
        var scaled = value
        while scaled != scaled.rounded(), decimals < 6 {
            scaled *= 10
            decimals += 1
        }
        return number(value, decimals: decimals)
    }

    /// A number of things: `1 feature`, `97 features`.
    static func count(_ number: Int, _ thing: String, _ things: String? = nil) -> String {
        "\(Self.number(Double(number))) \(number == 1 ? thing : things ?? thing + "s")"
    }

    /// A number with four digits that say something, of whatever size it is.
    static func significant(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return number(value) }
        var decimals = 3
        var magnitude = value.magnitude
        while magnitude >= 10, decimals > 0 {
            magnitude /= 10
            decimals -= 1
        }
        while magnitude < 1, decimals < 15 {
            magnitude *= 10
            decimals += 1
        }
        return number(value, decimals: decimals)
    }

    /// Metres as kilometres with one decimal.
    static func kilometres(_ metres: Double?) -> String {
        metres.map { number($0 / 1000, decimals: 1) } ?? "–"
    }

    /// A share of one as a percentage with one decimal.
    static func share(_ share: Double?) -> String {
        share.map { number($0 * 100, decimals: 1) + " %" } ?? "–"
    }
}
