/// The best choices that differ from each other, and the sites that none of the good ones can do
/// without.
public struct NearOptimal: Hashable, Sendable {
    /// A choice.
    public struct Portfolio: Hashable, Sendable {
        /// The chosen candidates, ascending.
        public let chosen: [Int]
        /// What the choice achieves.
        public let objective: Double
    }

    /// The choices within the gap, the best first; equal ones by their candidates.
    public private(set) var portfolios: [Portfolio] = []
    /// Whether these are all choices within the gap.
    public private(set) var isComplete = false
    /// The sites of the best choice without which no choice is within the gap, ascending.
    public private(set) var robust: [Int] = []
    /// What is the best without each site of the best choice; `nil` where nothing is feasible then, or
    /// it was not found in time.
    public private(set) var without: [Double?] = []

    /// A part of all choices, with its best one.
    private struct Part {
        var problem: SitingProblem
        var best: Portfolio
    }

    /// Finds the best choices.
    ///
    /// The choices besides the best one are divided by the first site in which they differ from it, and
    /// each part is solved (E. L. Lawler, 1972, https://doi.org/10.1287/mnsc.18.7.401).
    ///
    /// - Parameters:
    ///   - solution: The best choice.
    ///   - problem: The problem that was solved.
    ///   - count: How many choices at most.
    ///   - gap: How far from the best they may be, as a part of it.
    ///   - options: How each search is worked on; the time limit is that of all.
    /// - Throws: ``SitingError`` as solving does.
    public init(
        of solution: SitingSolution, in problem: SitingProblem, count: Int, within gap: Double,
        _ options: SitingOptions = SitingOptions()
    ) throws {
        guard let objective = solution.objective else { return }
        let deadline = options.timeLimit.map { ContinuousClock.now + .seconds($0) }
        let model = solution.model
        let limit = objective + (model.isMaximal ? -1 : 1) * gap * objective.magnitude
        let slack = 1e-9 * objective.magnitude
        var asked = problem
        if model.mustServe { asked = try problem.without(problem.unreachable) }
        var isLate = false
        /// The best choice of a part, where it is within the gap.
        func best(_ part: SitingProblem) throws -> Portfolio? {
            if let p = model.p, part.allowed < p || part.forced > p { return nil }
            if part.allowed == 0 { return nil }
            var own = SitingOptions()
            own.notes = options.notes
            if let deadline {
                let left = ContinuousClock.now.duration(to: deadline).components
                own.timeLimit = max(0.001, Double(left.seconds) + Double(left.attoseconds) / 1e18)
            }
            let found = try part.solve(model, own)
            if found.status == .interrupted { isLate = true }
            return found.objective.map { Portfolio(chosen: found.chosen, objective: $0) }
        }
        func isWithin(_ portfolio: Portfolio) -> Bool {
            model.isMaximal
                ? portfolio.objective >= limit - slack : portfolio.objective <= limit + slack
        }
        for site in solution.chosen {
            let isForced = asked.rules[site] == .forced
            let other = isForced ? nil : try best(asked.with(.forbidden, for: site))
            without.append(other?.objective)
            if !isLate, other.map({ !isWithin($0) }) ?? true { robust.append(site) }
        }
        var parts = [
            Part(
                problem: asked, best: Portfolio(chosen: solution.chosen, objective: objective))
        ]
        while portfolios.count < count, !parts.isEmpty, !isLate {
            let place = parts.indices.min { a, b in
                let (x, y) = (parts[a].best, parts[b].best)
                if x.objective != y.objective {
                    return model.isMaximal ? x.objective > y.objective : x.objective < y.objective
                }
                return x.chosen.lexicographicallyPrecedes(y.chosen)
            }
            let part = parts.remove(at: place ?? 0)
            portfolios.append(part.best)
            if portfolios.count == count { break }
            var rest = part.problem
            let isChosen = Set(part.best.chosen)
            // Where the number of sites is given, another choice lacks one of these.
            for site in rest.rules.indices
            where rest.rules[site] == .free && (model.p == nil || isChosen.contains(site)) {
                let has = isChosen.contains(site)
                let other = rest.with(has ? .forbidden : .forced, for: site)
                rest = rest.with(has ? .forced : .forbidden, for: site)
                if let found = try best(other), isWithin(found) {
                    parts.append(Part(problem: other, best: found))
                }
                if isLate { break }
            }
        }
        isComplete = parts.isEmpty && !isLate && portfolios.count < count
    }
}
