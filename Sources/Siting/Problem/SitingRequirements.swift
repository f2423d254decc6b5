public import Geometry

/// What is asked of a choice besides what its model asks.
public struct SitingRequirements: Hashable, Sendable {
    /// One of the requirements, for reports of conflicts.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The number of sites of the model.
        case number = "p"
        /// Candidates that are chosen in any case.
        case forced = "force"
        /// The greatest number of sites in a group.
        case atMost = "at-most"
        /// The least number of sites in each group.
        case atLeast = "at-least"
        /// What all sites may cost together.
        case budget
        /// The least distance between two sites.
        case spacing
        /// Pairs of which one at most is chosen.
        case incompatible
        /// How many existing facilities may be closed.
        case closing = "may-close"
        /// How many sites may be new.
        case new = "new"
        /// The distance within which all demand must have a site.
        case closeness = "mandatory"
        /// What each site can serve.
        case capacity
        /// That all demand is served within reach.
        case service = "within"
    }

    /// Two candidates.
    public struct Pair: Hashable, Sendable {
        /// The first of them.
        public let first: Int
        /// The other one.
        public let second: Int
        /// How far they are apart; 0 where nobody asks.
        public let distance: Double

        /// Creates a pair.
        ///
        /// - Parameters:
        ///   - first: The first candidate.
        ///   - second: The other one.
        ///   - distance: How far they are apart.
        public init(_ first: Int, _ second: Int, distance: Double = 0) {
            self.first = first
            self.second = second
            self.distance = distance
        }
    }

    /// The group of each candidate, such as its province; `nil` for one of none.
    ///
    /// Empty without groups.
    public var groups: [String?] = []
    /// The greatest number of sites in each group.
    public var atMost: Int?
    /// The least number of sites in each group.
    public var atLeast: Int?
    /// What each candidate costs, for the budget; empty without one.
    public var siteCosts: [Double] = []
    /// What all sites may cost together.
    public var budget: Double?
    /// The least distance between two sites.
    public var spacing: Double?
    /// The pairs that are nearer to each other than ``spacing``.
    public var near: [Pair] = []
    /// Pairs of which one at most is chosen.
    public var incompatible: [Pair] = []
    /// The facilities that exist.
    public var existing: [Int] = []
    /// How many of the existing may be closed; `nil` for any number.
    public var mayClose: Int?
    /// How many sites may be chosen that do not exist; `nil` for any number.
    public var new: Int?
    /// The distance within which all demand must have a site.
    public var closeness: Double?
    /// The candidates within ``closeness`` of each demand.
    public var close = NeighbourRows()
    /// What each candidate can serve; empty for any.
    public var capacities: [Double] = []
    /// Whether demand may be divided among sites (multiple sourcing), where these have capacities.
    ///
    /// Else each is served by one as a whole (single sourcing).
    public var isSplit = false
    /// What each demand takes of a capacity; empty where that is its weight.
    public var loads: [Double] = []

    /// No requirements.
    public init() {}

    /// Whether nothing is asked.
    public var isEmpty: Bool { self == SitingRequirements() }

    /// Whether sites have capacities.
    public var hasCapacities: Bool { !capacities.isEmpty }

    /// The names of the groups, in order.
    var groupNames: [String] { Set(groups.compactMap { $0 }).sorted() }

    /// What is asked, in the order in which it is reported.
    func kinds(of model: SitingModel, _ problem: SitingProblem) -> [Kind] {
        Kind.allCases.filter { kind in
            switch kind {
            case .number: model.p != nil
            case .forced: problem.forced > 0
            case .atMost: atMost != nil
            case .atLeast: atLeast != nil
            case .budget: budget != nil
            case .spacing: spacing != nil
            case .incompatible: !incompatible.isEmpty
            case .closing: mayClose != nil
            case .new: new != nil
            case .closeness: closeness != nil
            case .capacity: hasCapacities
            case .service: model.mustServe
            }
        }
    }

    /// What a choice does not meet, in words.
    ///
    /// - Parameters:
    ///   - chosen: The chosen candidates.
    ///   - assignment: The candidate that serves each demand.
    ///   - shares: Which part of each demand each site serves, where demand is divided.
    ///   - problem: The problem.
    /// - Returns: Nothing where all is met.
    func faults(
        _ chosen: Set<Int>, _ assignment: [Int?], _ shares: [SitingSolution.Share] = [],
        in problem: SitingProblem
    ) -> [String] {
        var faults: [String] = []
        for name in atMost == nil && atLeast == nil ? [] : groupNames {
            let count = chosen.count { groups[$0] == name }
            if let atMost, count > atMost {
                faults.append("\(count) in \(name), at most \(atMost)")
            }
            if let atLeast, count < atLeast {
                faults.append("\(count) in \(name), at least \(atLeast)")
            }
        }
        if let budget {
            let cost = chosen.sorted().reduce(0) { $0 + siteCosts[$1] }
            if cost > budget * (1 + 1e-12) { faults.append("cost \(cost), budget \(budget)") }
        }
        for pair in near + incompatible where chosen.contains(pair.first) {
            guard chosen.contains(pair.second) else { continue }
            faults.append(
                "\(problem.candidateIDs[pair.first]) and \(problem.candidateIDs[pair.second]) "
                    + "do not go together")
        }
        let closed = existing.count { !chosen.contains($0) }
        if let mayClose, closed > mayClose {
            faults.append("\(closed) closed, at most \(mayClose)")
        }
        let added = chosen.subtracting(existing).count
        if let new, added > new { faults.append("\(added) new, at most \(new)") }
        if closeness != nil {
            for demand in problem.demandIDs.indices where problem.weights[demand] > 0 {
                let isClose = close.entries(of: demand).contains {
                    chosen.contains(Int(close.indices[$0]))
                }
                if !isClose {
                    faults.append("\(problem.demandIDs[demand]) has no site as near as it must")
                }
            }
        }
        if hasCapacities {
            var loads = [Double](repeating: 0, count: capacities.count)
            if isSplit {
                for share in shares { loads[share.site] += share.part * problem.load(share.demand) }
            } else {
                for (demand, site) in assignment.enumerated() where problem.weights[demand] > 0 {
                    if let site { loads[site] += problem.load(demand) }
                }
            }
            for site in loads.indices where loads[site] > capacities[site] * (1 + 1e-9) + 1e-9 {
                faults.append(
                    "\(problem.candidateIDs[site]) serves \(loads[site]) of \(capacities[site])")
            }
        }
        return faults
    }
}

