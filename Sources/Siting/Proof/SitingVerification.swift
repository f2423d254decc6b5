internal import Geometry

/// What came of checking an answer against its inputs, without the solver.
public struct SitingVerification: Hashable, Sendable {
    /// One thing that was checked.
    public struct Check: Hashable, Sendable {
        /// What was checked: `objective`.
        public let name: String
        /// Whether it is as the answer says.
        public let holds: Bool
        /// What was found.
        public let finding: String
        /// Whether it is neither proven nor refuted: a search's word, of which the proof was too large
        /// to keep.
        public let isOpen: Bool
    }

    /// What was checked, in order.
    public private(set) var checks: [Check] = []

    /// Whether all of it is as the answer says.
    public var holds: Bool { checks.allSatisfy(\.holds) }

    /// Whether nothing contradicts the answer, while not all of it is proven.
    public var isOpen: Bool { !holds && checks.allSatisfy { $0.holds || $0.isOpen } }

    /// What an answer claims.
    public struct Claim: Hashable, Sendable {
        /// The status.
        public var status: SitingSolution.Status
        /// What the choice is said to achieve.
        public var objective: Double?
        /// What no choice is said to do better than.
        public var bound: Double?
        /// The chosen candidates.
        public var chosen: [Int]
        /// The candidate that serves each demand.
        public var assignment: [Int?]
        /// The demand that is said not to be served.
        public var unserved: [Int]
        /// Which part of each demand each site serves, where demand may be divided.
        public var shares: [SitingSolution.Share]
        /// The proof of the bound.
        public var certificate: SitingCertificate?

        /// Collects what an answer claims.
        ///
        /// - Parameters:
        ///   - status: The status.
        ///   - objective: What the choice is said to achieve.
        ///   - bound: What no choice is said to do better than.
        ///   - chosen: The chosen candidates.
        ///   - assignment: The candidate that serves each demand.
        ///   - unserved: The demand that is said not to be served, ascending.
        ///   - shares: Which part of each demand each site serves, where demand may be divided.
        ///   - certificate: The proof of the bound.
        public init(
            status: SitingSolution.Status, objective: Double?, bound: Double?, chosen: [Int],
            assignment: [Int?], unserved: [Int], shares: [SitingSolution.Share] = [],
            certificate: SitingCertificate?
        ) {
            self.status = status
            self.objective = objective
            self.bound = bound
            self.chosen = chosen
            self.assignment = assignment
            self.unserved = unserved
            self.shares = shares
            self.certificate = certificate
        }

        /// What a solution claims.
        ///
        /// - Parameter solution: The solution.
        public init(_ solution: SitingSolution) {
            status = solution.status
            objective = solution.objective
            bound = solution.bound
            chosen = solution.chosen
            assignment = solution.assignment
            unserved = solution.unserved
            shares = solution.shares
            certificate = solution.certificate
        }
    }

    /// How far sums in another order may lie apart, as a part of them.
    private static let rounding = 1e-11

    /// Checks an answer.
    ///
    /// Feasibility and objective are worked out again from the costs; the bound is proven again from
    /// the multipliers, with every sum rounded outward.
    ///
    /// - Parameters:
    ///   - claim: What the answer claims.
    ///   - model: The model.
    ///   - problem: The problem, as it was asked.
    ///   - leavesUnreachable: Whether demand that no candidate can reach was left out.
    /// - Throws: ``SitingError`` where nothing but unreachable demand was asked for.
    public init(
        of claim: Claim, _ model: SitingModel, _ problem: SitingProblem,
        leavesUnreachable: Bool = false
    ) throws {
        let asked =
            leavesUnreachable && model.mustServe
            ? try problem.without(problem.unreachable) : problem
        guard claim.objective != nil else {
            let found = Self.withoutChoice(claim.status, model, asked)
            add("status", found.holds, found.text)
            return
        }
        checkSites(claim, model, problem)
        let isAssigned: Bool =
            if case .hubMedian = model { true } else { problem.requirements.hasCapacities }
        let isSplit = problem.requirements.isSplit && problem.requirements.hasCapacities
        let service =
            isSplit
            ? Service(of: claim.chosen, in: problem, shares: claim.shares)
            : Service(
                of: claim.chosen, in: problem, assignment: isAssigned ? claim.assignment : nil)
        if isSplit, let fault = Self.fault(claim, model, asked) {
            add("service", false, fault)
        } else {
            checkService(claim, model, asked, service)
        }
        let objective = service.objective(of: model)
        let isSame = Self.isSame(objective, claim.objective ?? .nan)
        add(
            "objective", isSame,
            isSame ? "\(objective)" : "\(objective), not \(claim.objective ?? .nan)")
        let part = try checkBound(claim, model, asked)
        checkStatus(claim, part: part)
    }

    private mutating func add(
        _ name: String, _ holds: Bool, _ finding: String, isOpen: Bool = false
    ) {
        checks.append(Check(name: name, holds: holds, finding: finding, isOpen: isOpen))
    }

    static func isSame(_ a: Double, _ b: Double) -> Bool {
        (a - b).magnitude <= rounding * max(a.magnitude, b.magnitude)
    }

    private mutating func checkSites(
        _ claim: Claim, _ model: SitingModel, _ problem: SitingProblem
    ) {
        let chosen = Set(claim.chosen)
        var faults: [String] = []
        if chosen.count != claim.chosen.count { faults.append("a site is chosen twice") }
        if let p = model.p, chosen.count != p { faults.append("p is \(p)") }
        faults += problem.requirements.faults(chosen, claim.assignment, claim.shares, in: problem)
        for (candidate, rule) in problem.rules.enumerated() {
            let id = problem.candidateIDs[candidate]
            if rule == .forced, !chosen.contains(candidate) {
                faults.append("\(id) is forced and not chosen")
            }
            if rule == .forbidden, chosen.contains(candidate) {
                faults.append("\(id) is forbidden and chosen")
            }
        }
        add(
            "sites", faults.isEmpty,
            (["\(chosen.count) chosen"] + faults.prefix(3)).joined(separator: "; "))
    }

