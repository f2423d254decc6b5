public import Geometry

/// Places in a region, which may cluster, keep apart, or lie as chance would have them.
public struct PointPattern: Sendable {
    /// Where they could lie.
    public let region: StudyRegion
    /// Where they do: those in the region.
    public let positions: [Position]
    /// How many lie outside the region and do not count.
    public let outside: Int

    /// Takes the places that lie in a region.
    ///
    /// - Parameters:
    ///   - positions: Longitude, latitude in degrees.
    ///   - region: Where they could lie.
    /// - Throws: ``AnalysisError`` (`empty`) where fewer than two lie in it.
    public init(_ positions: [Position], in region: StudyRegion) throws {
        let isInside = try region.covers(positions)
        self.positions = zip(positions, isInside).filter { $0.1 }.map { $0.0 }
        self.region = region
        outside = positions.count - self.positions.count
        guard self.positions.count >= 2 else {
            throw AnalysisError(
                .empty, at: "the region", "holds \(self.positions.count) of the places",
                remedy: "a pattern needs at least two; check the boundary")
        }
    }

    /// What is done about places near the border, whose neighbours beyond it are not known.
    public enum EdgeCorrection: String, CaseIterable, Sendable {
        /// Nothing: what is observed falls short near the border, and so do the simulations with
        /// which it is compared.
        case none
        /// Neighbours are counted only around places that lie at least the distance from the border
        /// (B. D. Ripley, 1988, https://doi.org/10.1017/CBO9780511624131).
        case border
    }

    /// What a pattern is found to be.
    public struct Findings: Hashable, Sendable {
        /// How many places.
        public let count: Int
        /// The mean distance to the nearest other place in metres, beside simulations.
        public let nearest: SimulatedFigure
        /// That mean over what chance gives in a plane without borders.
        ///
        /// P. J. Clark and F. C. Evans, 1954, https://doi.org/10.2307/1931034: below 1 for clusters,
        /// above for places that keep apart, 2.149 at most.
        public let clarkEvans: Double
        /// The same, over what chance gives with borders.
        ///
        /// K. P. Donnelly, Simulations to determine the variance and edge effect of total
        /// nearest-neighbour distance, 1978. A coast drawn in all its detail is longer than the
        /// correction is made for; the simulations are not misled by that.
        public let donnelly: Double
        /// How many of Donnelly's standard errors the mean lies from what chance gives.
        public let z: Double
        /// What lies within each distance.
        public let rows: [Row]
        /// How likely chance alone gives an L as far from its mean at any of the distances.
        public let p: Double

        /// What lies within a distance.
        public struct Row: Hashable, Sendable {
            /// The distance.
            public let distance: Distance
            /// Ripley's K in square metres; NaN where no place lies far enough from the border.
            ///
            /// The mean number of other places within the distance of a place, over the number for
            /// each square metre (B. D. Ripley, 1976, https://doi.org/10.2307/3212829).
            public let k: Double
            /// Besag's L = √(K/π) in metres, about the distance itself where chance rules, beside
            /// simulations (1977).
            public let l: SimulatedFigure
        }
    }

    /// Judges the pattern against as many places thrown into the region.
    ///
    /// - Parameters:
    ///   - distances: The distances of K and L, each more than 0.
    ///   - correction: What is done about places near the border.
    ///   - simulations: How often places are thrown; at least 1. With 99 the envelope holds what
    ///     chance gives in 98 of 100.
    ///   - seed: Chooses the random numbers.
    ///   - tasks: How many simulations are run at once; changes nothing but the time.
    /// - Returns: What is found.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a distance that is not above 0 or no
    ///   simulation.
    /// - Complexity: O(s (n log n + r)) for s simulations of n places with r pairs within the
    ///   distance.
    public func judge(
        within distances: [Distance], correction: EdgeCorrection = .none, simulations: Int = 99,
        seed: UInt64 = 1, tasks: Int = 1
    ) async throws -> Findings {
        try Self.check(distances, simulations)
        let distances = Set(distances).sorted()
        let observed = try Figures(positions, region, distances, correction)
        let (region, count) = (region, positions.count)
        let simulated = try await Simulation.run(simulations, tasks: tasks) { range in
            let thrower = try StudyRegion.Thrower(region)
            return try range.map { simulation in
                var random = SplitMix64(seed: seed, stream: simulation)
                return try Figures(
                    thrower.positions(count, &random), region, distances, correction)
            }
        }
        return findings(observed, simulated, distances)
    }

