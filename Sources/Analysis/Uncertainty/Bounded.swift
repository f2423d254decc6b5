/// A figure with the least and the greatest value that it may truly have.
public struct Bounded: Hashable, Sendable {
    /// The figure by the positions as they are given.
    public let value: Double
    /// What it cannot be below; `nil` where the accuracy of a position is not known.
    public let least: Double?
    /// What it cannot be above; `nil` where the accuracy of a position is not known.
    public let greatest: Double?

    /// Creates a figure.
    ///
    /// - Parameters:
    ///   - value: The figure.
    ///   - least: What it cannot be below.
    ///   - greatest: What it cannot be above.
    public init(_ value: Double, least: Double? = nil, greatest: Double? = nil) {
        self.value = value
        self.least = least
        self.greatest = greatest
    }
}

/// The place of a figure among those of its peers, from 1; equal figures share the better one.
public struct Rank: Hashable, Sendable {
    /// The rank.
    public let rank: Int
    /// Of how many: itself and the peers that have a figure.
    public let count: Int
    /// The best rank that the accuracy of positions allows; `nil` where one is not known.
    public let best: Int?
    /// The worst rank that the accuracy of positions allows; `nil` where one is not known.
    public let worst: Int?

    /// Whether the rank would be the same wherever within their accuracies the places truly lie;
    /// `nil` where an accuracy is not known.
    public var stability: Stability? {
        guard let best, let worst else { return nil }
        return best == worst ? .stable : .fragile
    }

    /// Ranks a figure.
    ///
    /// - Parameters:
    ///   - own: The figure.
    ///   - peers: The figures of the peers, `nil` for those without.
    ///   - isBetter: Whether more is better; less is where false.
    public init(of own: Bounded, among peers: [Bounded?], moreIsBetter isBetter: Bool) {
        let others = peers.compactMap { $0 }
        func beats(_ a: Double, _ b: Double) -> Bool { isBetter ? a > b : a < b }
        rank = 1 + others.count { beats($0.value, own.value) }
        count = 1 + others.count
        let bounds = (others + [own]).map { figure in
            figure.least.flatMap { least in figure.greatest.map { (least, $0) } }
        }
        guard let ends = bounds.last ?? nil, !bounds.contains(where: { $0 == nil }) else {
            best = nil
            worst = nil
            return
        }
        let (own, rest) = (ends, bounds.dropLast().compactMap { $0 })
        // Those that are better at their worst than this at its best are better for certain.
        best = 1 + rest.count { isBetter ? $0.0 > own.1 : $0.1 < own.0 }
        worst = 1 + rest.count { isBetter ? $0.1 > own.0 : $0.0 < own.1 }
    }
}
