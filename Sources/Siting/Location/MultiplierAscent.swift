/// Solves the linear relaxation of a core from both sides: multipliers whose bound rises, and shares of
/// sites whose cost falls, until they meet.
///
/// The relaxation is a saddle: `max over u, min over y` of `Σ u(i) − Σ y(j) (Σ max(0, u(i) − cost(i, j))
/// − opening(j))`. Each step moves the multipliers to the best place near where they stand, under the
/// shares, and then the shares along what the sites gain, seen one step ahead; averages of the steps are
/// what one starts again from. A. Chambolle, T. Pock, 2011, https://doi.org/10.1007/s10851-010-0251-1;
/// E. Y. Hamedani, N. S. Aybat, 2021, https://doi.org/10.1137/18M1213488 (where the two are not coupled
/// linearly); D. Applegate, O. Hinder, H. Lu, M. Lubin, 2023,
/// https://doi.org/10.1007/s10107-022-01901-9 (beginning again).
struct MultiplierAscent {
    let core: LocationCore
    /// The best multipliers, one a row.
    private(set) var multipliers: [Double]
    /// Their bound: no choice costs less.
    private(set) var bound: Double
    /// How much of each site the relaxation chooses, as far as is known.
    private(set) var share: [Double]
    /// What the best shares cost: the bound does not rise above it, but for rounding.
    private(set) var ceiling = Double.infinity
    private var dual: LagrangianDual
    private let blocks: RowBlocks
    /// Where the steps stand.
    private var now: Point
    /// Where they began last, and the sum of where they have been since.
    private var origin: Point
    private var sum: Point
    private var summed = 0.0
    private var pace: SaddlePace
    private var projection: ShareProjection
    private var lastGap = Double.infinity
    private var taken = 0.0

    /// Multipliers with shares.
    private struct Point {
        var multipliers: [Double]
        var share: [Double]
    }

    /// After so many steps the average is looked at.
    static let round = 40
    /// After so many steps the bound is looked at; it divides the round.
    static let pause = 5

    /// Begins at multipliers.
    ///
    /// - Parameters:
    ///   - core: The core.
    ///   - multipliers: One a row; they are brought between the row's least cost and its fallback.
    ///   - known: What is known of ``share``; what the relaxation chooses where `nil`.
    init(_ core: LocationCore, from multipliers: [Double], share known: [Double]? = nil) {
        self.core = core
        self.multipliers = multipliers
        for row in 0..<core.rows {
            self.multipliers[row] = core.clamped(multipliers[row], row)
        }
        dual = LagrangianDual(core)
        blocks = RowBlocks(core)
        dual.evaluate(core, at: self.multipliers)
        bound = dual.value
        share = known ?? dual.isChosen.map { $0 ? 1 : 0 }
        now = Point(multipliers: self.multipliers, share: share)
        origin = now
        sum = Point(
            multipliers: Array(repeating: 0, count: core.rows),
            share: Array(repeating: 0, count: core.count))
        pace = SaddlePace(core, from: self.multipliers)
        projection = ShareProjection(least: core.least, most: core.most)
        pace.measure(core, at: self.multipliers)
    }

    /// Takes a round of steps.
    ///
    /// - Parameter deadline: When to stop at the latest; one step is taken in any case.
    mutating func advance(until deadline: ContinuousClock.Instant? = nil) {
        guard core.rows > 0, core.count > 0 else {
            ceiling = bound
            return
        }
        for _ in 0..<Self.round {
            step()
            if let deadline, ContinuousClock.now >= deadline { break }
        }
        lookBack()
    }

    private mutating func step() {
        taken += 1
        moveMultipliers()
        let old = dual.reduced
        if Int(taken) % Self.pause == 0 {
            dual.evaluate(core, at: now.multipliers)
            take(now.multipliers, dual.value)
        } else {
            dual.price(core, at: now.multipliers)
        }
        let weight = 1 / pace.weight
        // Reduced costs are gains turned round.
        Self.add(dual.reduced, -2 * weight, pace.site, to: &now.share)
        Self.add(old, weight, pace.site, to: &now.share)
        projection.apply(to: &now.share, pace.site)
        Self.add(now.multipliers, to: &sum.multipliers)
        Self.add(now.share, to: &sum.share)
        summed += 1
    }

