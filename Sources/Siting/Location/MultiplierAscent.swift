/// Finds good multipliers of a core with the volume algorithm, which also averages the choices of the
/// relaxation into an estimate of the linear optimum.
///
/// F. Barahona, R. Anbil, 2000, https://doi.org/10.1007/s101070050002.
struct MultiplierAscent {
    let core: LocationCore
    /// The best multipliers, one a row.
    private(set) var multipliers: [Double]
    /// Their bound: no choice costs less.
    private(set) var bound: Double
    /// How much of each site the average of the relaxations chooses.
    private(set) var share: [Double]
    private var dual: LagrangianDual
    private var direction: [Double]
    private var trial: [Double]
    /// Where the ascent stands.
    ///
    /// Among coverings, whose bounds are flat, it also goes on from what is not better, for a while.
    private var current: [Double]
    private var height: Double
    private var step = 0.5
    private var weight = 0.2
    private var failures = 0

    /// Begins at multipliers.
    ///
    /// - Parameters:
    ///   - core: The core.
    ///   - multipliers: One a row; they are brought between the row's least cost and its fallback.
    ///   - known: What is known of ``share`` where the multipliers are good already; steps are then
    ///     shorter.
    init(_ core: LocationCore, from multipliers: [Double], share known: [Double]? = nil) {
        self.core = core
        self.multipliers = multipliers
        for row in 0..<core.rows {
            self.multipliers[row] = core.clamped(multipliers[row], row)
        }
        dual = LagrangianDual(core)
        dual.evaluate(core, at: self.multipliers)
        bound = dual.value
        direction = dual.lack
        trial = self.multipliers
        current = self.multipliers
        height = bound
        share = known ?? dual.isChosen.map { $0 ? 1 : 0 }
        if known != nil {
            (step, weight) = (0.25, 0.1)
        } else if core.isCovering {
            (step, weight) = (1, 0.3)
        }
    }

    /// What one step of the ascent found.
    struct Step {
        /// Whether the bound rose.
        let isBetter: Bool
        /// The sites that the relaxation chose.
        let isChosen: [Bool]
    }

    /// Takes a step.
    ///
    /// - Parameter target: A cost that the bound is thought to come near to.
    /// - Returns: What was found, or `nil` where the relaxation is solved: the bound cannot rise.
    mutating func advance(towards target: Double) -> Step? {
        var norm = 0.0
        for row in 0..<core.rows {
            let free = isFree(row)
            if free { norm += direction[row] * direction[row] }
        }
        guard norm > 1e-14 else { return nil }
        let goal = max(target, bound + 1e-6 * max(1, bound.magnitude))
        let length = step * (goal - height) / norm
        for row in 0..<core.rows {
            trial[row] = core.clamped(current[row] + length * direction[row], row)
        }
        dual.evaluate(core, at: trial)
        // The weight of the newest is the one that makes the average of all lack least.
        var (both, own, old) = (0.0, 0.0, 0.0)
        for row in 0..<core.rows {
            both += direction[row] * dual.lack[row]
            own += dual.lack[row] * dual.lack[row]
            old += direction[row] * direction[row]
        }
        let spread = own - 2 * both + old
        let best = spread > 0 ? (old - both) / spread : 1
        let part = best < 0 ? weight / 10 : min(weight, best)
        for row in 0..<core.rows {
            direction[row] += part * (dual.lack[row] - direction[row])
        }
        for site in 0..<core.count {
            share[site] += part * ((dual.isChosen[site] ? 1 : 0) - share[site])
        }
        let isBetter = dual.value > bound
        if isBetter || core.isCovering {
            swap(&current, &trial)
            height = dual.value
        }
        if isBetter {
            bound = dual.value
            multipliers = current
            failures = 0
            if both > 0, !core.isCovering { step = min(2, step * 1.1) }
            return Step(isBetter: true, isChosen: dual.isChosen)
        }
        failures += 1
        if failures >= (core.isCovering ? 15 : 8) {
            failures = 0
            step *= core.isCovering ? 0.6 : 0.66
            weight = max(0.005, weight * 0.9)
            current = multipliers
            height = bound
        }
        return Step(isBetter: false, isChosen: dual.isChosen)
    }

    /// The sites that the average of the relaxations chooses rather than not.
    var likely: [Bool] {
        let order = share.indices.sorted { (share[$1], $0) < (share[$0], $1) }
        var isChosen = [Bool](repeating: false, count: core.count)
        for (rank, site) in order.enumerated()
        where rank < core.least || (rank < core.most && share[site] > 0.5) {
            isChosen[site] = true
        }
        return isChosen
    }

    /// Whether the steps have become too small to bring anything.
    var isExhausted: Bool { step < 1e-4 }

    /// Whether a row's multiplier can go where its direction points.
    private func isFree(_ row: Int) -> Bool {
        direction[row] > 0
            ? current[row] < core.fallback[row]
            : current[row] > core.costs[core.starts[row]]
    }

    /// The sites that are decided, by the best multipliers, in every choice below a goal.
    mutating func decisions(
        below goal: Double
    ) -> (decisions: [LocationCore.Decision], count: Int) {
        dual.evaluate(core, at: multipliers)
        return dual.decisions(below: goal, in: core)
    }
}

extension LocationCore {
    /// A multiplier brought to where it is worth most: between the least cost and the fallback.
    func clamped(_ multiplier: Double, _ row: Int) -> Double {
        min(fallback[row], max(costs[starts[row]], multiplier))
    }

    /// Multipliers to begin with: between what a choice costs each row and the next best site.
    func multipliers(under isChosen: [Bool]) -> [Double] {
        (0..<rows).map { row in
            var found: [Double] = []
            for entry in starts[row]..<starts[row + 1] where isChosen[Int(sites[entry])] {
                found.append(costs[entry])
                if found.count == 2 { break }
            }
            let first = found.first ?? fallback[row]
            let second = found.count == 2 ? found[1] : fallback[row]
            return first + 0.5 * (min(second, 2 * first) - first)
        }
    }
}
