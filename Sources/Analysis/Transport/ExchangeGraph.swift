internal import Geometry

/// What it costs at least to move demand between facilities while distances may be off.
///
/// The nodes are the facilities, *nobody*, who serves what is refused, and *room*, through which what is
/// not full may take more. An arc is the cheapest move of a row from one to the other, its new distance
/// as short and its old one as long as they may be. The optimum by the drawn distances and that by the
/// true ones differ by simple cycles of this graph, none of which the truth makes dearer than nothing:
/// a row through which every simple cycle costs more than nothing is served alike in both (cancelling
/// of cycles; M. Klein, 1967, https://doi.org/10.1287/mnsc.14.3.205).
///
/// The least of all simple cycles is hard to find where some cost less than nothing. It is found among
/// up to ``greatestExact`` nodes; beyond, a bound stands for it: a cycle gains at most the greatest gain
/// of each of its nodes. Arcs too dear for any cycle that gains are struck out first, and cycles stay
/// within what then hangs together.
struct ExchangeGraph {
    /// The cheapest move between two nodes, and that of any other row.
    private struct Arc {
        let from: Int
        let to: Int
        var row: Int
        var cost: ServiceCost
        var others: ServiceCost?
        /// What the cheapest costs by the drawn distances; `nil` where none of them allows it.
        var drawn: ServiceCost?
    }

    /// The node of who serves what is refused.
    let nobody: Int
    private let room: Int
    private var arcs: [Arc] = []
    private var places: [Int: Int] = [:]
    /// The price of a unit at each node, at which no move gains by the drawn distances.
    private var prices: [ServiceCost]
    /// Which nodes hang together.
    private var groups: [Int]
    private var members: [[Int]] = []
    /// The greatest gain of an arc that leaves each node, at least none, and the sum of each group.
    private var gains: [ServiceCost]
    private var groupGains: [ServiceCost] = []
    /// The cheapest ways within groups, by the group.
    private var ways: [Int: [[ServiceCost?]]] = [:]

    /// How many nodes may hang together for the least cycle to be found and not bounded.
    static let greatestExact = 8
    /// How often arcs are struck out, at most.
    private static let greatestRounds = 20

    /// Creates a graph of facilities without moves.
    init(facilities: Int) {
        nobody = facilities
        room = facilities + 1
        prices = Array(repeating: .zero, count: facilities + 2)
        gains = prices
        groups = prices.map { _ in 0 }
    }

    /// Adds a move of a row from one node to another.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - from: The node that serves it.
    ///   - to: The one that could.
    ///   - cost: What it costs at least.
    ///   - drawn: What it costs by the drawn distances; `nil` where they do not allow it.
    mutating func add(
        _ row: Int, from: Int, to: Int, _ cost: ServiceCost, drawn: ServiceCost?
    ) {
        let key = from * (room + 1) + to
        guard let at = places[key] else {
            places[key] = arcs.count
            arcs.append(Arc(from: from, to: to, row: row, cost: cost, drawn: drawn))
            return
        }
        if let drawn { arcs[at].drawn = arcs[at].drawn.map { min($0, drawn) } ?? drawn }
        if cost < arcs[at].cost {
            if arcs[at].row != row { arcs[at].others = arcs[at].cost }
            arcs[at].row = row
            arcs[at].cost = cost
        } else if arcs[at].row != row {
            arcs[at].others = arcs[at].others.map { min($0, cost) } ?? cost
        }
    }

    /// Says whether a node serves anything, so that it could less, and whether it could serve more.
    mutating func set(_ node: Int, isLoaded: Bool, hasRoom: Bool) {
        if isLoaded { add(-1, from: room, to: node, .zero, drawn: .zero) }
        if hasRoom { add(-1, from: node, to: room, .zero, drawn: .zero) }
    }

    /// Prepares the answers; nothing is added afterwards.
    ///
    /// - Complexity: O(m·n) for n nodes and m arcs at worst, some passes over the arcs mostly.
    mutating func prepare() {
        // Any prices are sound; those of the optimum make bounds near.
        for _ in prices.indices {
            var isChanged = false
            for arc in arcs {
                guard let drawn = arc.drawn, prices[arc.from] + drawn < prices[arc.to] else {
                    continue
                }
                prices[arc.to] = prices[arc.from] + drawn
                isChanged = true
            }
            if !isChanged { break }
        }
        for _ in 0..<Self.greatestRounds {
            let count = members.count
            divide()
            if members.count == count { break }
        }
    }

