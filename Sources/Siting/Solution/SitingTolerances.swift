/// By how much a number of the question may change before another choice is better, all other numbers
/// unchanged.
public struct SitingTolerances: Hashable, Sendable {
    /// What is known of one demand.
    public struct Tolerance: Hashable, Sendable {
        /// The demand.
        public let demand: Int
        /// The least weight with which the choice stays the best; 0 where it does down to a millionth of
        /// the weight.
        public let least: Double
        /// The greatest weight with which it stays the best; `nil` where it does up to
        /// ``SitingTolerances/greatestWeight``.
        public let most: Double?
        /// What its site costs now; `nil` where it has none.
        public let now: Double?
        /// Up to which cost to its site it stays the best; `nil` for any, where the demand has no site,
        /// and where costs are not told.
        public let cost: Double?
    }

    /// One for each demand that counts; fewer where the time was up.
    public private(set) var tolerances: [Tolerance] = []
    /// Whether each was found by solving again, to about a part in 10⁸ of the objective; else the choice
    /// stays the best at least so far.
    public private(set) var isExact = false
    /// Whether weights are told: the choices of `lscp` and `p-center` do not depend on them.
    public let tellsWeights: Bool
    /// Whether ``Tolerance/cost`` is told.
    public let tellsCosts: Bool
    /// The weight up to which it was looked for a better choice: a thousand times all weights together;
    /// `nil` where it was not looked for.
    public private(set) var greatestWeight: Double?
    /// Whether the time was up before all was looked at.
    public private(set) var isInterrupted = false

    /// Up to so many demand, each tolerance is worked out by solving again.
    public static let mostExact = 200

    /// Why there are no tolerances of an answer; `nil` where there are.
    ///
    /// - Parameters:
    ///   - solution: The answer.
    ///   - problem: The problem that was solved.
    /// - Returns: The reason, in words.
    public static func reason(_ solution: SitingSolution, in problem: SitingProblem) -> String? {
        if solution.status != .optimal { return "the choice is not proven to be the best" }
        if problem.requirements.hasCapacities, !problem.hasCapacityDual(solution.model) {
            return "with capacities, who is within reach does not tell who fits where"
        }
        return switch solution.model {
        case .dispersion, .sumDispersion: "\(solution.model.name) has no demand"
        case .setCovering where problem.limit == nil:
            "no distance says what is within reach; give one with --within"
        case .hubMedian: "\(solution.model.name) has flows instead of weights"
        default: nil
        }
    }

    /// Works the tolerances of a choice out; `nil` where there is a ``reason(_:in:)`` against it.
    ///
    /// A weight's are found by solving again: what a choice costs is linear in it, so that from the
    /// choice that is better at the far end the place where both are equal is the next to look at
    /// (Newton's method for a parameter: W. Dinkelbach, 1967, https://doi.org/10.1287/mnsc.13.7.492).
    /// The cost of a pair may rise up to where the best choice without that pair is as good; where costs
    /// only say what is within reach, up to the limit of that, unless the choice can do without the
    /// pair. Beyond ``mostExact`` demand, and with capacities, the distance to the second-best choice gives
    /// what is certain. Where a demand takes its weight of a capacity, only costs are told: another weight
    /// changes who fits where.
    ///
    /// - Parameters:
    ///   - solution: The choice.
    ///   - problem: The problem that was solved.
    ///   - options: How each search is worked on; the time limit is that of all.
    /// - Throws: ``SitingError`` as solving does.
    public init?(
        of solution: SitingSolution, in problem: SitingProblem,
        _ options: SitingOptions = SitingOptions()
    ) throws {
        guard Self.reason(solution, in: problem) == nil else { return nil }
        var search = try ToleranceSearch(of: solution, in: problem, options)
        (tellsWeights, tellsCosts) = (search.tellsWeights, search.tellsCosts)
        isExact =
            search.demand.count <= Self.mostExact && !problem.requirements.hasCapacities
        if isExact {
            if tellsWeights { greatestWeight = search.greatestWeight }
            for row in search.demand {
                guard let found = try search.solvedAgain(row) else { break }
                tolerances.append(found)
            }
        } else {
            tolerances = try search.certain()
        }
        isInterrupted = search.isLate
    }
}
