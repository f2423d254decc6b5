public import Geometry

/// Two kinds of places, which may lie together more often than chance would have it.
public struct CoLocation: Sendable {
    /// What chance is taken to be.
    public enum Chance: String, CaseIterable, Sendable {
        /// The places of the second kind thrown anywhere in the region, those of the first as they
        /// are.
        case uniform
        /// All places as they are, but the kinds dealt out anew among them: what is common to both,
        /// cities and coasts, is in the chance as well.
        case labels
    }

    /// Where they could lie.
    public let region: StudyRegion
    /// The places of the first kind that lie in the region.
    public let first: [Position]
    /// The places of the second kind that lie in the region.
    public let second: [Position]

    /// Takes the places that lie in a region.
    ///
    /// - Parameters:
    ///   - first: The places around which one looks.
    ///   - second: The places that one looks for.
    ///   - region: Where they could lie.
    /// - Throws: ``AnalysisError`` (`empty`) where none of one kind lies in it.
    public init(of first: [Position], with second: [Position], in region: StudyRegion) throws {
        func inside(_ positions: [Position]) throws -> [Position] {
            zip(positions, try region.covers(positions)).filter { $0.1 }.map { $0.0 }
        }
        self.region = region
        self.first = try inside(first)
        self.second = try inside(second)
        guard !self.first.isEmpty, !self.second.isEmpty else {
            throw AnalysisError(
                .empty, at: "the region",
                "holds \(self.first.count) places of the first kind and \(self.second.count) of "
                    + "the second", remedy: "at least one of each is needed; check the boundary")
        }
    }

    /// What is found within a distance.
    public struct Row: Hashable, Sendable {
        /// The distance.
        public let distance: Distance
        /// The cross-K function in square metres.
        ///
        /// The mean number of the second kind within the distance of one of the first, over their
        /// number for each square metre (P. J. Diggle, Statistical Analysis of Spatial Point
        /// Patterns, 1983).
        public let k: SimulatedFigure
        /// The share of the first kind with at least one of the second within the distance.
        public let share: SimulatedFigure
    }

    /// Judges how near the kinds lie.
    ///
    /// No edge is corrected: what was observed and the simulations fall short alike.
    ///
    /// - Parameters:
    ///   - distances: The distances, each more than 0.
    ///   - chance: What chance is taken to be.
    ///   - simulations: How often it is tried; at least 1.
    ///   - seed: Chooses the random numbers.
    ///   - tasks: How many simulations are run at once; changes nothing but the time.
    /// - Returns: One row a distance, ascending.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a distance that is not above 0 or no
    ///   simulation.
    public func judge(
        within distances: [Distance], chance: Chance = .uniform, simulations: Int = 99,
        seed: UInt64 = 1, tasks: Int = 1
    ) async throws -> [Row] {
        try PointPattern.check(distances, simulations)
        let distances = Set(distances).sorted()
        let all = try neighbours(first + second, of: first + second, distances)
        let observed = figures(all, isSecond: { $0 >= first.count }, distances)
        let simulated = try await Simulation.run(simulations, tasks: tasks) { range in
            let thrower = chance == .uniform ? try StudyRegion.Thrower(region) : nil
            return try range.map { simulation in
                var random = SplitMix64(seed: seed, stream: simulation)
                guard let thrower else { return dealt(all, distances, &random) }
                let thrown = try thrower.positions(second.count, &random)
                return figures(
                    try neighbours(first, of: thrown, distances), isSecond: { _ in true },
                    distances)
            }
        }
        return distances.enumerated().map { i, distance in
            Row(
                distance: distance,
                k: SimulatedFigure(observed.k[i], simulated: simulated.map { $0.k[i] }),
                share: SimulatedFigure(
                    observed.shares[i], simulated: simulated.map { $0.shares[i] }))
        }
    }

    private struct Figures: Sendable {
        var k: [Double]
        var shares: [Double]
    }

    private func neighbours(
        _ places: [Position], of others: [Position], _ distances: [Distance]
    ) throws -> NeighbourRows {
        try PointIndex(others).reach(
            longitudes: places.map(\.x), latitudes: places.map(\.y), within: distances.last)
    }

    /// The figures of rows of which the first are those of the first kind.
    private func figures(
        _ rows: NeighbourRows, isSecond: (Int) -> Bool, _ distances: [Distance]
    ) -> Figures {
        figures(rows, firsts: 0..<first.count, isSecond: isSecond, distances)
    }

    private func figures(
        _ rows: NeighbourRows, firsts: some Sequence<Int>, isSecond: (Int) -> Bool,
        _ distances: [Distance]
    ) -> Figures {
        var pairs = distances.map { _ in 0 }
        var having = pairs
        for row in firsts {
            var nearest = Double.infinity
            for entry in rows.entries(of: row) where isSecond(Int(rows.indices[entry])) {
                let metres = rows.distances[entry]
                nearest = min(nearest, metres)
                for (i, distance) in distances.enumerated() where metres <= distance.metres {
                    pairs[i] += 1
                }
            }
            for (i, distance) in distances.enumerated() where nearest <= distance.metres {
                having[i] += 1
            }
        }
        let n = Double(first.count)
        return Figures(
            k: pairs.map { region.area * Double($0) / (n * Double(second.count)) },
            shares: having.map { Double($0) / n })
    }

    /// The figures where the kinds are dealt out anew.
    private func dealt(
        _ rows: NeighbourRows, _ distances: [Distance], _ random: inout SplitMix64
    ) -> Figures {
        // The first so many of a shuffle (Fisher and Yates) are of the first kind.
        var order = Array(0..<first.count + second.count)
        for i in 0..<first.count { order.swapAt(i, i + random.below(order.count - i)) }
        var isSecond = [Bool](repeating: true, count: order.count)
        for place in order[..<first.count] { isSecond[place] = false }
        return figures(rows, firsts: order[..<first.count], isSecond: { isSecond[$0] }, distances)
    }
}
