internal import Geometry

/// Between what the parts of the formulas truly lie that hang on the distances of one place.
///
/// wᵢⱼ is the weight of a distance, 0 beyond the limit. What a place asks of a facility is the claim
/// cᵢⱼ for each unit of its weight: wᵢⱼ, wᵢⱼ²/Σₖwᵢₖ where it selects, or wᵢⱼ/Σₖwᵢₖ where it is balanced.
/// The latter two grow with the weight of the pair itself and fall with those of all others.
struct PairRanges: Sendable {
    /// The facilities that may be within the limit.
    private(set) var facilities: [Int] = []
    /// wᵢⱼ.
    private(set) var weights: [Range] = []
    /// cᵢⱼ.
    private(set) var claims: [Range] = []

    /// The least and the most that a number can be.
    typealias Range = (least: Double, most: Double)

    /// Judges a row.
    ///
    /// - Parameters:
    ///   - row: The row of the block.
    ///   - block: The facilities that may be within the limit, with distances as drawn.
    ///   - place: How far the place may be off, in metres.
    ///   - operation: The operation.
    ///   - errors: How far distances may be off.
    /// - Complexity: O(m) for m facilities.
    init(
        _ row: Int, of block: NeighbourRows, _ place: Double, _ operation: Accessibility,
        _ errors: DistanceErrors
    ) {
        for entry in block.entries(of: row) {
            let facility = Int(block.indices[entry])
            guard
                let range = errors.range(
                    block.distances[entry], place, facility,
                    within: operation.limit.metres)
            else { continue }
            let found = operation.decay.weights(from: range.low, to: range.high)
            facilities.append(facility)
            weights.append((range.isSure ? found.least : 0, found.most))
        }
        switch operation.method.claim {
        case .none, .decayed: claims = weights
        case .selected: claims = shares { $0 * $0 }
        case .balanced: claims = shares { $0 }
        }
    }

    /// The share of each weight in all, times what the claim makes of it.
    private func shares(_ power: (Double) -> Double) -> [Range] {
        let least = weights.map(\.least).sumsOfOthers
        let most = weights.map(\.most).sumsOfOthers
        func share(_ own: Double, _ others: Double) -> Double {
            own > 0 ? power(own) / (own + others) : 0
        }
        return weights.indices.map {
            (share(weights[$0].least, most[$0]), share(weights[$0].most, least[$0]))
        }
    }
}
