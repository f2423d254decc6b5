/// The Lagrangian relaxation of the rows of a core: for any multipliers, a bound below the cost of
/// every choice.
///
/// `L(u) = fixed + Σ u(i) + least Σ r(j)` over the allowed numbers of sites, with the reduced costs
/// `r(j) = opening(j) + Σ min(0, cost(i, j) − u(i))`. G. Cornuéjols, M. L. Fisher, G. L. Nemhauser,
/// 1977, https://doi.org/10.1287/mnsc.23.8.789.
struct LagrangianDual {
    /// The value: no choice costs less.
    private(set) var value = -Double.infinity
    /// The reduced cost of each site.
    private(set) var reduced: [Double]
    /// The sites that the relaxation chooses.
    private(set) var isChosen: [Bool]
    /// How many they are.
    private(set) var chosenCount = 0
    /// The greatest reduced cost that was chosen and the least that was not.
    private(set) var edge = (last: -Double.infinity, next: Double.infinity)
    private var order: [Int32]
    /// The rows in blocks, and what each block adds to the reduced cost of each site.
    private let blocks: RowBlocks
    private var parts: [Double]

    /// Prepares room for a core.
    init(_ core: LocationCore) {
        reduced = core.opening
        isChosen = Array(repeating: false, count: core.count)
        order = Array(0..<Int32(core.count))
        blocks = RowBlocks(core)
        parts = Array(repeating: 0, count: blocks.ranges.count * core.count)
    }

    /// Evaluates the bound.
    ///
    /// - Parameters:
    ///   - core: The core that room was made for.
    ///   - multipliers: One a row, not above its fallback.
    /// - Complexity: O(entries that cost less than their row's multiplier + sites).
    mutating func evaluate(_ core: LocationCore, at multipliers: [Double]) {
        let sum = price(core, at: multipliers)
        value = sum + choose(core)
    }

    /// Works out the reduced costs alone.
    ///
    /// - Returns: What is paid beside them.
    @discardableResult
    mutating func price(_ core: LocationCore, at multipliers: [Double]) -> Double {
        let (width, blocks) = (reduced.count, blocks)
        var sums = [Double](repeating: 0, count: blocks.ranges.count)
        parts.withUnsafeMutableBufferPointer { parts in
            sums.withUnsafeMutableBufferPointer { sums in
                blocks.each { block, rows in
                    let own = UnsafeMutableBufferPointer(
                        rebasing: parts[block * width..<(block + 1) * width])
                    sums[block] = Self.price(core, rows, at: multipliers, into: own)
                }
            }
        }
        for site in 0..<width {
            reduced[site] = core.opening[site]
            for block in blocks.ranges.indices { reduced[site] += parts[block * width + site] }
        }
        return sums.reduce(core.fixed, +)
    }

    /// Works out what some rows add to the reduced costs.
    ///
    /// - Returns: The sum of their multipliers.
    private static func price(
        _ core: LocationCore, _ rows: Range<Int>, at multipliers: [Double],
        into reduced: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var sum = 0.0
        let isCovering = core.isCovering
        for site in reduced.indices { reduced[site] = 0 }
        core.sites.withUnsafeBufferPointer { sites in
            core.costs.withUnsafeBufferPointer { costs in
                core.starts.withUnsafeBufferPointer { starts in
                    multipliers.withUnsafeBufferPointer { multipliers in
                        for row in rows {
                            let multiplier = multipliers[row]
                            sum += multiplier
                            var entry = starts[row]
                            let end = starts[row + 1]
                            if isCovering {
                                guard multiplier > 0 else { continue }
                                while entry < end {
                                    reduced[Int(sites[entry])] -= multiplier
                                    entry += 1
                                }
                            }
                            while entry < end, costs[entry] < multiplier {
                                reduced[Int(sites[entry])] += costs[entry] - multiplier
                                entry += 1
                            }
                        }
                    }
                }
            }
        }
        return sum
    }

    /// Chooses the sites of least reduced cost and adds them up.
    private mutating func choose(_ core: LocationCore) -> Double {
        for site in isChosen.indices { isChosen[site] = false }
        edge = (-.infinity, .infinity)
        chosenCount = 0
        guard core.least <= core.count else { return .infinity }
        let negative = reduced.reduce(into: 0) { if $1 < 0 { $0 += 1 } }
        let number = max(core.least, min(core.most, negative))
        chosenCount = number
        if number == 0 {
            edge.next = reduced.min() ?? .infinity
            return 0
        }
        select(number)
        var sum = 0.0
        for place in 0..<number {
            let site = Int(order[place])
            isChosen[site] = true
            edge.last = max(edge.last, reduced[site])
        }
        for place in number..<order.count {
            edge.next = min(edge.next, reduced[Int(order[place])])
        }
        for site in reduced.indices where isChosen[site] { sum += reduced[site] }
        return sum
    }

    /// Brings the sites of least reduced cost to the front, equal ones by their number.
    private mutating func select(_ number: Int) {
        order.withUnsafeMutableBufferPointer { order in
            reduced.withUnsafeBufferPointer { reduced in
                func precedes(_ a: Int32, _ b: Int32) -> Bool {
                    let (x, y) = (reduced[Int(a)], reduced[Int(b)])
                    return x < y || (x == y && a < b)
                }
                var (low, high) = (0, order.count - 1)
                while low < high {
                    let pivot = order[(low + high) / 2]
                    var (i, j) = (low, high)
                    while i <= j {
                        while precedes(order[i], pivot) { i += 1 }
                        while precedes(pivot, order[j]) { j -= 1 }
                        if i <= j {
                            order.swapAt(i, j)
                            i += 1
                            j -= 1
                        }
                    }
                    if number <= j { high = j } else if number > i { low = i } else { break }
                }
            }
        }
    }

    /// The sites that are decided in every choice that costs less than a goal.
    ///
    /// - Parameters:
    ///   - goal: What a choice must cost less than.
    ///   - core: The core.
    /// - Returns: A decision for each site, and how many are not undecided.
    func decisions(
        below goal: Double, in core: LocationCore
    ) -> (decisions: [LocationCore.Decision], count: Int) {
        var result = [LocationCore.Decision](repeating: .undecided, count: core.count)
        var count = 0
        // A site that comes in pushes another out where no more may be chosen, or where the last was
        // chosen only to make up the least number.
        let pushed =
            chosenCount > 0
                && (chosenCount == core.most || (chosenCount == core.least && edge.last >= 0))
            ? edge.last : 0
        let pulled: Double =
            chosenCount == core.least
            ? edge.next
            : chosenCount == core.most ? min(0, edge.next) : 0
        for site in 0..<core.count {
            if isChosen[site] {
                if value - reduced[site] + pulled >= goal {
                    result[site] = .open
                    count += 1
                }
            } else if value + reduced[site] - pushed >= goal {
                result[site] = .closed
                count += 1
            }
        }
        return (result, count)
    }
}
