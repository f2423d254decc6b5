public import Features
internal import Geometry

/// A table of costs, a line a pair, as it is read from a file.
///
/// The columns are `demand`, `candidate` and `cost`, or `from_id`, `to_id` and `metres` as the command
/// `matrix` writes them. Demand and candidates are numbered as they first appear.
public struct CostTable: Sendable {
    private let name: String
    private let weightField: String?
    private var demand = Side()
    private var candidates = Side()
    private var pairs: [(demand: Int32, candidate: Int32, cost: Double)] = []
    private var weights: [Double] = []
    private var lines = 0

    /// Identifiers in the order of their first appearance.
    private struct Side {
        var ids: [String] = []
        var places: [String: Int32] = [:]

        mutating func place(of id: String) -> Int32 {
            if let place = places[id] { return place }
            let place = Int32(ids.count)
            places[id] = place
            ids.append(id)
            return place
        }
    }

    /// Begins a table.
    ///
    /// - Parameters:
    ///   - name: The file's name, for messages.
    ///   - weightField: The column that says how much each demand counts, the same in each of its
    ///     lines; each counts one where `nil`.
    public init(name: String, weightField: String? = nil) {
        self.name = name
        self.weightField = weightField
    }

    /// Adds the lines of a batch.
    ///
    /// - Parameter batch: The lines.
    /// - Throws: ``SitingError`` naming the first line without an identifier or whose cost or weight
    ///   is no number of at least 0, or a column that is missing.
    public mutating func append(_ batch: FeatureBatch) throws {
        let from = try column(batch, "demand", "from_id")
        let to = try column(batch, "candidate", "to_id")
        let costs = try column(batch, "cost", "metres")
        let weights = try weightField.map { try column(batch, $0, $0) }
        for row in 0..<batch.count {
            lines += 1
            let start = demand.place(of: try id(from[row], "demand"))
            let end = candidates.place(of: try id(to[row], "candidate"))
            pairs.append((start, end, try number(costs[row], "cost", .badCost)))
            guard let weights, let weightField else { continue }
            let weight = try number(weights[row], weightField, .badWeight)
            if Int(start) == self.weights.count {
                self.weights.append(weight)
            } else if self.weights[Int(start)] != weight {
                throw SitingError(
                    .badWeight, at: place,
                    "the weight of demand \"\(demand.ids[Int(start)])\" is \(weight) here and "
                        + "\(self.weights[Int(start)]) in a line before",
                    remedy: "give each demand the same weight in all of its lines")
            }
        }
    }

    private var place: String { "\(name), pair \(lines)" }

    private func column(_ batch: FeatureBatch, _ first: String, _ second: String) throws -> Column {
        if let column = batch[first] ?? batch[second] { return column }
        throw SitingError(
            .badArgument, at: name, "has no column \"\(first)\"",
            remedy:
                "its columns are \(batch.columns.map(\.name).joined(separator: ", ")); a matrix "
                + "has demand, candidate and cost")
    }

    private func id(_ value: Value, _ side: String) throws -> String {
        let text = value.plain.isNull ? "" : value.plain.description
        guard text.isEmpty else { return text }
        throw SitingError(
            .unknownID, at: place, "the \(side) has no identifier", remedy: "give one in each line")
    }

    private func number(_ value: Value, _ field: String, _ code: SitingError.Code) throws -> Double
    {
        let plain = value.plain
        if let number = plain.number ?? plain.text.flatMap({ Double($0) }), number >= 0,
            number < .infinity
        {
            return number
        }
        throw SitingError(
            code, at: place, "the \(field) is \(plain), which is no number of at least 0",
            remedy: code == .badCost
                ? "correct it, or leave the pair out where it cannot be (with --sparse)"
                : "correct it; 0 takes the demand out")
    }

    /// The problem of all pairs.
    ///
    /// - Parameters:
    ///   - limit: The greatest cost of a pair; `nil` for any.
    ///   - isSparse: Whether pairs that are missing are out of reach; else they are an error.
    ///   - given: How much each demand counts, by its identifier, instead of a column.
    /// - Returns: The problem.
    /// - Throws: ``SitingError`` for a pair that is there twice or missing, a demand without a weight,
    ///   and as the problem itself does.
    /// - Complexity: O(r log r) for r pairs.
    public func problem(
        within limit: Double? = nil, isSparse: Bool = false, weights given: [String: Double]? = nil
    ) throws -> SitingProblem {
        var costs = NeighbourRows()
        let order = pairs.indices.sorted {
            (pairs[$0].demand, pairs[$0].candidate, $0) < (
                pairs[$1].demand, pairs[$1].candidate, $1
            )
        }
        var at = 0
        for start in demand.ids.indices {
            var next: Int32 = 0
            while at < order.count, pairs[order[at]].demand == Int32(start) {
                let pair = pairs[order[at]]
                if pair.candidate < next {
                    throw fault(
                        start, pair.candidate, "is there twice", "leave one of the lines out")
                }
                if !isSparse, limit == nil, pair.candidate > next { throw missing(start, next) }
                costs.append(pair.candidate, pair.cost)
                next = pair.candidate + 1
                at += 1
            }
            if !isSparse, limit == nil, Int(next) < candidates.ids.count {
                throw missing(start, next)
            }
            costs.endRow()
        }
        let weights = try given.map { given in
            try demand.ids.map { id in
                if let weight = given[id] { return weight }
                throw SitingError(
                    .unknownID, at: "\(name), demand \"\(id)\"", "is not in the demand layer",
                    remedy: "give the demand layer the identifiers of the matrix")
            }
        }
        return try SitingProblem(
            demandIDs: demand.ids, candidateIDs: candidates.ids,
            weights: weights ?? (weightField == nil ? nil : self.weights), costs: costs,
            limit: limit)
    }

    private func missing(_ start: Int, _ end: Int32) -> SitingError {
        fault(
            start, end, "is missing",
            "add its cost; or say that pairs which are missing are out of reach, with --sparse or "
                + "--within")
    }

    private func fault(
        _ start: Int, _ end: Int32, _ problem: String, _ remedy: String
    ) -> SitingError {
        SitingError(
            .badPair, at: name,
            "the pair of demand \"\(demand.ids[start])\" and candidate "
                + "\"\(candidates.ids[Int(end)])\" \(problem)", remedy: remedy)
    }
}
