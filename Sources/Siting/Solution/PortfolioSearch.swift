/// The choices of a question one after another, the best first.
///
/// The choices besides the best one are divided by the first site in which they differ from it, and
/// each part is solved (E. L. Lawler, 1972, https://doi.org/10.1287/mnsc.18.7.401).
struct PortfolioSearch {
    /// The model that each part is asked for.
    let model: SitingModel
    /// The problem without the demand that nobody can reach.
    let problem: SitingProblem
    /// Whether a search ended before its time.
    private(set) var isLate = false
    private let options: SitingOptions
    private let deadline: ContinuousClock.Instant?
    private let isWorthIt: (Double) -> Bool
    private var parts: [Part]
    /// The part of the choice that was told last, which is still to be divided.
    private var last: Part?

    /// A part of all choices, with its best one.
    private struct Part {
        var problem: SitingProblem
        var best: NearOptimal.Portfolio
    }

    /// Begins with the best choice.
    ///
    /// - Parameters:
    ///   - solution: The best choice.
    ///   - problem: The problem that was solved.
    ///   - options: How each search is worked on; the time limit is that of all.
    ///   - isWorthIt: Whether a choice of such an objective is asked for.
    /// - Throws: ``SitingError`` where nothing but unreachable demand was asked for.
    init(
        of solution: SitingSolution, in problem: SitingProblem, _ options: SitingOptions,
        isWorthIt: @escaping (Double) -> Bool = { _ in true }
    ) throws {
        model = solution.model.repeated(by: solution)
        self.problem =
            model.mustServe ? try problem.without(problem.unreachable) : problem
        self.options = options
        self.isWorthIt = isWorthIt
        deadline = options.timeLimit.map { ContinuousClock.now + .seconds($0) }
        parts = [
            Part(
                problem: self.problem,
                best: .init(chosen: solution.chosen, objective: solution.objective ?? .nan))
        ]
    }

    /// The next best choice; `nil` where there is none, or the time is up.
    mutating func next() throws -> NearOptimal.Portfolio? {
        if let last { try divide(last) }
        last = nil
        guard !isLate else { return nil }
        let place = parts.indices.min { a, b in
            let (x, y) = (parts[a].best, parts[b].best)
            if x.objective != y.objective {
                return model.isMaximal ? x.objective > y.objective : x.objective < y.objective
            }
            return x.chosen.lexicographicallyPrecedes(y.chosen)
        }
        last = place.map { parts.remove(at: $0) }
        return last?.best
    }

    private mutating func divide(_ part: Part) throws {
        var rest = part.problem
        let isChosen = Set(part.best.chosen)
        // Where the number of sites is given, another choice lacks one of these.
        for site in rest.rules.indices
        where rest.rules[site] == .free && (model.p == nil || isChosen.contains(site)) {
            let has = isChosen.contains(site)
            let other = rest.with(has ? .forbidden : .forced, for: site)
            rest = rest.with(has ? .forced : .forbidden, for: site)
            if let found = try best(other), isWorthIt(found.objective) {
                parts.append(Part(problem: other, best: found))
            }
            if isLate { return }
        }
    }

    /// The best choice without a site; `nil` where there is none, or the time is up.
    mutating func best(without site: Int) throws -> NearOptimal.Portfolio? {
        problem.rules[site] == .forced
            ? nil : try best(problem.with(.forbidden, for: site))
    }

    /// The best choice of a part; `nil` where there is none, or the time is up.
    private mutating func best(_ part: SitingProblem) throws -> NearOptimal.Portfolio? {
        if let p = model.p, part.allowed < p || part.forced > p { return nil }
        if part.allowed == 0 { return nil }
        if let deadline, ContinuousClock.now >= deadline { isLate = true }
        if isLate { return nil }
        do {
            let found = try part.solve(model, options.sharing(deadline))
            if found.status == .interrupted { isLate = true }
            return found.objective.map { .init(chosen: found.chosen, objective: $0) }
        } catch let error as SitingError where error.code == .notEnough {
            // What is left of the candidates cannot serve all.
            return nil
        }
    }
}

extension SitingModel {
    /// The model by which other choices are compared with an answer: the fewest sites are those of the
    /// answer.
    func repeated(by solution: SitingSolution) -> SitingModel {
        self == .backupCovering ? .backupCoverage(p: solution.chosen.count) : self
    }
}

extension SitingOptions {
    /// The options of one of several searches that share a time: each to its end, within what is left.
    func sharing(_ deadline: ContinuousClock.Instant?) -> SitingOptions {
        var own = SitingOptions()
        (own.notes, own.tasks) = (notes, tasks)
        if let deadline {
            let left = ContinuousClock.now.duration(to: deadline).components
            own.timeLimit = max(0.001, Double(left.seconds) + Double(left.attoseconds) / 1e18)
        }
        return own
    }
}
