/// By what candidates are judged.
public struct Criterion: Hashable, Sendable {
    /// The field that holds it.
    public let name: String
    /// Whether more is better or less.
    public let goal: Goal
    /// How much it counts beside the others; at least 0.
    public var weight: Double
    /// How a value becomes one that can be added to those of other criteria.
    public var scale: Scale

    /// Whether more is better or less.
    public enum Goal: String, Hashable, Sendable {
        /// More is better.
        case max
        /// Less is better.
        case min
    }

    /// Creates a criterion.
    ///
    /// - Parameters:
    ///   - name: The field that holds it.
    ///   - goal: Whether more is better or less.
    ///   - weight: How much it counts beside the others.
    ///   - scale: How a value becomes one that can be added to others. With a target or a function
    ///     the goal says nothing more.
    /// - Throws: ``SitingError`` (`badWeight`) for a weight that is no number of at least 0.
    public init(
        _ name: String, _ goal: Goal, weight: Double = 1, scale: Scale = .range
    ) throws {
        guard weight >= 0, weight < .infinity else {
            throw SitingError(
                .badWeight, at: "criterion \"\(name)\"",
                "the weight is \(weight), which is no number of at least 0",
                remedy: "give a weight of 0 or more")
        }
        self.name = name
        switch scale {
        case .range, .deviations: self.goal = goal
        case .target: self.goal = .min
        case .function: self.goal = .max
        }
        self.weight = weight
        self.scale = scale
    }
}

/// Candidates with what they are worth by each criterion.
public struct CriteriaTable: Hashable, Sendable {
    /// The criteria, weights adding up to 1.
    public private(set) var criteria: [Criterion]
    /// What is judged, a row a candidate, a column a criterion; all are finite.
    ///
    /// Values themselves, their distances from a target, or what a function makes of them.
    public let values: [[Double]]

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - criteria: The criteria; weights are divided by their sum.
    ///   - values: A row a candidate, a column a criterion.
    /// - Throws: ``SitingError`` where there are no criteria or candidates, a criterion is there twice,
    ///   all weights are 0, or a value is not finite.
    public init(_ criteria: [Criterion], _ values: [[Double]]) throws {
        if criteria.isEmpty || values.isEmpty {
            throw SitingError(
                .empty, at: "", "there is nothing to judge, or nothing to judge by",
                remedy: "give at least one candidate with values and one criterion")
        }
        var seen = Set<String>()
        for criterion in criteria where !seen.insert(criterion.name).inserted {
            throw SitingError(
                .duplicateID, at: "criterion \"\(criterion.name)\"", "is there twice",
                remedy: "name each criterion once")
        }
        for row in values {
            precondition(row.count == criteria.count)
            guard row.allSatisfy(\.isFinite) else {
                throw SitingError(
                    .badCost, at: "", "a value of a criterion is not finite",
                    remedy: "correct it, or leave the candidate out")
            }
        }
        self.criteria = criteria
        self.values = values.map { row in zip(criteria, row).map { $0.judged($1) } }
        try set(criteria.map(\.weight))
    }

    /// Sets the weights, divided by their sum.
    mutating func set(_ weights: [Double]) throws {
        let sum = weights.reduce(0, +)
        guard sum > 0 else {
            throw SitingError(
                .badWeight, at: "", "all weights are 0, so nothing is judged",
                remedy: "give at least one criterion a weight above 0")
        }
        for place in criteria.indices { criteria[place].weight = weights[place] / sum }
    }

    /// The values of a criterion.
    func column(_ criterion: Int) -> [Double] { values.map { $0[criterion] } }
}
