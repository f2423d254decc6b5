public import Features
internal import Geometry

/// Who is served by whom.
public struct AllocationSolution: Sendable {
    private let allocation: Allocation
    private let parts: [Allocation.Part]
    private let flows: [[TransportProblem.Flow]]
    private let nearest: [(facility: Int, metres: Double)?]
    /// Whether each feature would be served alike wherever things truly lie; none where accuracies are
    /// not asked.
    private let labels: [Stability?]

    /// The weight of the demand with a place.
    public private(set) var demandWeight = 0.0
    /// The weight that is served.
    public private(set) var servedWeight = 0.0
    /// The sum of weight times distance, in metres, of what is served.
    public private(set) var travel = 0.0
    /// The least and the most that ``travel`` truly is; `nil` where accuracies are not asked.
    public private(set) var travelRange: (low: Double, high: Double)?
    /// How many features have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0
    /// How many features might be served otherwise; `nil` where accuracies are not asked.
    public let fragileCount: Int?
    /// How many features have a place.
    public private(set) var demandCount = 0
    /// How many are served by several facilities.
    public private(set) var splitCount = 0
    /// How many are not served, or not wholly.
    public private(set) var unservedCount = 0
    /// How many have no place.
    public private(set) var unlocated = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0
    /// The weight that has a facility within the limit, full or not.
    public private(set) var reachingWeight = 0.0
    /// The sum of weight times distance, in metres, if everybody went to the nearest facility.
    public private(set) var nearestTravel = 0.0
    /// How many facilities the nearest rule would fill beyond their capacity.
    public private(set) var overfullCount = 0
    /// The weight that they would have too much.
    public private(set) var overfullWeight = 0.0

    init(
        _ allocation: Allocation, _ parts: [Allocation.Part], _ rows: NeighbourRows,
        _ flows: [[TransportProblem.Flow]], _ certainty: PlanCertainty?
    ) {
        self.allocation = allocation
        labels = certainty?.labels ?? []
        fragileCount = certainty.map { $0.labels.count { $0 == .fragile } }
        self.parts = parts
        self.flows = flows
        nearest = (0..<rows.rows).map { row in
            var best: (facility: Int, metres: Double)?
            for entry in rows.entries(of: row)
            where rows.distances[entry] < best?.metres ?? .infinity {
                best = (Int(rows.indices[entry]), rows.distances[entry])
            }
            return best
        }
        var loads = [Double](repeating: 0, count: allocation.facilities.count)
        var at = 0
        if allocation.accuracy != nil { travelRange = (0, 0) }
        for part in parts {
            missingAccuracies += part.missingAccuracies
            unlocated += part.places.unlocated
            unweighted += part.weights.missing
            represented += part.places.represented
            for (row, weight) in part.weights.values.enumerated() {
                defer { at += 1 }
                guard part.places[row] != nil else { continue }
                demandCount += 1
                demandWeight += weight
                let served = flows[at].reduce(0) { $0 + $1.amount }
                servedWeight += served
                travel += flows[at].reduce(0) { $0 + $1.amount * $1.metres }
                for flow in flows[at] {
                    guard let error = error(of: flow, part, row) else { break }
                    travelRange?.low += flow.amount * max(0, flow.metres - error)
                    travelRange?.high += flow.amount * (flow.metres + error)
                }
                if flows[at].count > 1 { splitCount += 1 }
                if served < weight * (1 - 1e-12) { unservedCount += 1 }
                if let near = nearest[at] {
                    reachingWeight += weight
                    nearestTravel += weight * near.metres
                    loads[near.facility] += weight
                }
            }
        }
        for (load, capacity) in zip(loads, allocation.capacities) where load > capacity {
            overfullCount += 1
            overfullWeight += load - capacity
        }
    }

    /// The mean distance of what is served in metres; `nil` where nothing is.
    public var meanDistance: Double? { servedWeight > 0 ? travel / servedWeight : nil }

    /// Between what ``meanDistance`` truly lies; `nil` where accuracies are not asked or nothing is
    /// served.
    public var meanRange: (low: Double, high: Double)? {
        guard let travelRange, servedWeight > 0 else { return nil }
        return (travelRange.low / servedWeight, travelRange.high / servedWeight)
    }

    /// How far the distance of a flow may be off, in metres; `nil` where that is not asked.
    private func error(
        of flow: TransportProblem.Flow, _ part: Allocation.Part, _ row: Int
    ) -> Double? {
        guard let own = part.accuracies, let errors = allocation.errors else { return nil }
        return own[row] + errors.facilities[flow.column]
    }

    /// The mean distance in metres if everybody went to the nearest; `nil` where nobody can.
    public var meanNearest: Double? { reachingWeight > 0 ? nearestTravel / reachingWeight : nil }

