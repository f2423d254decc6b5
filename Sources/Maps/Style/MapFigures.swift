import Features

/// Numbers as legends show them.
package enum MapFigures {
    /// A number with so many decimals and commas between thousands.
    package static func number(_ value: Double, decimals: Int = 0) -> String {
        GroupedNumber.text(value, decimals: decimals, minus: "−")
    }

    /// The least decimals by which numbers show three digits of their range, and no more than they
    /// have.
    package static func decimals(for values: [Double]) -> Int {
        let range = (values.max() ?? 0) - (values.min() ?? 0)
        let all = range > 0 ? range : (values.first ?? 0).magnitude
        var step = all / 200
        var decimals = 0
        while step > 0, step < 1, decimals < 8 {
            step *= 10
            decimals += 1
        }
        func fits(_ decimals: Int) -> Bool {
            var scale = 1.0
            for _ in 0..<decimals { scale *= 10 }
            return values.allSatisfy { ($0 * scale).rounded() == $0 * scale }
        }
        return (0..<decimals).first(where: fits) ?? decimals
    }

    /// A number as it is, without needless decimals.
    package static func plain(_ value: Double) -> String {
        number(value, decimals: decimals(for: [value]))
    }
}
