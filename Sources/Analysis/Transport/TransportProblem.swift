internal import Geometry

/// Demand is sent to facilities of limited capacity: as much of it as can be, in the least total of
/// weight times distance.
///
/// Successive shortest paths (R. Busacker and P. Gowen, 1960) on the facilities alone: a way from one
/// to another is as long as what it costs to move that row of the one that is the cheapest to move,
/// which a queue for each pair of facilities knows. After each step no demand can be moved round at a
/// gain, so that what is found is the optimum; rows whose nearest facility has room need no search.
struct TransportProblem {
    /// A part of a row's demand that one facility serves.
    struct Flow: Hashable {
        /// The facility.
        let column: Int
        /// Its distance in metres.
        let metres: Double
        /// How much it serves.
        var amount: Double
    }

    private let rows: NeighbourRows
    private let columns: Int
    /// What is left of the capacities.
    private(set) var room: [Double]
    /// What serves each row.
    private(set) var flows: [[Flow]]
    /// Amounts below this are rounding.
    private let least: Double
    /// The rows of one facility, by what it costs to move them to another; those that have left are
    /// passed over.
    private var movers: [PriorityQueue<ServiceCost, Int32>] = []
    /// The first of each queue that has not left: what it costs, and the row.
    private var firsts: [(cost: ServiceCost, row: Int32)] = []
    /// In `firsts`: nobody can be moved; it is not known who.
    private static let nobody: Int32 = -1
    private static let unknown: Int32 = -2
    /// The place in `movers` of each pair of facilities.
    private var moversOf: [Int: Int] = [:]
    /// To which facilities, and whether to none, a facility's rows can be moved, with the place in
    /// `movers`.
    private var ways: [[(column: Int, movers: Int)]]
    private var label: [ServiceCost]
    private var isReached: [Bool]
    private var source: [(column: Int, row: Int)]

    /// States the problem.
    ///
    /// - Parameters:
    ///   - rows: For each place of demand the facilities it can be sent to, with metres.
    ///   - capacities: How much each facility can serve, at least 0.
    ///   - total: All of the demand, by which rounding is told from what counts.
    init(_ rows: NeighbourRows, capacities: [Double], total: Double) {
        self.rows = rows
        columns = capacities.count
        room = capacities
        flows = Array(repeating: [], count: rows.rows)
        least = 1e-14 * max(total, 1e-300)
        // The last column is that of demand that nobody serves.
        ways = Array(repeating: [], count: columns + 1)
        label = Array(repeating: .zero, count: columns + 1)
        isReached = Array(repeating: false, count: columns + 1)
        source = Array(repeating: (-1, -1), count: columns + 1)
    }

    /// Sends the demand of a row; what nobody can serve is left.
    ///
    /// - Complexity: O(1) where the nearest facility has room; else O(p) steps of O(m²) for m
    ///   facilities and p parts into which the demand is cut, at worst.
    mutating func send(_ amount: Double, from row: Int) {
        var rest = amount
        let entries = rows.entries(of: row)
        var nearest: Int?
        for entry in entries
        where rows.distances[entry] < nearest.map({ rows.distances[$0] }) ?? .infinity {
            nearest = entry
        }
        guard let nearest else { return }
        let first = Int(rows.indices[nearest])
        if room[first] > least {
            let part = min(rest, room[first])
            add(part, row, first, rows.distances[nearest])
            room[first] = emptied(room[first] - part)
            rest -= part
        }
        while rest > least {
            let sink = search(from: row)
            if sink == columns, source[sink].row == row, source[sink].column < 0 { return }
            rest -= shift(row, to: sink, at: rest)
        }
    }

