/// The Lagrangian dual of a capacitated problem: the rows that serve each demand once are relaxed.
///
/// For any multipliers, what is left is for each site a knapsack of what it would serve with gain, and
/// then the choice of the best sites: no choice costs less. Rows of triples may be relaxed too, which are
/// penalties in the knapsacks. J. M. Mulvey, M. P. Beck, 1984,
/// https://doi.org/10.1016/0377-2217(84)90155-3; with whole items the bound is that of the columns of
/// A. Ceselli, G. Righini, 2005, https://doi.org/10.1002/net.20059.
struct CapacitatedDual {
    private let instance: CapacitatedInstance
    /// The triples that are relaxed; their multipliers follow those of the rows.
    private(set) var triples: RowTriples
    /// What sites served together; `nil` where that is not asked for.
    var columns: ServedColumns?
    /// The best bound, and the multipliers that prove it.
    private(set) var bound = -Double.infinity
    private(set) var multipliers: [Double] = []
    /// The sites that the last relaxation opened.
    private(set) var isOpen: [Bool] = []
    /// The multipliers of the next relaxation.
    private var current: [Double]
    private var direction: [Double]
    private var step = 1.6
    private var still = 0
    private var knapsack = Knapsack()
    private var items: [Knapsack.Item] = []

    /// What one list of multipliers says.
    struct Relaxation {
        /// What no choice costs less than.
        var bound = 0.0
        /// Of each place what opening it costs less what it gains, not more than the true one.
        var value: [Double]
        /// The same of the continuous knapsack, and the ratio at which that ends.
        var relaxed: [Double]
        var ratio: [Double]
        var isOpen: [Bool]
        /// How often each row is served, and then how many sites serve two or three of each triple.
        var served: [Double]
        /// The greatest value that is open where the number of sites is given.
        var edge = 0.0
    }

    /// Begins at multipliers between the least costs of each demand.
    init(_ instance: CapacitatedInstance) {
        self.instance = instance
        triples = RowTriples(rows: instance.rows)
        let share = Double(instance.width) / Double(max(1, instance.p ?? instance.width))
        let rank = min(instance.width - 1, max(1, Int(share / 2)))
        current = (0..<instance.rows).map { row in
            let costs = instance.cost[row * instance.width..<(row + 1) * instance.width]
                .filter { $0 < .infinity }.sorted()
            return costs.isEmpty ? 0 : costs[min(rank, costs.count - 1)] + 1e-9
        }
        direction = Array(repeating: 0, count: instance.rows)
        isOpen = instance.isForced
    }

    /// Begins at some multipliers, of the rows and then of triples.
    init(
        _ instance: CapacitatedInstance, from multipliers: [Double], _ triples: RowTriples
    ) {
        self.instance = instance
        self.triples = triples
        current = multipliers
        direction = Array(repeating: 0, count: multipliers.count)
        isOpen = instance.isForced
    }

    /// Goes on from the best multipliers with the triples that count for something, and others.
    func with(_ more: [[Int]]) -> Self {
        var all = RowTriples(rows: instance.rows)
        var start = Array(multipliers.prefix(instance.rows))
        for (triple, multiplier) in zip(triples.rows, multipliers.dropFirst(instance.rows))
        where multiplier > 0 {
            all.add(triple)
            start.append(multiplier)
        }
        for triple in more { all.add(triple) }
        start += Array(repeating: 0, count: more.count)
        var result = Self(instance, from: start, all)
        // More rows to keep to cost nothing at first.
        (result.bound, result.multipliers) = (bound, start)
        return result
    }

    /// Triples that what was served since ``columns`` were asked for does not keep to.
    func missing(atMost most: Int) -> [[Int]]? { columns?.triples(atMost: most, besides: triples) }

    /// Whether more rounds would bring next to nothing.
    var isDone: Bool { step < 0.004 }

    /// Takes larger steps again.
    mutating func restart(_ step: Double) { (self.step, still) = (step, 0) }

    /// Goes one step along a deflected subgradient.
    ///
    /// - Parameters:
    ///   - target: What the best known choice costs.
    ///   - isExact: Whether whole items are asked for.
    mutating func rise(towards target: Double, isExact: Bool) {
        let found = relax(current, isExact: isExact)
        isOpen = found.isOpen
        if found.bound > bound {
            still = found.bound > bound + 2e-5 * found.bound.magnitude ? 0 : still + 1
            (bound, multipliers) = (found.bound, current)
        } else {
            still += 1
        }
        if still >= 14 {
            step *= 0.6
            still = 0
            current = multipliers
        }
        var length = 0.0
        for row in direction.indices {
            direction[row] *= 0.6
            if row < instance.rows {
                direction[row] += 1 - found.served[row]
            } else {
                direction[row] += found.served[row] - 1
                // A triple that nothing has to be paid for stays so.
                if current[row] == 0 { direction[row] = max(0, direction[row]) }
            }
            length += direction[row] * direction[row]
        }
        let left = max(target - found.bound, 1e-4 * target.magnitude)
        guard length > 0 else {
            step = 0
            return
        }
        for row in direction.indices {
            current[row] = max(0, current[row] + step * left / length * direction[row])
        }
    }

