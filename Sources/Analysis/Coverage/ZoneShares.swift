internal import Features

/// What areas cover of the zones of a batch.
struct ZoneShares {
    /// The area of each zone in square metres; NaN for a feature that is no polygon.
    var sizes: [Double]
    /// How much of each zone holds anybody, in square metres.
    var settledSizes: [Double]
    /// The covered share of each zone at each distance.
    var shares: [[Double]]
    /// The covered share of the weight of each zone at each distance.
    var weightShares: [[Double]]
    /// How many zones of a weight hold nothing of the land.
    var unsettled = 0

    init(rows: Int, distances: Int) {
        sizes = Array(repeating: .nan, count: rows)
        settledSizes = sizes
        shares = Array(repeating: sizes, count: distances)
        weightShares = shares
    }

    /// All of it as numbers.
    var numbers: FoundNumbers {
        FoundNumbers(
            whole: [Int32(unsettled)],
            real: sizes + settledSizes + shares.joined() + weightShares.joined())
    }

    /// Takes what was noted; `nil` where it is not of so many rows and distances.
    init?(_ numbers: FoundNumbers, rows: Int, distances: Int) {
        guard numbers.real.count == rows * (2 + 2 * distances),
            let unsettled = numbers.whole.first
        else { return nil }
        func list(_ place: Int) -> [Double] {
            Array(numbers.real[(place * rows)..<((place + 1) * rows)])
        }
        sizes = list(0)
        settledSizes = list(1)
        shares = (0..<distances).map { list(2 + $0) }
        weightShares = (0..<distances).map { list(2 + distances + $0) }
        self.unsettled = Int(unsettled)
    }
}
