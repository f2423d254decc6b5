/// Numbers in classes that lie one after the other.
public struct ClassedNumbers: Hashable, Sendable {
    /// The classes, ascending.
    public let classes: [Range]

    /// A class of numbers.
    public struct Range: Hashable, Sendable {
        /// Its least number: of the data, or the edge of a class of equal width.
        public let least: Double
        /// Its greatest number, which belongs to it.
        public let greatest: Double
    }

    /// Puts numbers into classes.
    ///
    /// Equal numbers are in one class always, so there may be fewer classes than were asked for.
    ///
    /// - Parameters:
    ///   - numbers: The numbers; those not finite are left out.
    ///   - method: How.
    ///   - count: How many classes at most.
    public init(_ numbers: some Sequence<Double>, by method: ClassMethod, count: Int) {
        let sorted = numbers.filter(\.isFinite).sorted()
        guard let first = sorted.first, let last = sorted.last else {
            classes = []
            return
        }
        if method == .equal, first < last {
            let width = (last - first) / Double(count)
            classes = (0..<count).map { i in
                Range(
                    least: first + Double(i) * width,
                    greatest: i == count - 1 ? last : first + Double(i + 1) * width)
            }
            return
        }
        var values: [Double] = []
        var weights: [Double] = []
        for number in sorted {
            if values.last == number {
                weights[weights.count - 1] += 1
            } else {
                values.append(number)
                weights.append(1)
            }
        }
        let ends =
            method == .jenks
            ? NaturalBreaks.ends(of: values, weights: weights, classes: count)
            : Self.quantiles(weights, of: sorted.count, count)
        var start = 0
        classes = ends.map { end in
            defer { start = end }
            return Range(least: values[start], greatest: values[end - 1])
        }
    }

    /// Ends the i-th class with the number that the i-th part of all numbers reaches.
    private static func quantiles(_ weights: [Double], of total: Int, _ count: Int) -> [Int] {
        var ends: [Int] = []
        var sum = 0.0
        var part = 1
        for i in weights.indices {
            sum += weights[i]
            var reaches = false
            while part <= count, sum * Double(count) >= Double(part * total) {
                part += 1
                reaches = true
            }
            if reaches { ends.append(i + 1) }
        }
        return ends
    }

    /// The class of a number.
    ///
    /// - Parameter number: The number.
    /// - Returns: The first class whose greatest number is not below it; `nil` where there is none.
    public func index(of number: Double) -> Int? {
        number.isFinite ? classes.firstIndex { number <= $0.greatest } : nil
    }
}
