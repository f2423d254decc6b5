internal import Features
internal import Geometry

/// Between what the costs of a search lay in draws of where things may truly lie.
///
/// Nothing bounds what a search of whole persons may come to, so that positions are drawn: each
/// uniformly within its accuracy, ``draws`` times, and everybody chooses anew each time. Of so many
/// draws and the truth, were it one more, the least or the greatest is the truth's with a
/// probability of 2 in 40: the range holds it in 95 of 100 cases, for each figure by itself (S. S.
/// Wilks, 1941, https://doi.org/10.1214/aoms/1177731788).
struct RationalAgentRanges: Sendable {
    /// How often positions are drawn.
    static let draws = 39
    /// Where the random numbers begin.
    static let seed: UInt64 = 1

    /// The least cost of each place; NaN for one that was never served.
    private(set) var low: [Double]
    /// The greatest; NaN for one that was never served, infinite where it once was not.
    private(set) var high: [Double]
    /// The least number that each facility served.
    private(set) var leastLoads: [Double]
    /// The greatest.
    private(set) var mostLoads: [Double]
    /// The least and the greatest mean cost; `nil` where nobody was served.
    private(set) var mean: (low: Double, high: Double)?

    /// Starts with what the positions as they are given came to.
    init(_ found: RationalAgentModel.Found) {
        low = found.costs
        high = found.costs
        leastLoads = found.loads
        mostLoads = found.loads
        mean = found.mean.map { ($0, $0) }
    }

    /// Those of some of the places.
    func costs(_ rows: Range<Int>) -> (low: [Double], high: [Double]) {
        (Array(low[rows]), Array(high[rows]))
    }

    /// Widens the ranges by another draw.
    mutating func add(_ found: RationalAgentModel.Found) {
        for (row, cost) in found.costs.enumerated() {
            if cost.isNaN {
                if !high[row].isNaN { high[row] = .infinity }
            } else {
                // Not served before, and served now: nothing bounds what it costs.
                high[row] = high[row].isNaN ? .infinity : max(high[row], cost)
                low[row] = low[row].isNaN ? cost : min(low[row], cost)
            }
        }
        for (facility, load) in found.loads.enumerated() {
            leastLoads[facility] = min(leastLoads[facility], load)
            mostLoads[facility] = max(mostLoads[facility], load)
        }
        guard let other = found.mean else { return }
        mean = mean.map { (min($0.low, other), max($0.high, other)) } ?? (other, other)
    }
}

extension RationalAgentModel {
    /// What one search came to.
    struct Found: Sendable {
        /// The cost of each place; NaN for one that takes no part.
        let costs: [Double]
        /// How many each facility serves.
        let loads: [Double]
        /// The mean cost of those that are served, by how much they count.
        let mean: Double?
    }

    /// Draws where things may lie, and lets everybody choose each time.
    ///
    /// - Parameters:
    ///   - parts: The parts of all demand, in order.
    ///   - found: What the positions as they are given came to.
    ///   - errors: How far each facility may be off, in metres.
    ///   - tasks: How many draws are worked on at once.
    /// - Returns: Between what costs and loads lay.
    /// - Throws: What finding the pairs throws.
    func ranges(
        of parts: [Part], around found: Found, _ errors: [Double], tasks: Int
    ) async throws -> RationalAgentRanges {
        var ranges = RationalAgentRanges(found)
        let isExact = errors.allSatisfy { $0 == 0 } && parts.allSatisfy(\.isExact)
        if isExact { return ranges }
        let draws = try await Simulation.run(RationalAgentRanges.draws, tasks: tasks) { some in
            try some.map { draw in
                var random = SplitMix64(seed: RationalAgentRanges.seed, stream: draw)
                let matrix = try CostMatrix(to: drawn(errors, &random), within: limit)
                return try search(parts) { part in
                    try matrix.rows(from: part.places.drawn(part.errors, &random))
                }
            }
        }
        for found in draws { ranges.add(found) }
        return ranges
    }

    /// The facilities where they may truly lie.
    private func drawn(
        _ errors: [Double], _ random: inout SplitMix64
    ) throws -> FacilityLayer {
        let shapes = supply.shapes.enumerated().map { facility, shape -> Shape? in
            guard let shape, errors[facility] > 0, let first = shape.envelope?.centre else {
                return shape
            }
            // Lines and areas keep their form and move as a whole.
            let moved = first.drawn(within: errors[facility], &random)
            let (x, y) = (moved.x - first.x, moved.y - first.y)
            return shape.mapPositions {
                Position(min(180, max(-180, $0.x + x)), min(90, max(-90, $0.y + y)))
            }
        }
        var batch = supply.batch
        batch.geometry = GeometryColumn(shapes)
        return try FacilityLayer(
            name: supply.name, batch, source: supply.source, metric: supply.metric)
    }
}

extension Places {
    /// The places where they may truly lie.
    fileprivate func drawn(_ errors: [Double], _ random: inout SplitMix64) -> Places {
        var (x, y) = (longitudes, latitudes)
        for row in x.indices where errors[row] > 0 {
            guard let place = self[row] else { continue }
            let moved = place.drawn(within: errors[row], &random)
            (x[row], y[row]) = (moved.x, moved.y)
        }
        return Places(longitudes: x, latitudes: y)
    }
}

extension Position {
    /// A position drawn uniformly from a disc around this one, of so many metres.
    fileprivate func drawn(within radius: Double, _ random: inout SplitMix64) -> Position {
        let metres = radius * random.unit().squareRoot()
        return Geodesic.wgs84.direct(
            from: self, azimuth: 360 * random.unit(), distance: metres
        ).position
    }
}
