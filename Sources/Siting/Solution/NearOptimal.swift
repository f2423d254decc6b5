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
    /// The sites without which no choice is within the gap, ascending; where the time was up, those of
    /// which that is known.
    public private(set) var robust: [Int] = []
    /// Whether the time was up before all was looked at.
    public private(set) var isInterrupted = false

    /// Finds the best choices; `nil` where the choice is not proven to be the best.
    ///
    /// Of backup covering they are those with as few sites as the best one.
    ///
    /// - Parameters:
    ///   - solution: The best choice.
    ///   - problem: The problem that was solved.
    ///   - count: How many choices at most.
    ///   - gap: How far from the best they may be, as a part of it.
    ///   - options: How each search is worked on; the time limit is that of all.
    /// - Throws: ``SitingError`` as solving does.
    public init?(
        of solution: SitingSolution, in problem: SitingProblem, count: Int, within gap: Double,
        _ options: SitingOptions = SitingOptions()
    ) throws {
        guard solution.status == .optimal, let objective = solution.objective else { return nil }
        let isMaximal = solution.model.isMaximal
        let limit = objective + (isMaximal ? -1 : 1) * gap * objective.magnitude
        let slack = 1e-9 * objective.magnitude
        func isWithin(_ value: Double) -> Bool {
            isMaximal ? value >= limit - slack : value <= limit + slack
        }
        var search = try PortfolioSearch(
            of: solution, in: problem, options, isWorthIt: isWithin)
        while portfolios.count < count, let next = try search.next() { portfolios.append(next) }
        isComplete = portfolios.count < count && !search.isLate
        // What is missing in one of these is not in all of them.
        let common = solution.chosen.filter { site in
            portfolios.allSatisfy { $0.chosen.contains(site) }
        }
        for site in common {
            let other = isComplete ? nil : try search.best(without: site)
            if search.isLate { break }
            if other.map({ !isWithin($0.objective) }) ?? true { robust.append(site) }
        }
        isInterrupted = search.isLate
    }
}
