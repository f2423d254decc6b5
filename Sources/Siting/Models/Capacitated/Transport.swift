/// The least cost at which sites with capacities serve demand that may be divided among them.
///
/// A transportation problem, solved by successive shortest paths: one demand after another takes the
/// cheapest way, which may push others to other sites (R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network
/// Flows, 1993, section 9.7).
struct Transport {
    private let problem: SitingProblem
    private let chosen: [Int]
    /// The demand that counts and takes something.
    private let rows: [Int]
    /// What a unit costs of each row at each slot: a chosen site, and at last none where that may be.
    private var cost: [Double]
    private var flow: [Double]
    private var room: [Double]
    private let width: Int

    /// Which part of each demand each of some sites serves; `nil` where they cannot serve all that must
    /// be.
    ///
    /// - Complexity: O((n + m) m²) for each of the n demand and what it pushes, with m sites.
    static func shares(
        of chosen: [Int], in problem: SitingProblem, _ model: SitingModel
    ) -> [SitingSolution.Share]? {
        // Sums of loads that fill a capacity may be rounded to more than it.
        for slack in [0, 5e-10] {
            var transport = Transport(chosen, in: problem, model, slack: slack)
            if let shares = transport.shares() { return shares }
        }
        return nil
    }

    private init(
        _ chosen: [Int], in problem: SitingProblem, _ model: SitingModel, slack: Double
    ) {
        self.problem = problem
        self.chosen = chosen
        rows = problem.demandIDs.indices.filter { problem.weights[$0] > 0 && problem.load($0) > 0 }
        width = chosen.count + (model.isMaximal ? 1 : 0)
        room = chosen.map { problem.requirements.capacities[$0] * (1 + slack) }
        if model.isMaximal { room.append(.infinity) }
        cost = Array(repeating: .infinity, count: rows.count * width)
        flow = Array(repeating: 0, count: rows.count * width)
        for (row, demand) in rows.enumerated() {
            let weight = problem.weights[demand] / problem.load(demand)
            for (slot, site) in chosen.enumerated() {
                guard let distance = problem.cost(demand, site) else { continue }
                cost[row * width + slot] = model.isMaximal ? -weight : weight * distance
            }
            if model.isMaximal { cost[row * width + chosen.count] = 0 }
        }
    }

    private mutating func shares() -> [SitingSolution.Share]? {
        for row in rows.indices {
            let load = problem.load(rows[row])
            var left = load
            while left > 1e-12 * load {
                guard let sent = send(row, atMost: left, least: 1e-12 * load) else { return nil }
                left -= sent
            }
        }
        var shares: [SitingSolution.Share] = []
        for (row, demand) in rows.enumerated() {
            for (slot, site) in chosen.enumerated() {
                let part = flow[row * width + slot] / problem.load(demand)
                if part > 1e-9 {
                    shares.append(.init(demand: demand, site: site, part: min(1, part)))
                }
            }
        }
        // What takes nothing goes to the nearest.
        for demand in problem.demandIDs.indices
        where problem.weights[demand] > 0 && problem.load(demand) == 0 {
            let near = chosen.compactMap { site in
                problem.cost(demand, site).map { (cost: $0, site: site) }
            }.min { ($0.cost, $0.site) < ($1.cost, $1.site) }
            if let near { shares.append(.init(demand: demand, site: near.site, part: 1)) }
        }
        return shares.sorted { ($0.demand, $0.site) < ($1.demand, $1.site) }
    }

    /// Sends some of a row along the cheapest way; `nil` where there is none.
    private mutating func send(_ row: Int, atMost most: Double, least: Double) -> Double? {
        // What it costs to push a unit from one slot to another, and of which row that is.
        var push = [Double](repeating: .infinity, count: width * width)
        var pushed = [Int](repeating: -1, count: width * width)
        for other in rows.indices {
            let line = other * width
            for from in 0..<width where flow[line + from] > least {
                for to in 0..<width where to != from {
                    let more = cost[line + to] - cost[line + from]
                    if more < push[from * width + to] {
                        push[from * width + to] = more
                        pushed[from * width + to] = other
                    }
                }
            }
        }
        guard let path = path(of: row, push, least), let end = path.first else { return nil }
        var amount = min(most, room[end])
        for (to, from) in zip(path, path.dropFirst()) {
            amount = min(amount, flow[pushed[from * width + to] * width + from])
        }
        for (to, from) in zip(path, path.dropFirst()) {
            let line = pushed[from * width + to] * width
            flow[line + from] -= amount
            flow[line + to] += amount
        }
        flow[row * width + (path.last ?? end)] += amount
        room[end] -= amount
        return amount
    }

    /// The cheapest way of a row to a slot with room, from its end to where it begins; `nil` where there
    /// is none.
    ///
    /// Where sums that are rounded make a way around of no cost look like one that saves, larger
    /// differences are taken for none.
    private func path(of row: Int, _ push: [Double], _ least: Double) -> [Int]? {
        for tolerance in [1e-12, 1e-10, 1e-8] {
            let (way, before) = ways(of: row, push, tolerance)
            let ends = (0..<width).filter { room[$0] > least && way[$0] < .infinity }
            guard let end = ends.min(by: { (way[$0], $0) < (way[$1], $1) }) else { return nil }
            var path = [end]
            while let last = path.last, before[last] >= 0, path.count <= width {
                path.append(before[last])
            }
            if let last = path.last, before[last] < 0, cost[row * width + last] < .infinity {
                return path
            }
        }
        return nil
    }

    /// What it costs a row to reach each slot, and by which slot it comes there: Bellman's method, 1958.
    private func ways(
        of row: Int, _ push: [Double], _ tolerance: Double
    ) -> (cost: [Double], before: [Int]) {
        var way = (0..<width).map { cost[row * width + $0] }
        var before = [Int](repeating: -1, count: width)
        let slack = tolerance * (way.filter(\.isFinite).map(\.magnitude).max() ?? 0)
        for _ in 0..<width {
            var isBetter = false
            for from in 0..<width where way[from] < .infinity {
                for to in 0..<width where way[from] + push[from * width + to] < way[to] - slack {
                    way[to] = way[from] + push[from * width + to]
                    before[to] = from
                    isBetter = true
                }
            }
            if !isBetter { break }
        }
        return (way, before)
    }
}