    /// Adds values, each times a factor and its own, to others.
    private static func add(
        _ values: [Double], _ factor: Double, _ own: [Double], to sums: inout [Double]
    ) {
        values.withUnsafeBufferPointer { values in
            own.withUnsafeBufferPointer { own in
                sums.withUnsafeMutableBufferPointer { sums in
                    for i in sums.indices { sums[i] += values[i] * factor * own[i] }
                }
            }
        }
    }

    private static func add(_ values: [Double], to sums: inout [Double]) {
        values.withUnsafeBufferPointer { values in
            sums.withUnsafeMutableBufferPointer { sums in
                for i in sums.indices { sums[i] += values[i] }
            }
        }
    }

    /// Moves each multiplier to where it is worth most under the shares, less the square of the way.
    private mutating func moveMultipliers() {
        let (weight, isCovering) = (pace.weight, core.isCovering)
        core.sites.withUnsafeBufferPointer { sites in
            core.costs.withUnsafeBufferPointer { costs in
                core.starts.withUnsafeBufferPointer { starts in
                    core.fallback.withUnsafeBufferPointer { fallback in
                        now.share.withUnsafeBufferPointer { share in
                            pace.row.withUnsafeBufferPointer { pace in
                                now.multipliers.withUnsafeMutableBufferPointer { multipliers in
                                    blocks.each { _, rows in
                                        for row in rows {
                                            let (first, end) = (starts[row], starts[row + 1])
                                            let from = multipliers[row]
                                            let length = pace[row] * weight
                                            var entry = first
                                            var served = 0.0
                                            var place = from + length
                                            if isCovering {
                                                // Below nothing it comes to the same, however far.
                                                while entry < end {
                                                    served += share[Int(sites[entry])]
                                                    entry += 1
                                                }
                                                place = from + length * (1 - served)
                                            }
                                            while entry < end, costs[entry] < place {
                                                served += share[Int(sites[entry])]
                                                place = max(
                                                    costs[entry], from + length * (1 - served))
                                                entry += 1
                                            }
                                            multipliers[row] = min(
                                                fallback[row], max(costs[first], place))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func take(_ multipliers: [Double], _ value: Double) {
        guard value > bound else { return }
        bound = value
        self.multipliers = multipliers
    }

    /// Looks at the average of the steps, and begins again where that helps.
    private mutating func lookBack() {
        var average = sum
        for row in 0..<core.rows { average.multipliers[row] /= summed }
        for site in 0..<core.count { average.share[site] /= summed }
        let gap = see(now.share) - dual.value
        dual.evaluate(core, at: average.multipliers)
        take(average.multipliers, dual.value)
        let averageGap = see(average.share) - dual.value
        let isAverageBetter = averageGap < gap
        let begins = min(gap, averageGap) < 0.5 * lastGap || summed > 0.4 * taken
        if begins, isAverageBetter {
            now = average
        } else {
            dual.evaluate(core, at: now.multipliers)
        }
        guard begins else { return }
        pace.weigh(
            from: (origin.multipliers, origin.share), to: (now.multipliers, now.share))
        pace.measure(core, at: now.multipliers)
        origin = now
        for row in 0..<core.rows { sum.multipliers[row] = 0 }
        for site in 0..<core.count { sum.share[site] = 0 }
        summed = 0
        lastGap = min(gap, averageGap)
    }

    /// Takes shares where they cost less than the best so far.
    ///
    /// - Parameter share: The shares.
    /// - Returns: What they cost.
    private mutating func see(_ share: [Double]) -> Double {
        let cost = core.cost(ofShare: share)
        if cost < ceiling {
            ceiling = cost
            self.share = share
        }
        return cost
    }

    /// The sites that the relaxation chooses rather than not.
    var likely: [Bool] {
        let order = share.indices.sorted { (share[$1], $0) < (share[$0], $1) }
        var isChosen = [Bool](repeating: false, count: core.count)
        for (rank, site) in order.enumerated()
        where rank < core.least || (rank < core.most && share[site] > 0.5) {
            isChosen[site] = true
        }
        return isChosen
    }

    /// The sites that are decided, by the best multipliers, in every choice below a goal.
    mutating func decisions(
        below goal: Double
    ) -> (decisions: [LocationCore.Decision], count: Int) {
        dual.evaluate(core, at: multipliers)
        return dual.decisions(below: goal, in: core)
    }
}