    /// What multipliers say; of whole items only where it makes a difference, unless all are asked for.
    mutating func relax(
        _ multipliers: [Double], isExact: Bool, isWhole: Bool = false
    ) -> Relaxation {
        let (rows, width) = (instance.rows, instance.width)
        var result = Relaxation(
            value: instance.opening, relaxed: instance.opening,
            ratio: Array(repeating: 0, count: width), isOpen: instance.isForced,
            served: Array(repeating: 0, count: multipliers.count))
        var sum = OutwardSum()
        for multiplier in multipliers.prefix(rows) { sum.add(multiplier) }
        for multiplier in multipliers.dropFirst(rows) { sum.add(-multiplier) }
        knapsack.triples = triples
        knapsack.penalties = Array(multipliers.dropFirst(rows))
        var sacks: [[Knapsack.Item]] = Array(repeating: [], count: width)
        for place in 0..<width {
            collect(multipliers, place)
            knapsack.fill(&items, room: instance.room(place))
            result.relaxed[place] = (instance.opening[place] - knapsack.relaxed).nextDown
            result.value[place] = result.relaxed[place]
            result.ratio[place] = knapsack.ratio
            sacks[place] = knapsack.items
        }
        func served(_ place: Int, _ result: inout Relaxation) {
            var room = instance.room(place)
            for item in sacks[place] {
                let part = item.load <= room ? 1 : room / item.load
                result.served[item.row] += part
                if part < 1 { break }
                room -= item.load
            }
        }
        var taken: [[Int]] = Array(repeating: [], count: width)
        func solve(_ place: Int, _ result: inout Relaxation) {
            items.removeAll(keepingCapacity: true)
            items += sacks[place]
            knapsack.fill(&items, room: instance.room(place))
            knapsack.solve()
            result.value[place] = max(
                result.relaxed[place], (instance.opening[place] - knapsack.value).nextDown)
            taken[place] = knapsack.taken.map { knapsack.items[$0].row }
        }
        let order = (0..<width).filter { !instance.isForced[$0] }
            .sorted { (result.relaxed[$0], $0) < (result.relaxed[$1], $1) }
        let forced = (0..<width).filter { instance.isForced[$0] }
        let most = instance.p.map { $0 - forced.count } ?? order.count
        if isExact {
            for place in forced { solve(place, &result) }
            // Places whose continuous value is worse than enough whole ones need not be looked at.
            var best: [Double] = []
            for place in order {
                let edge = best.count < most ? instance.p == nil ? 0 : .infinity : best.last
                // Where the forced sites are all there may be, none has to be looked at.
                guard isWhole || edge.map({ result.relaxed[place] <= $0 }) ?? false else { break }
                solve(place, &result)
                let value = result.value[place]
                best.insert(value, at: best.firstIndex { $0 > value } ?? best.count)
                if best.count > most { best.removeLast() }
            }
        }
        let sorted = order.sorted { (result.value[$0], $0) < (result.value[$1], $1) }
        for place in forced { sum.add(result.value[place]) }
        for place in sorted.prefix(most) where instance.p != nil || result.value[place] < 0 {
            result.isOpen[place] = true
            sum.add(result.value[place])
        }
        if instance.p != nil, let last = sorted.prefix(most).last ?? sorted.first {
            result.edge = result.value[last]
        }
        result.bound = sum.value
        for place in 0..<width where result.isOpen[place] {
            if isExact {
                count(taken[place], &result)
            } else {
                served(place, &result)
            }
        }
        if isExact { columns?.add((0..<width).filter { result.isOpen[$0] }.map { taken[$0] }) }
        return result
    }

    /// Counts what one site serves.
    private func count(_ column: [Int], _ result: inout Relaxation) {
        var together: [Int32: Int] = [:]
        for row in column {
            result.served[row] += 1
            for triple in triples.ofRow[row] { together[triple, default: 0] += 1 }
        }
        for (triple, count) in together where count > 1 {
            result.served[instance.rows + Int(triple)] += 1
        }
    }

    private mutating func collect(_ multipliers: [Double], _ place: Int) {
        let (rows, width) = (instance.rows, instance.width)
        let room = instance.room(place)
        items.removeAll(keepingCapacity: true)
        instance.cost.withUnsafeBufferPointer { cost in
            for row in 0..<rows {
                let gain = multipliers[row] - cost[row * width + place]
                if gain > 0, instance.isSplit || instance.load[row] <= room {
                    items.append(.init(row: row, gain: gain.nextUp, load: instance.load[row]))
                }
            }
        }
    }
}
