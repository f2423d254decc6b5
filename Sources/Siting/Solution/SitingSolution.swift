internal import Geometry

/// The answer to a siting question, with how far it is proven.
public struct SitingSolution: Hashable, Sendable {
    /// How far an answer is proven.
    public enum Status: String, Hashable, Sendable {
        /// Nothing is better; for costs that are no whole numbers, by more than a part in 10⁹.
        case optimal
        /// A choice within the gap that was asked for.
        case gap
        /// No choice meets the requirements.
        case infeasible
        /// The time was up; the best choice found, with the bound that was reached.
        case interrupted
    }

    /// The model.
    public let model: SitingModel
    /// How far the answer is proven.
    public let status: Status
    /// What the choice achieves; `nil` where none was found.
    ///
    /// The weighted cost (p-median; with what sites cost to open, uflp), the greatest cost (p-center),
    /// the number of sites (lscp), the weight within reach (mclp), that within reach of two
    /// (backup-lscp, bacop1), both weighed (bacop2), that expected to find a free site (mexclp), the
    /// least distance or the sum of distances between sites (dispersion), what all flows cost
    /// (p-hub-median), or the weight drawn from competitors (huff).
    public let objective: Double?
    /// What no choice can do better than; `nil` where nothing is known or nothing is feasible.
    public let bound: Double?
    /// The chosen candidates, ascending.
    public let chosen: [Int]
    /// The chosen candidate that serves each demand at the least cost, or the greatest part of it; `nil` where none is within
    /// reach or the demand counts nothing and none is.
    public let assignment: [Int?]
    /// The demand that counts and is not served, ascending.
    public let unserved: [Int]
    /// Which part of each demand each site serves, by demand and site; empty unless demand may be
    /// divided.
    public let shares: [Share]

    /// A part of a demand.
    public struct Share: Hashable, Sendable {
        /// The demand.
        public let demand: Int
        /// The candidate that serves the part.
        public let site: Int
        /// The part: 1 for all of it.
        public let part: Double

        /// Creates a share.
        ///
        /// - Parameters:
        ///   - demand: The demand.
        ///   - site: The candidate that serves the part.
        ///   - part: The part: 1 for all of it.
        public init(demand: Int, site: Int, part: Double) {
            self.demand = demand
            self.site = site
            self.part = part
        }
    }

    /// Why nothing is feasible.
    public internal(set) var infeasibility: Infeasibility?
    /// The proof of the bound.
    public internal(set) var certificate: SitingCertificate?
    /// How many nodes of a tree were looked at.
    public let nodes: Int
    /// How long it took.
    public internal(set) var seconds = 0.0

    /// What was done: for reports.
    public let method: String

    /// What is done where nothing but the model is asked.
    private static func method(of model: SitingModel) -> String {
        switch model {
        case .pMedian, .maximalCovering, .facilityLocation:
            "interchange; Lagrangian bounds (primal–dual ascent); branch and bound"
        case .setCovering: "dominance; Lagrangian bounds (primal–dual ascent); branch and bound"
        case .pCenter: "bisection over set coverings; Lagrangian bounds; branch and bound"
        case .dispersion: "bisection over distances; search for cliques"
        default: "linear program; branch and cut"
        }
    }

    /// The distance between objective and bound as a part of the objective; 0 where both are 0, `nil`
    /// where one is not known.
    public var gap: Double? {
        guard let objective, let bound else { return nil }
        return Self.gap(objective, bound)
    }

    /// The distance between two numbers as a part of the first; 0 where both are 0.
    static func gap(_ objective: Double, _ bound: Double) -> Double {
        let difference = (objective - bound).magnitude
        return difference == 0 ? 0 : difference / max(objective.magnitude, .leastNormalMagnitude)
    }

    /// Whether demand is assigned to sites that are not always the nearest.
    ///
    /// - Parameter problem: The problem that was solved.
    /// - Returns: Whether sites have capacities, or are hubs.
    public func isAssigned(in problem: SitingProblem) -> Bool {
        if case .hubMedian = model { return true }
        return problem.requirements.hasCapacities
    }

    /// Creates an answer from the chosen sites, assigning each demand to the nearest of them.
    init(
        _ model: SitingModel, _ problem: SitingProblem, status: Status, chosen: [Int],
        bound: Double?, nodes: Int, certificate: SitingCertificate?,
        assignment given: [Int?]? = nil, shares: [Share]? = nil, method: String? = nil
    ) {
        self.method = method ?? Self.method(of: model)
        self.model = model
        self.status = status
        self.chosen = chosen
        self.bound = bound
        self.nodes = nodes
        self.certificate = certificate
        let service =
            shares.map { Service(of: chosen, in: problem, shares: $0) }
            ?? Service(of: chosen, in: problem, assignment: given)
        self.shares = shares ?? []
        assignment = service.assignment
        unserved = service.unserved
        objective = chosen.isEmpty ? nil : service.objective(of: model)
    }