extension SitingProblem {
    /// What a demand takes of a capacity.
    func load(_ demand: Int) -> Double {
        requirements.loads.isEmpty ? weights[demand] : requirements.loads[demand]
    }

    /// The problem with requirements.
    ///
    /// - Parameter requirements: What is asked of a choice.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` naming the first number that is none of at least 0, or requirements
    ///   that contradict each other.
    public func with(_ requirements: SitingRequirements) throws -> SitingProblem {
        func refuse(_ text: String, _ remedy: String) -> SitingError {
            SitingError(.badArgument, at: "", text, remedy: remedy)
        }
        for (values, name) in [
            (requirements.siteCosts, "cost"), (requirements.capacities, "capacity"),
        ] where !values.isEmpty {
            precondition(values.count == candidateIDs.count)
            for (candidate, value) in values.enumerated() where !(value >= 0 && value < .infinity) {
                throw SitingError(
                    .badCost, at: "candidate \"\(candidateIDs[candidate])\"",
                    "the \(name) is \(value), which is no number of at least 0",
                    remedy: "correct it, or forbid the candidate")
            }
        }
        for (demand, value) in requirements.loads.enumerated()
        where !(value >= 0 && value < .infinity) {
            throw SitingError(
                .badWeight, at: "demand \"\(demandIDs[demand])\"",
                "the load is \(value), which is no number of at least 0", remedy: "correct it")
        }
        if let budget = requirements.budget, !(budget >= 0 && budget < .infinity) {
            throw refuse("the budget is \(budget)", "give a number of at least 0")
        }
        if let spacing = requirements.spacing, !(spacing > 0 && spacing < .infinity) {
            throw refuse("the spacing is \(spacing)", "give a distance above 0")
        }
        let (least, most) = (requirements.atLeast, requirements.atMost)
        if [least, most, requirements.mayClose, requirements.new].contains(where: { ($0 ?? 0) < 0 })
        {
            throw refuse("a number of sites is below 0", "give numbers of at least 0")
        }
        if let least, let most, least > most {
            throw refuse(
                "at least \(least) and at most \(most) in each group", "exchange the numbers")
        }
        if least != nil || most != nil, requirements.groupNames.isEmpty {
            throw refuse("no candidate belongs to a group", "name the field of the groups")
        }
        for pair in requirements.incompatible where pair.first == pair.second {
            throw SitingError(
                .badPair, at: "candidate \"\(candidateIDs[pair.first])\"",
                "does not go together with itself", remedy: "leave the pair out, or forbid it")
        }
        var result = self
        result.requirements = requirements
        return result
    }
}