    /// The demand with what serves it.
    ///
    /// Columns `facility_id`, `facility_name` (the one that serves the most of it), `distance_m` (the
    /// mean of what is served), `facility_count`, `served_weight`, `unserved_weight`, and `nearest_id`
    /// and `nearest_m`, full or not; where accuracies are asked also `plus_minus_m` of `distance_m`
    /// and `stability`: `stable` where the same serve as much of it wherever things truly lie.
    /// A feature without a place has nulls; one of weight 0 is served by nobody.
    public var demand: [FeatureBatch] {
        let layer = allocation.facilities
        var first = 0
        return parts.map { part in
            let range = first..<first + part.batch.count
            first = range.upperBound
            let located = (0..<part.batch.count).map { part.places[$0] != nil }
            let most = range.map { row in
                flows[row].max { ($0.amount, -$0.metres) < ($1.amount, -$1.metres) }
            }
            let served = range.map { flows[$0].reduce(0) { $0 + $1.amount } }
            var batch = part.batch
            batch.set("facility_id", .string(most.map { $0.map { layer.ids[$0.column] } }))
            batch.set("facility_name", .string(most.map { $0.flatMap { layer.names[$0.column] } }))
            batch.set(
                "distance_m",
                .double(
                    zip(range, served).map { row, served in
                        let way = flows[row].reduce(0) { $0 + $1.amount * $1.metres }
                        return served > 0 ? (way / served).toMicrometre : nil
                    }))
            batch.set(
                "facility_count", .int(zip(range, located).map { $1 ? flows[$0].count : nil }))
            batch.set("served_weight", .double(zip(served, located).map { $1 ? $0 : nil }))
            batch.set(
                "unserved_weight",
                .double(
                    (0..<part.batch.count).map { row in
                        let rest = part.weights.values[row] - served[row]
                        // What is left by rounding is nothing.
                        let isRest = rest > 1e-12 * part.weights.values[row]
                        return located[row] ? (isRest ? rest : 0) : nil
                    }))
            batch.set(
                "nearest_id", .string(range.map { nearest[$0].map { layer.ids[$0.facility] } }))
            batch.set("nearest_m", .double(range.map { nearest[$0]?.metres.toMicrometre }))
            if allocation.accuracy != nil {
                let errors = zip(range, served).enumerated().map { row, pair -> Double? in
                    guard pair.1 > 0 else { return nil }
                    return flows[pair.0].reduce(0) {
                        $0 + $1.amount / pair.1 * (error(of: $1, part, row) ?? 0)
                    }
                }
                batch.set("plus_minus_m", .double(errors.map { $0?.toMicrometre }))
                batch.set("stability", .string(labels[range].map { $0?.rawValue }))
            }
            return batch
        }
    }

    /// The facilities with what they serve.
    ///
    /// Columns `capacity`, `demand_count`, `load`, `load_share` (of the capacity),
    /// `mean_distance_m`, `max_distance_m`. Attributes of these names are replaced.
    public var facilities: FeatureBatch {
        let count = allocation.facilities.count
        var counts = [Int](repeating: 0, count: count)
        var loads = [Double](repeating: 0, count: count)
        var ways = loads
        var farthest = loads
        for flow in flows.joined() {
            counts[flow.column] += 1
            loads[flow.column] += flow.amount
            ways[flow.column] += flow.amount * flow.metres
            farthest[flow.column] = max(farthest[flow.column], flow.metres)
        }
        let rows = 0..<count
        var batch = allocation.facilities.batch
        batch.set("capacity", .double(allocation.capacities.map { $0 }))
        batch.set("demand_count", .int(counts))
        batch.set("load", .double(loads.map { $0 }))
        batch.set(
            "load_share",
            .double(
                rows.map {
                    allocation.capacities[$0] > 0 ? loads[$0] / allocation.capacities[$0] : nil
                }))
        batch.set(
            "mean_distance_m",
            .double(rows.map { loads[$0] > 0 ? (ways[$0] / loads[$0]).toMicrometre : nil }))
        batch.set(
            "max_distance_m",
            .double(rows.map { counts[$0] > 0 ? farthest[$0].toMicrometre : nil }))
        return batch
    }

    /// The flow table: one line a pair of demand and facility, with `from_id`, `to_id`, `flow` and
    /// `distance_m`; without geometry.
    public var flowTable: FeatureBatch {
        var table = FlowTable()
        var at = 0
        for part in parts {
            for row in 0..<part.batch.count {
                let id = part.batch.id(row) ?? String(part.batch.firstIndex + row + 1)
                for flow in flows[at].sorted(by: { $0.metres < $1.metres }) {
                    table.append(
                        from: id, to: allocation.facilities.ids[flow.column], flow: flow.amount,
                        metres: flow.metres)
                }
                at += 1
            }
        }
        return table.batch()
    }
}

/// Flows from demand to facilities while they are collected.
struct FlowTable {
    private var from: [String?] = []
    private var to: [String?] = []
    private var flows: [Double?] = []
    private var metres: [Double?] = []

    mutating func append(from start: String, to end: String, flow: Double, metres way: Double) {
        from.append(start)
        to.append(end)
        flows.append(flow)
        metres.append(way.toMicrometre)
    }

    /// The flows as features without geometry.
    func batch(firstIndex: Int = 0) -> FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn(from.map { _ in nil }), firstIndex: firstIndex)
        batch.set("from_id", .string(from))
        batch.set("to_id", .string(to))
        batch.set("flow", .double(flows))
        batch.set("distance_m", .double(metres))
        return batch
    }
}
