internal import Features
internal import Geometry

/// Whether each feature of demand would be served alike wherever things truly lie.
///
/// Every distance may be off by itself, by as much as ``DistanceErrors`` says, and a pair near the limit
/// may lie within it or beyond. What ``ExchangeGraph`` proves is stable; all else is fragile, also what
/// may not be so, as the errors of several distances may not be able to add up.
struct PlanCertainty {
    /// For each row of demand; `nil` for one without a place.
    private(set) var labels: [Stability?] = []

    /// A row of demand with all that could serve it.
    private struct Row {
        /// What serves it: the node, what it costs at most, and by the drawn distance.
        var servers: [(node: Int, greatest: ServiceCost, drawn: ServiceCost)] = []
        /// What could: the node, what it costs at least, and by the drawn distance.
        var choices: [(node: Int, least: ServiceCost, drawn: ServiceCost?)] = []
    }

    /// Judges a plan.
    ///
    /// - Parameters:
    ///   - parts: The demand, with the pairs that may be within the limit.
    ///   - flows: What serves each row.
    ///   - room: What is left of the capacities.
    ///   - errors: How far distances may be off.
    ///   - limit: The greatest distance that counts, in metres.
    init(
        of parts: [Allocation.Part], _ flows: [[TransportProblem.Flow]], room: [Double],
        _ errors: DistanceErrors, within limit: Double
    ) {
        if errors.isExact(parts.map(\.accuracies)) {
            // Where nothing can be elsewhere, the plan is the one that is found, ties or not.
            labels = parts.flatMap { part in
                (0..<part.batch.count).map { part.places[$0] == nil ? nil : .stable }
            }
            return
        }
        var graph = ExchangeGraph(facilities: room.count)
        var rows: [Row] = []
        var isLoaded = Array(repeating: false, count: room.count + 1)
        for part in parts {
            for at in 0..<part.batch.count {
                let row = Self.row(at, of: part, flows[rows.count], errors, limit, graph.nobody)
                for server in row.servers {
                    isLoaded[server.node] = true
                    for choice in row.choices where choice.node != server.node {
                        graph.add(
                            rows.count, from: server.node, to: choice.node,
                            choice.least - server.greatest,
                            drawn: choice.drawn.map { $0 - server.drawn })
                    }
                }
                rows.append(row)
            }
        }
        for (node, isLoaded) in isLoaded.enumerated() {
            graph.set(
                node, isLoaded: isLoaded, hasRoom: node == graph.nobody || room[node] > 0)
        }
        graph.prepare()
        for part in parts {
            for at in 0..<part.batch.count {
                let row = rows[labels.count]
                let isStable = row.servers.allSatisfy { server in
                    row.choices.allSatisfy { choice in
                        choice.node == server.node
                            || graph.isDear(
                                labels.count, from: server.node, to: choice.node,
                                choice.least - server.greatest, isSplit: row.servers.count > 1)
                    }
                }
                labels.append(part.places[at] == nil ? nil : Stability(isStable: isStable))
            }
        }
    }

    /// What serves a row and what could; nothing for one that weighs nothing.
    private static func row(
        _ at: Int, of part: Allocation.Part, _ flows: [TransportProblem.Flow],
        _ errors: DistanceErrors, _ limit: Double, _ nobody: Int
    ) -> Row {
        var row = Row()
        let weight = part.weights.values[at]
        guard weight > 0, part.places[at] != nil else { return row }
        let own = part.accuracies?[at] ?? 0
        for flow in flows {
            let range = errors.range(flow.metres, own, flow.column, within: limit)
            row.servers.append(
                (
                    flow.column,
                    range.flatMap { $0.isSure ? ServiceCost($0.high) : nil } ?? .refusal,
                    ServiceCost(flow.metres)
                ))
        }
        let served = flows.reduce(0) { $0 + $1.amount }
        if served < weight * (1 - 1e-12) { row.servers.append((nobody, .refusal, .refusal)) }
        for entry in part.near.entries(of: at) {
            let (node, metres) = (Int(part.near.indices[entry]), part.near.distances[entry])
            guard let range = errors.range(metres, own, node, within: limit) else { continue }
            row.choices.append(
                (node, ServiceCost(range.low), metres <= limit ? ServiceCost(metres) : nil))
        }
        row.choices.append((nobody, .refusal, .refusal))
        return row
    }
}
