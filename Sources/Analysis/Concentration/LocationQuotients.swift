/// Location quotients: how much more of a kind a region has than the whole would let expect.
///
/// The share of a kind in a region over its share in all regions (P. Sargant Florence, Report on the
/// Location of Industry, 1939): 1 as everywhere, 2 twice as much.
public struct LocationQuotients: Sendable {
    /// The figures of a kind in a region.
    public struct Row: Hashable, Sendable {
        /// The region.
        public let region: String
        /// The kind.
        public let kind: String
        /// How much of the kind the region has.
        public let amount: Double
        /// Its share of all the region has; `nil` for a region that has nothing.
        public let share: Double?
        /// The location quotient; `nil` for a region that has nothing, or a kind that is nowhere.
        public let quotient: Double?
        /// The share of permutations with as much of the kind in the region, or as little, whichever
        /// is less; `nil` where none were asked for or there is no quotient.
        public let significance: Double?
    }

    /// A row for each region and kind, both in the order in which they first occur.
    public let rows: [Row]
    /// How many features have no region or no kind, and do not count.
    public let uncounted: Int

    /// Counts features.
    ///
    /// - Parameters:
    ///   - regions: The region of each, `nil` where it is not known.
    ///   - kinds: The kind of each, `nil` where it is not known.
    ///   - amounts: How much each counts, at least 0.
    ///   - permutations: How many times the kinds are dealt out among the features anew, 0 for none.
    ///   - seed: The same seed gives the same significances.
    /// - Complexity: O(n) for n features, for each permutation.
    public init(
        regions: [String?], kinds: [String?], amounts: [Double], permutations: Int = 0,
        seed: UInt64 = 1
    ) {
        precondition(regions.count == kinds.count && kinds.count == amounts.count)
        var numbers = (regions: Numbering(), kinds: Numbering())
        var features: [(region: Int, kind: Int, amount: Double)] = []
        for (region, (kind, amount)) in zip(regions, zip(kinds, amounts)) {
            guard let region, let kind else { continue }
            features.append((numbers.regions[region], numbers.kinds[kind], amount))
        }
        uncounted = regions.count - features.count
        let count = numbers.kinds.names.count
        let cells = numbers.regions.names.count * count
        func sums(_ kinds: [Int]) -> [Double] {
            var sums = Array(repeating: 0.0, count: cells)
            for (feature, kind) in zip(features, kinds) {
                sums[feature.region * count + kind] += feature.amount
            }
            return sums
        }
        var dealt = features.map(\.kind)
        let found = sums(dealt)
        var tallies = found.map { PermutationTest.Tally(observed: $0, tolerance: 1e-12 * $0) }
        var random = SplitMix64(seed: seed)
        for _ in 0..<permutations {
            random.shuffle(&dealt)
            for (cell, sum) in sums(dealt).enumerated() { tallies[cell].add(sum) }
        }
        let total = found.reduce(0, +)
        rows = (0..<cells).map { cell in
            let (region, kind) = (cell / count, cell % count)
            let ofRegion = found[(region * count)..<((region + 1) * count)].reduce(0, +)
            let ofKind = stride(from: kind, to: cells, by: count).reduce(0) { $0 + found[$1] }
            let share = ofRegion > 0 ? found[cell] / ofRegion : nil
            let quotient = ofKind > 0 ? share.map { $0 / (ofKind / total) } : nil
            return Row(
                region: numbers.regions.names[region], kind: numbers.kinds.names[kind],
                amount: found[cell], share: share, quotient: quotient,
                significance: quotient == nil ? nil : tallies[cell].significance)
        }
    }

    /// Names with numbers from 0, in the order in which they first occur.
    private struct Numbering {
        private(set) var names: [String] = []
        private var numbers: [String: Int] = [:]

        subscript(name: String) -> Int {
            mutating get {
                if let number = numbers[name] { return number }
                numbers[name] = names.count
                names.append(name)
                return names.count - 1
            }
        }
    }
}
