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
        /// By how much its cost to one of the candidates within reach may be less; `nil` for any, and
        /// where that is not told.
        public let shorter: Double?
        /// As near as one of those out of reach may come; `nil` for any, where there is none, and where
        /// that is not told.
        public let nearer: Double?
    }

    /// What tolerances are of.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The weight of a demand.
        case weights
        /// What it costs to its site, where that rises.
        case costs
        /// What it costs to any candidate, where that falls.
        case shorter
    }

    /// One for each demand that counts; fewer where the time was up.
    public private(set) var tolerances: [Tolerance] = []
    /// Whether each was found by solving again, to about a part in 10⁸ of the objective; else the choice
    /// stays the best at least so far.
    public private(set) var isExact = false
    /// What is not told, and why.
    public let untold: [Kind: String]
    /// Whether weights are told.
    public var tellsWeights: Bool { untold[.weights] == nil }
    /// Whether ``Tolerance/cost`` is told.
    public var tellsCosts: Bool { untold[.costs] == nil }
    /// Whether ``Tolerance/shorter`` and ``Tolerance/nearer`` are told.
    public var tellsShorter: Bool { untold[.shorter] == nil }
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
        return switch solution.model {
        case .dispersion, .sumDispersion: "\(solution.model.name) has no demand"
        case .setCovering where problem.limit == nil:
            "no distance says what is within reach; give one with --within"
        case .hubMedian: "\(solution.model.name) has flows instead of weights"
        default: nil
        }
    }

    /// What tolerances of a question do not tell, and why.
    static func untold(_ model: SitingModel, in problem: SitingProblem) -> [Kind: String] {
        var untold: [Kind: String] = [:]
        let asked = problem.requirements
        if asked.hasCapacities, asked.loads.isEmpty {
            untold[.weights] = "a demand takes its weight of a capacity: another one fits elsewhere"
        } else if model == .setCovering || model.isCenter {
            untold[.weights] = "the choice does not depend on them"
        }
        switch model {
        case .pMedian, .facilityLocation, .pCenter: break
        case .huff: untold[.costs] = "huff draws from every distance"
        default:
            if problem.limit == nil { untold[.costs] = "no distance says what is within reach" }
        }
        if asked.closeness != nil {
            untold[.shorter] = "with mandatory closeness they make other choices possible"
        } else if let reason = untold[.costs] {
            untold[.shorter] = reason
        }
        return untold
    }

    /// Works the tolerances of a choice out; `nil` where there is a ``reason(_:in:)`` against it.
    ///
    /// A weight's are found by solving again: what a choice costs is linear in it, so that from the
    /// choice that is better at the far end the place where both are equal is the next to look at
    /// (Newton's method for a parameter: W. Dinkelbach, 1967, https://doi.org/10.1287/mnsc.13.7.492).
    /// The cost of a pair may rise up to where the best choice without that pair is as good; where costs
    /// only say what is within reach, up to the limit of that, unless the choice can do without the
    /// pair. Costs may fall up to where the best choice with all other candidates that much nearer is as
    /// good; of a covering, an unreached candidate may come within reach where no choice is better with
    /// all of them. Beyond ``mostExact`` demand, and with capacities, the distance to the second-best choice
    /// gives what is certain.
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
        untold = search.untold
        isExact = search.isExact
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