    static func check(_ distances: [Distance], _ simulations: Int) throws {
        guard !distances.isEmpty, distances.allSatisfy({ $0.metres > 0 }) else {
            throw AnalysisError(
                .badArgument, at: "", "a pattern needs distances of more than 0",
                remedy: "give one or more, for example 5km,10km,20km")
        }
        guard simulations >= 1 else {
            throw AnalysisError(
                .badArgument, at: "", "\(simulations) simulations tell nothing",
                remedy: "ask for at least 19, better 99 or 999")
        }
    }

    private func findings(
        _ observed: Figures, _ simulated: [Figures], _ distances: [Distance]
    ) -> Findings {
        let n = Double(positions.count)
        let (area, perimeter) = (region.area, region.perimeter)
        let plain = 0.5 * (area / n).squareRoot()
        let edged = plain + (0.0514 + 0.041 / n.squareRoot()) * perimeter / n
        let variance =
            0.0703 * area / (n * n)
            + 0.037 * perimeter * (area / (n * n * n * n * n)).squareRoot()
        let rows = distances.enumerated().map { i, distance in
            Findings.Row(
                distance: distance, k: observed.k[i],
                l: SimulatedFigure(observed.l(i), simulated: simulated.map { $0.l(i) }))
        }
        // The greatest deviation of L from its mean, of what was observed and of each simulation.
        func deviation(_ figures: Figures) -> Double {
            rows.enumerated().reduce(0) { greatest, row in
                let away = (figures.l(row.offset) - row.element.l.mean).magnitude
                return away > greatest ? away : greatest
            }
        }
        let away = deviation(observed)
        let farther = simulated.count { deviation($0) >= away }
        return Findings(
            count: positions.count,
            nearest: SimulatedFigure(observed.nearest, simulated: simulated.map(\.nearest)),
            clarkEvans: observed.nearest / plain, donnelly: observed.nearest / edged,
            z: (observed.nearest - edged) / variance.squareRoot(), rows: rows,
            p: Double(1 + farther) / Double(1 + simulated.count))
    }
}

/// What is counted in one pattern, observed or thrown.
private struct Figures: Sendable {
    /// The mean distance to the nearest other place.
    let nearest: Double
    /// Ripley's K at each distance.
    let k: [Double]

    func l(_ index: Int) -> Double { (k[index] / .pi).squareRoot() }

    init(
        _ positions: [Position], _ region: StudyRegion, _ distances: [Distance],
        _ correction: PointPattern.EdgeCorrection
    ) throws {
        let index = try PointIndex(positions)
        let (longitudes, latitudes) = (positions.map(\.x), positions.map(\.y))
        let table = try index.nearest(longitudes: longitudes, latitudes: latitudes, k: 2)
        nearest =
            positions.indices.reduce(0) { $0 + (table[$1, 1]?.distance ?? 0) }
            / Double(positions.count)
        let borders =
            correction == .border ? try region.distancesToBorder(positions) : nil
        var found = distances.map { _ in 0 }
        var centres = distances.map { _ in 0 }
        let rows = try index.reach(
            longitudes: longitudes, latitudes: latitudes, within: distances.last)
        for row in 0..<rows.rows {
            for (i, distance) in distances.enumerated()
            where borders.map({ $0[row] >= distance.metres }) ?? true {
                centres[i] += 1
                for entry in rows.entries(of: row)
                where rows.distances[entry] <= distance.metres && rows.indices[entry] != row {
                    found[i] += 1
                }
            }
        }
        let others = Double(correction == .border ? positions.count : positions.count - 1)
        k = distances.indices.map { i in
            centres[i] == 0
                ? .nan : region.area * Double(found[i]) / (Double(centres[i]) * others)
        }
    }
}
