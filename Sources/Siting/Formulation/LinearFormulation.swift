/// A mixed-integer linear program: columns between bounds, rows over them, and what is made least.
struct LinearFormulation: Sendable {
    /// What a column adds to the objective.
    private(set) var costs: [Double] = []
    private(set) var lower: [Double] = []
    private(set) var upper: [Double] = []
    /// Whether a column takes whole numbers only.
    private(set) var isWhole: [Bool] = []
    /// Where the terms of each row begin, and at last where the last ones end.
    private(set) var starts = [0]
    private(set) var columns: [Int32] = []
    private(set) var coefficients: [Double] = []
    private(set) var relations: [Relation] = []
    private(set) var sides: [Double] = []

    /// How a row's sum relates to its side.
    enum Relation: Sendable {
        case atMost
        case atLeast
        case equal
    }

    /// The number of columns.
    var width: Int { costs.count }

    /// The number of rows.
    var rows: Int { sides.count }

    /// Adds a column with finite bounds, so that every dual proves a bound.
    ///
    /// - Returns: Its number.
    mutating func addColumn(
        cost: Double = 0, from lower: Double = 0, to upper: Double = 1, isWhole: Bool = false
    ) -> Int {
        costs.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.isWhole.append(isWhole)
        return costs.count - 1
    }

    /// Adds a row.
    mutating func addRow(
        _ terms: some Sequence<(Int, Double)>, _ relation: Relation, _ side: Double
    ) {
        for (column, coefficient) in terms where coefficient != 0 {
            columns.append(Int32(column))
            coefficients.append(coefficient)
        }
        starts.append(columns.count)
        relations.append(relation)
        sides.append(side)
    }

    /// Changes what a column adds to the objective.
    mutating func setCost(_ column: Int, _ cost: Double) { costs[column] = cost }

    /// Changes the bounds of a column.
    mutating func bound(_ column: Int, from lower: Double, to upper: Double) {
        self.lower[column] = lower
        self.upper[column] = upper
    }
}