    /// An answer without sites.
    init(
        _ model: SitingModel, _ problem: SitingProblem, status: Status, bound: Double? = nil,
        unserved: [Int] = [], infeasibility: Infeasibility? = nil, nodes: Int = 0,
        method: String? = nil
    ) {
        self.method = method ?? Self.method(of: model)
        self.model = model
        self.status = status
        self.bound = bound
        self.unserved = unserved
        self.infeasibility = infeasibility
        self.nodes = nodes
        objective = nil
        chosen = []
        shares = []
        assignment = Array(repeating: nil, count: problem.demandIDs.count)
    }
}

/// Which of some sites serves which demand, at least cost; equal costs go to the first candidate.
struct Service {
    let assignment: [Int?]
    /// The cost of each demand at its site, or its sites; 0 where it has none.
    let costs: [Double]
    /// Which part of each demand is served.
    private let parts: [Double]
    let unserved: [Int]
    private let weights: [Double]
    private let chosen: [Int]
    private let opening: Double
    private let problem: SitingProblem

    /// Finds who serves whom.
    ///
    /// - Parameters:
    ///   - chosen: The chosen candidates.
    ///   - problem: The problem.
    ///   - given: Who serves whom, where that is not the nearest.
    init(of chosen: [Int], in problem: SitingProblem, assignment given: [Int?]? = nil) {
        var isChosen = [Bool](repeating: false, count: problem.candidateIDs.count)
        for candidate in chosen { isChosen[candidate] = true }
        var assignment: [Int?] = []
        var costs: [Double] = []
        for demand in problem.demandIDs.indices {
            var best: Int?
            for entry in problem.costs.entries(of: demand)
            where isChosen[Int(problem.costs.indices[entry])] {
                if let given, given[demand] != Int(problem.costs.indices[entry]) { continue }
                if let old = best, problem.costs.distances[entry] >= problem.costs.distances[old] {
                    continue
                }
                best = entry
            }
            assignment.append(best.map { Int(problem.costs.indices[$0]) })
            costs.append(best.map { problem.costs.distances[$0] } ?? 0)
        }
        self.init(
            chosen, problem, assignment: assignment, costs: costs,
            parts: assignment.map { $0 == nil ? 0 : 1 })
    }

    /// Adds up who serves which part of whom; a share whose pair is out of reach serves nothing.
    init(of chosen: [Int], in problem: SitingProblem, shares: [SitingSolution.Share]) {
        var assignment = [Int?](repeating: nil, count: problem.demandIDs.count)
        var greatest = [Double](repeating: 0, count: assignment.count)
        var (costs, parts) = (greatest, greatest)
        for share in shares {
            guard let cost = problem.cost(share.demand, share.site) else { continue }
            costs[share.demand] += share.part * cost
            parts[share.demand] += share.part
            if share.part > greatest[share.demand] {
                (greatest[share.demand], assignment[share.demand]) = (share.part, share.site)
            }
        }
        self.init(chosen, problem, assignment: assignment, costs: costs, parts: parts)
    }

    private init(
        _ chosen: [Int], _ problem: SitingProblem, assignment: [Int?], costs: [Double],
        parts: [Double]
    ) {
        self.assignment = assignment
        self.costs = costs
        self.parts = parts
        self.chosen = chosen
        self.problem = problem
        opening = chosen.reduce(0) { $0 + problem.openingCosts[$1] }
        weights = problem.weights
        unserved = assignment.indices.filter { assignment[$0] == nil && problem.weights[$0] > 0 }
    }

    /// What the choice achieves, without regard to what is not served.
    func objective(of model: SitingModel) -> Double {
        switch model {
        case .pMedian: zip(weights, costs).reduce(0) { $0 + $1.0 * $1.1 }
        case .facilityLocation: zip(weights, costs).reduce(opening) { $0 + $1.0 * $1.1 }
        case .pCenter:
            assignment.indices.reduce(0) { weights[$1] > 0 ? max($0, costs[$1]) : $0 }
        case .setCovering: Double(chosen.count)
        case .maximalCovering:
            assignment.indices.reduce(0) { $0 + weights[$1] * parts[$1] }
        default: problem.achievement(of: model, chosen, assignment)
        }
    }
}

/// Why no choice meets the requirements, and the least that would have to change.
public struct Infeasibility: Hashable, Sendable {
    /// Demand that cannot all be served together; without any one of it, the rest could be.
    public internal(set) var conflicting: [Int]
    /// How many sites would be enough, everything else unchanged; `nil` where no number is.
    public internal(set) var enoughSites: Int?
    /// The least reach that would be enough, everything else unchanged; `nil` where none is known.
    public internal(set) var enoughReach: Double?
    /// Requirements that cannot be met together; without any one of them, the rest can.
    public internal(set) var requirements: [SitingRequirements.Kind] = []
    /// For each of them that can be changed so that all is feasible, the least change.
    public internal(set) var changes: [Change] = []

    /// The least change of a requirement that makes all feasible.
    public struct Change: Hashable, Sendable {
        /// The requirement.
        public let kind: SitingRequirements.Kind
        /// What would have to be said of p, at-most, at-least, budget, spacing, may-close and new; of
        /// the others, how much would have to be given up: sites, pairs, demand, or capacity that is
        /// missing.
        public let value: Double
    }
}
