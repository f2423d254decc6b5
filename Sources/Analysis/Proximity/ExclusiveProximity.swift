public import Features
public import Geometry

/// One to one: each feature gets a facility that no other has.
public struct ExclusiveProximity: Sendable {
    /// How the pairs are found.
    public enum Method: String, CaseIterable, Sendable {
        /// As many pairs as can be, and of all ways to make them that of the least total distance.
        case optimal
        /// The nearest pair of all, then the nearest of what is left, and so on.
        case greedy
    }

    /// The layers whose facilities are given out, each for itself.
    public let targets: [FacilityLayer]
    /// How the pairs are found.
    public let method: Method
    /// The greatest distance, `nil` for any; a facility exactly at it counts.
    public let limit: Distance?
    /// How far positions may be off, `nil` where that is not asked.
    public let accuracy: PositionAccuracy?

    /// How many pairs may be in memory at once, 12 bytes each.
    public static let greatestPairs = 50_000_000
    /// How many where they are judged by the accuracy of positions, which keeps more of each.
    public static let greatestJudgedPairs = 5_000_000

    /// Creates the operation.
    ///
    /// - Parameters:
    ///   - targets: The layers whose facilities are given out, each for itself.
    ///   - method: How the pairs are found.
    ///   - limit: The greatest distance; `nil` for any.
    ///   - accuracy: How far positions may be off; each distance then also has its greatest error,
    ///     and each feature, with a facility or without, whether that would be so wherever things
    ///     truly lie.
    public init(
        targets: [FacilityLayer], method: Method = .optimal, within limit: Distance? = nil,
        accuracy: PositionAccuracy? = nil
    ) {
        self.targets = targets
        self.method = method
        self.limit = limit
        self.accuracy = accuracy
    }

    /// Gives each feature a facility.
    ///
    /// - Parameters:
    ///   - batch: All of the features.
    ///   - layer: Their layer's name, for messages.
    /// - Returns: The features with the columns of ``Proximity`` at rank 1; null for those without a
    ///   facility, because there are too few or none is left within the limit.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe, (`badField`) for an
    ///   accuracy that is no number of at least 0, or (`badArgument`) for more pairs than
    ///   ``greatestPairs`` or ``greatestJudgedPairs``.
    /// - Complexity: That of R. Jonker and A. Volgenant, 1987, https://doi.org/10.1007/BF02278710:
    ///   O(n (r + n log n)) for n features and r pairs at worst; greedy O(r log r).
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Proximity.Measured {
        let operation = try Proximity(targets: targets, within: limit, accuracy: accuracy)
        let places = try Places(of: batch, layer: layer)
        let own = try accuracy?.moving.values(of: batch, layer: layer)
        var measured = Proximity.Measured(
            features: batch, operation: operation, layer: layer, places: places, tables: [],
            missingAccuracies: own?.missing ?? 0)
        for target in targets {
            let rows = try pairs(from: places, to: target, within: limit, layer)
            let entries =
                switch method {
                case .optimal: Assignment.optimal(rows, columns: target.count)
                case .greedy: Assignment.greedy(rows, columns: target.count)
                }
            var table = NeighbourTable(rows: batch.count, k: 1)
            for (row, entry) in entries.enumerated() {
                guard let entry else { continue }
                table.set(
                    row, 0,
                    PointIndex.Neighbour(
                        index: Int(rows.indices[entry]), distance: rows.distances[entry]))
            }
            measured.tables.append(table)
            guard let accuracy, let own else { continue }
            let errors = try DistanceErrors(accuracy, to: target)
            let reach = errors.reach(of: limit, own.metres)
            let near =
                reach == limit ? rows : try pairs(from: places, to: target, within: reach, layer)
            let judged = try labels(
                table,
                Allocation.Part(
                    batch: batch, places: places,
                    weights: DemandWeights(of: batch, field: nil, layer: layer), rows: rows,
                    near: near, accuracies: own.metres, missingAccuracies: own.missing),
                errors, facilities: target.count)
            measured.certainties.append(
                RankCertainty(of: table, own.metres, to: errors.facilities, labels: judged))
        }
        return measured
    }

    /// Whether each feature would have the same facility, or none, wherever things truly lie.
    ///
    /// The optimum is the transport problem in which every facility serves one.
    private func labels(
        _ table: NeighbourTable, _ part: Allocation.Part, _ errors: DistanceErrors,
        facilities: Int
    ) -> [Stability?] {
        let limit = limit?.metres ?? .infinity
        guard method == .optimal else {
            return GreedyCertainty(of: table, part, errors, within: limit).labels
        }
        let flows = (0..<table.rows).map { row in
            table[row, 0].map {
                [TransportProblem.Flow(column: $0.index, metres: $0.distance, amount: 1)]
            } ?? []
        }
        var room = Array(repeating: 1.0, count: facilities)
        for flow in flows.joined() { room[flow.column] = 0 }
        return PlanCertainty(of: [part], flows, room: room, errors, within: limit).labels
    }

    private func pairs(
        from places: Places, to target: FacilityLayer, within limit: Distance?, _ layer: String
    ) throws -> NeighbourRows {
        var all = NeighbourRows()
        let greatest = accuracy == nil ? Self.greatestPairs : Self.greatestJudgedPairs
        try CostMatrix(to: target, within: limit).forEachBlock(of: places) { _, rows in
            guard all.count + rows.count <= greatest else {
                throw AnalysisError(
                    .badArgument, at: "\(layer) to \(target.name)",
                    "more than \(greatest) pairs would have to be in memory",
                    remedy: "give a distance within which pairs are sought, for example 20km")
            }
            all.append(contentsOf: rows)
        }
        return all
    }
}