    private mutating func checkService(
        _ claim: Claim, _ model: SitingModel, _ asked: SitingProblem, _ service: Service
    ) {
        let mustServe = !model.isMaximal
        let missed = service.unserved.filter { asked.weights[$0] > 0 }
        if mustServe, let first = missed.first {
            add("service", false, "\(asked.demandIDs[first]) is out of reach of all chosen sites")
            return
        }
        if service.unserved != claim.unserved {
            add(
                "service", false,
                "\(service.unserved.count) demand is not served, not \(claim.unserved.count)")
            return
        }
        for demand in asked.demandIDs.indices {
            let (own, its) = (service.assignment[demand], claim.assignment[demand])
            if own == its { continue }
            let cost = its.flatMap { asked.cost(demand, $0) }
            if let cost, claim.chosen.contains(its ?? -1), cost == service.costs[demand] {
                continue
            }
            add("service", false, "\(asked.demandIDs[demand]) is not assigned to its nearest site")
            return
        }
        let served = service.assignment.count { $0 != nil }
        add("service", true, "\(served) served, \(service.unserved.count) not")
    }

    /// Checks the bound.
    ///
    /// - Returns: What is proven where the rest of the bound is the search's word; else `nil`.
    private mutating func checkBound(
        _ claim: Claim, _ model: SitingModel, _ asked: SitingProblem
    ) throws -> Double? {
        guard let bound = claim.bound else {
            add("bound", true, "none is claimed")
            return nil
        }
        var finding: BoundFinding?
        if let proof = claim.certificate?.linear {
            finding = try Self.linearFinding(claim, proof, model, asked)
        } else if case .dispersion = model, asked.requirements.isEmpty {
            finding = try Self.dispersionFinding(claim, model, asked)
        } else if !asked.isPure(model), claim.certificate != nil {
            // The solver found the relaxation no proof of anything.
            let isWorse = claim.objective.map { model.isMaximal ? bound >= $0 : bound <= $0 }
            finding = BoundFinding(
                holds: isWorse ?? true, text: "\(bound) is the solver's word, without a dual")
        }
        if let finding {
            add("bound", finding.holds, finding.text)
            return nil
        }
        guard let certificate = claim.certificate else {
            add("bound", false, "\(bound) is claimed without a proof")
            return nil
        }
        let part = model.isCenter ? certificate.radius : certificate.proof.bound
        if Self.proves(certificate, bound, model, asked) {
            add("bound", true, "\(bound) is proven")
        } else if let part, let engine = certificate.engine, Self.isPossible(claim, model),
            Self.proves(certificate, part, model, asked)
        {
            add("bound", true, Self.text(proven: part, bound, by: engine))
        } else if let part, Self.proves(certificate, part, model, asked) {
            let isWord = certificate.proof.isPartial && Self.isPossible(claim, model)
            add(
                "bound", false,
                "\(part) is proven, \(bound) "
                    + (isWord
                        ? "is the search's word: its proof was too large to keep" : "is claimed"),
                isOpen: isWord)
            return isWord ? part : nil
        } else {
            add("bound", false, "\(bound) does not follow")
        }
        return nil
    }

    /// Whether a bound is none that the choice itself refutes.
    private static func isPossible(_ claim: Claim, _ model: SitingModel) -> Bool {
        guard let bound = claim.bound, let objective = claim.objective else { return false }
        return isSame(bound, objective)
            || (model.isMaximal ? bound > objective : bound < objective)
    }

    /// Whether a certificate proves that no choice is better than a bound.
    static func proves(
        _ certificate: SitingCertificate, _ bound: Double, _ model: SitingModel,
        _ problem: SitingProblem
    ) -> Bool {
        var checker: ProofChecker
        var target: Double
        switch model {
        case .pCenter(let p):
            // All that costs less than the bound is served by more than p sites only.
            checker = ProofChecker(problem, model, radius: bound)
            return checker.holds(certificate, Double(p ?? 0).nextUp)
        case .maximalCovering:
            checker = ProofChecker(problem, model, radius: nil)
            target = -bound
        default:
            checker = ProofChecker(problem, model, radius: nil)
            target = bound
        }
        if target == target.rounded(), problem.isWhole(model) { target = (target - 1).nextUp }
        return checker.holds(certificate, target)
    }

    private mutating func checkStatus(_ claim: Claim, part: Double?) {
        guard claim.status == .optimal else {
            add("status", claim.status != .infeasible, claim.status.rawValue)
            return
        }
        let objective = claim.objective ?? .nan
        let gap = (objective - (part ?? claim.bound ?? .nan)).magnitude
        let isOptimal = gap <= 2 * LocationSearch.precision * objective.magnitude
        add(
            "status", isOptimal,
            isOptimal ? "optimal" : "the \(part == nil ? "bound" : "proof") leaves a gap of \(gap)",
            isOpen: part != nil)
    }
}

extension SitingProblem {
    /// The cost of a pair; `nil` where it is out of reach.
    func cost(_ demand: Int, _ candidate: Int) -> Double? {
        let entries = costs.entries(of: demand)
        return costs.indices[entries].firstIndex(of: Int32(candidate)).map { costs.distances[$0] }
    }
}