    /// Finds the shortest way from a row to a facility with room, or to where somebody is left
    /// unserved.
    private mutating func search(from row: Int) -> Int {
        for column in isReached.indices { isReached[column] = false }
        var queue = PriorityQueue<ServiceCost, Int>()
        var best: (column: Int, cost: ServiceCost)?
        func isShorter(_ a: ServiceCost, _ b: ServiceCost) -> Bool {
            // Sums that differ by rounding are equal, or moves would go round in circles.
            a.unserved == b.unserved ? a.metres < b.metres - 1e-9 : a.unserved < b.unserved
        }
        func reach(
            _ column: Int, _ cost: ServiceCost, from before: (column: Int, row: Int),
            _ self: inout TransportProblem
        ) {
            if self.isReached[column], !isShorter(cost, self.label[column]) { return }
            self.isReached[column] = true
            self.label[column] = cost
            self.source[column] = before
            if column == self.columns || self.room[column] > self.least {
                if best == nil || isShorter(cost, best?.cost ?? .zero) { best = (column, cost) }
            } else {
                queue.insert(column, priority: cost)
            }
        }
        for entry in rows.entries(of: row) {
            reach(
                Int(rows.indices[entry]), ServiceCost(rows.distances[entry]), from: (-1, row),
                &self)
        }
        reach(columns, .refusal, from: (-1, row), &self)
        while let (cost, column) = queue.popFirst() {
            if cost != label[column] { continue }
            // From a full facility no way to one with room has a gain, as what is sent so far is the
            // optimum: nothing beyond one that is no nearer than what has been found can be nearer.
            if let best, !isShorter(cost, best.cost) { break }
            for way in ways[column] {
                guard let (more, mover) = cheapest(from: column, way.movers) else { continue }
                reach(way.column, cost + more, from: (column, mover), &self)
            }
        }
        return best?.column ?? columns
    }

    /// The row of a facility that is the cheapest to move to another.
    private mutating func cheapest(from column: Int, _ pair: Int) -> (ServiceCost, Int)? {
        let known = firsts[pair]
        if known.row >= 0 { return (known.cost, Int(known.row)) }
        if known.row == Self.nobody { return nil }
        while let first = movers[pair].first {
            let row = Int(first.element)
            if flows[row].contains(where: { $0.column == column }) {
                firsts[pair] = (first.priority, first.element)
                return (first.priority, row)
            }
            movers[pair].popFirst()
        }
        firsts[pair].row = Self.nobody
        return nil
    }

    /// Moves as much as can be along the way that was found.
    private mutating func shift(_ row: Int, to sink: Int, at most: Double) -> Double {
        var amount = sink == columns ? most : min(most, room[sink])
        var column = sink
        while source[column].column >= 0 {
            let (before, mover) = source[column]
            amount = min(amount, self.amount(mover, before))
            column = before
        }
        if sink < columns { room[sink] = emptied(room[sink] - amount) }
        column = sink
        while true {
            let (before, mover) = source[column]
            if column < columns, let entry = entry(mover, column) {
                add(amount, mover, column, rows.distances[entry])
            }
            if before < 0 { return amount }
            remove(amount, mover, before)
            column = before
        }
    }

    private func entry(_ row: Int, _ column: Int) -> Int? {
        rows.entries(of: row).first { Int(rows.indices[$0]) == column }
    }

    private func amount(_ row: Int, _ column: Int) -> Double {
        flows[row].first { $0.column == column }?.amount ?? 0
    }

    private func emptied(_ amount: Double) -> Double { amount > least ? amount : 0 }

    private mutating func add(_ amount: Double, _ row: Int, _ column: Int, _ metres: Double) {
        if let at = flows[row].firstIndex(where: { $0.column == column }) {
            flows[row][at].amount += amount
            return
        }
        flows[row].append(Flow(column: column, metres: metres, amount: amount))
        for entry in rows.entries(of: row) {
            let other = Int(rows.indices[entry])
            if other != column {
                offer(row, from: column, to: other, ServiceCost(rows.distances[entry] - metres))
            }
        }
        offer(row, from: column, to: columns, ServiceCost(unserved: 1, metres: -metres))
    }

    private mutating func offer(_ row: Int, from column: Int, to other: Int, _ cost: ServiceCost) {
        let key = column * (columns + 1) + other
        let pair = moversOf[key] ?? movers.count
        if pair == movers.count {
            moversOf[key] = pair
            movers.append(PriorityQueue())
            firsts.append((.zero, Self.nobody))
            ways[column].append((other, pair))
        }
        movers[pair].insert(Int32(row), priority: cost)
        let first = firsts[pair]
        if first.row == Self.nobody || first.row >= 0 && cost < first.cost {
            firsts[pair] = (cost, Int32(row))
        }
    }

    private mutating func remove(_ amount: Double, _ row: Int, _ column: Int) {
        guard let at = flows[row].firstIndex(where: { $0.column == column }) else { return }
        flows[row][at].amount = emptied(flows[row][at].amount - amount)
        guard flows[row][at].amount == 0 else { return }
        flows[row].remove(at: at)
        for way in ways[column] where firsts[way.movers].row == row {
            firsts[way.movers].row = Self.unknown
        }
    }
}
