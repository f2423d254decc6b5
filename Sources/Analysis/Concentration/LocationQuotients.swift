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
    ///   - amounts: How much each counts.
    public init(regions: [String?], kinds: [String?], amounts: [Double]) {
        precondition(regions.count == kinds.count && kinds.count == amounts.count)
        var order = (regions: [String](), kinds: [String]())
        var seen = (regions: Set<String>(), kinds: Set<String>())
        var sums: [String: [String: Double]] = [:]
        var uncounted = 0
        for (region, (kind, amount)) in zip(regions, zip(kinds, amounts)) {
            guard let region, let kind else {
                uncounted += 1
                continue
            }
            if seen.regions.insert(region).inserted { order.regions.append(region) }
            if seen.kinds.insert(kind).inserted { order.kinds.append(kind) }
            sums[region, default: [:]][kind, default: 0] += amount
        }
        self.uncounted = uncounted
        func amount(_ region: String, _ kind: String) -> Double { sums[region]?[kind] ?? 0 }
        let ofRegions = order.regions.map { region in
            order.kinds.reduce(0) { $0 + amount(region, $1) }
        }
        let ofKinds = order.kinds.map { kind in
            order.regions.reduce(0) { $0 + amount($1, kind) }
        }
        let total = ofRegions.reduce(0, +)
        rows = zip(order.regions, ofRegions).flatMap { region, ofRegion in
            zip(order.kinds, ofKinds).map { kind, ofKind in
                let share = ofRegion > 0 ? amount(region, kind) / ofRegion : nil
                return Row(
                    region: region, kind: kind, amount: amount(region, kind), share: share,
                    quotient: ofKind > 0 ? share.map { $0 / (ofKind / total) } : nil)
            }
        }
    }
}
