/// How a siting question is worked on.
public struct SitingOptions: Sendable {
    /// How long to search at most, in seconds; `nil` for as long as it takes.
    public var timeLimit: Double?
    /// A part of the objective: a choice this near to the bound is near enough.
    public var gap = 0.0
    /// Whether demand that no candidate can reach is left out; else nothing is feasible.
    public var leavesUnreachable = false
    /// Choices to begin with, each a list of candidates; those that do not fit are passed over.
    public var start: [[Int]] = []
    /// How many multipliers the proof of an answer may hold, 8 bytes each; beyond, it proves a part of
    /// the bound and says so.
    public var mostMultipliers = 10_000_000
    /// How many threads the searches of this package may work on at once; it changes nothing but the
    /// time.
    public var tasks = 1
    /// Where the searches of this package note how far they have come; `nil` for nowhere.
    public var notes: SearchNotes?

    /// The usual options: to the end, and all demand must be reached.
    public init() {}
}

extension SitingProblem {
    /// Chooses sites.
    ///
    /// The answer is the same on every run. Demand of weight 0 is not asked for by any model.
    ///
    /// - Parameters:
    ///   - model: The question.
    ///   - options: How it is worked on.
    /// - Returns: The choice, with how far it is proven; or that nothing is feasible.
    /// - Throws: ``SitingError`` (`badNumber`) for a number of sites that cannot be chosen, and
    ///   (`badArgument`) for covering without a reach.
    /// - Complexity: Exponential in the worst case; in practice some hundred passes over the matrix.
    public func solve(
        _ model: SitingModel, _ options: SitingOptions = SitingOptions()
    ) throws -> SitingSolution {
        try model.check(self)
        let begin = ContinuousClock.now
        let deadline = options.timeLimit.map { begin + .seconds($0) }
        var solution = try answer(model, options, deadline)
        let time = (ContinuousClock.now - begin).components
        solution.seconds = Double(time.seconds) + Double(time.attoseconds) / 1e18
        return solution
    }

    private func answer(
        _ model: SitingModel, _ options: SitingOptions, _ deadline: ContinuousClock.Instant?
    ) throws -> SitingSolution {
        let isPure = isPure(model)
        if isPure, case .maximalCovering(let p?) = model {
            return maximalCovering(p, options, deadline)
        }
        let unreachable = model.mustServe ? unreachable : []
        var asked = self
        if !unreachable.isEmpty {
            guard options.leavesUnreachable, unreachable.count < weights.count(where: { $0 > 0 })
            else {
                return SitingSolution(
                    model, self, status: .infeasible, unserved: unreachable,
                    infeasibility: Infeasibility(conflicting: [unreachable[0]]),
                    method: "reach of each demand")
            }
            asked = try without(unreachable)
        }
        if !isPure {
            if case .dispersion(let p) = model, requirements.isEmpty {
                return try asked.dispersion(p, deadline)
            }
            return try asked.composed(model, options, deadline, whole: self)
        }
        switch model {
        case .pMedian(let p?): return asked.pMedian(p, options, deadline, whole: self)
        case .pCenter(let p?): return asked.pCenter(p, options, deadline, whole: self)
        case .facilityLocation: return asked.facilityLocation(options, deadline, whole: self)
        default: return try asked.setCovering(options, deadline, whole: self)
        }
    }
}