    /// Strikes out the arcs that are too dear for any cycle that gains, and groups what is left.
    private mutating func divide() {
        gains = prices.map { _ in .zero }
        for arc in arcs where groups[arc.from] == groups[arc.to] {
            gains[arc.from] = max(gains[arc.from], .zero - priced(arc.cost, arc.from, arc.to))
        }
        groupGains = Array(repeating: .zero, count: max(1, members.count))
        for (node, group) in groups.enumerated() {
            groupGains[group] = groupGains[group] + gains[node]
        }
        arcs = arcs.filter { arc in
            let group = groups[arc.from]
            return group == groups[arc.to]
                && !(priced(arc.cost, arc.from, arc.to) + gains[arc.from] - groupGains[group])
                    .isDear
        }
        let found = StrongComponents(nodes: prices.count, arcs: arcs.map { ($0.from, $0.to) })
        groups = found.labels
        members = Array(repeating: [], count: found.count)
        for (node, group) in groups.enumerated() { members[group].append(node) }
        // By the numbers that the groups have now: gains over a wider group are no smaller.
        groupGains = members.map { $0.reduce(.zero) { $0 + gains[$1] } }
    }

    private func priced(_ cost: ServiceCost, _ from: Int, _ to: Int) -> ServiceCost {
        cost + prices[from] - prices[to]
    }

    /// Whether every simple cycle that begins with a move of a row costs more than nothing.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - from: The node that serves it.
    ///   - to: The one to which it is moved.
    ///   - cost: What that costs at least.
    ///   - isSplit: Whether several nodes serve the row, so that it has other moves, too.
    /// - Returns: True where that is proven.
    mutating func isDear(
        _ row: Int, from: Int, to: Int, _ cost: ServiceCost, isSplit: Bool
    ) -> Bool {
        let group = groups[from]
        guard group == groups[to] else { return true }
        let move = priced(cost, from, to)
        guard members[group].count <= Self.greatestExact else {
            return (move + gains[from] - groupGains[group]).isDear
        }
        let table: [[ServiceCost?]]
        if isSplit {
            table = cheapestWays(in: group, without: row)
        } else if let known = ways[group] {
            table = known
        } else {
            table = cheapestWays(in: group, without: nil)
            ways[group] = table
        }
        guard let start = members[group].firstIndex(of: to),
            let end = members[group].firstIndex(of: from), let way = table[start][end]
        else { return true }
        return (move + way).isDear
    }

    /// The cheapest simple ways between the nodes of a group, by sets of nodes that they visit.
    ///
    /// M. Held and R. M. Karp, 1962, https://doi.org/10.1137/0110015.
    private func cheapestWays(in group: Int, without row: Int?) -> [[ServiceCost?]] {
        let nodes = members[group]
        var costs = nodes.map { _ in nodes.map { _ in ServiceCost?.none } }
        for arc in arcs where groups[arc.from] == group {
            guard let a = nodes.firstIndex(of: arc.from), let b = nodes.firstIndex(of: arc.to)
            else {
                continue
            }
            let cost = arc.row == row ? arc.others : arc.cost
            costs[a][b] = cost.map { priced($0, arc.from, arc.to) }
        }
        return nodes.indices.map { start in
            var best = nodes.map { _ in ServiceCost?.none }
            var least = Array(
                repeating: nodes.map { _ in ServiceCost?.none }, count: 1 << nodes.count)
            least[1 << start][start] = .zero
            for visited in 1..<(1 << nodes.count) {
                for end in nodes.indices {
                    guard let cost = least[visited][end] else { continue }
                    best[end] = best[end].map { min($0, cost) } ?? cost
                    for next in nodes.indices where visited >> next & 1 == 0 {
                        guard let more = costs[end][next] else { continue }
                        let all = visited | 1 << next
                        least[all][next] = min(least[all][next] ?? cost + more, cost + more)
                    }
                }
            }
            return best
        }
    }
}

extension ServiceCost {
    /// Whether it is more than nothing, by more than rounding.
    fileprivate var isDear: Bool { unserved > 0 || unserved == 0 && metres > 1e-6 }
}
