extension Criterion {
    /// How a value becomes one that can be added to those of other criteria.
    public enum Scale: Hashable, Sendable {
        /// From 0, the worst there is, to 1, the best (min–max).
        case range
        /// How many standard deviations of the candidates it is above their mean, or below it where
        /// less is better (z-score).
        case deviations
        /// From 0, the farthest there is from a target, to 1, the nearest.
        case target(Double)
        /// By a value function.
        case function(ValueFunction)
    }

    /// What is judged of a value: how far it is from the target, or what the function makes of it.
    func judged(_ value: Double) -> Double {
        switch scale {
        case .range, .deviations: value
        case .target(let target): (value - target).magnitude
        case .function(let function): function.value(at: value)
        }
    }
}

extension CriteriaTable {
    /// The values as they can be added to those of other criteria, by the scale of the criterion; more
    /// is better.
    func scaled(_ criterion: Int) -> [Double] {
        let column = column(criterion)
        switch criteria[criterion].scale {
        case .range, .target: return ranged(criterion)
        case .function: return column
        case .deviations:
            let mean = column.reduce(0, +) / Double(column.count)
            let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let deviation = (squares / Double(column.count)).squareRoot()
            let sign: Double = criteria[criterion].goal == .max ? 1 : -1
            return column.map { deviation > 0 ? sign * ($0 - mean) / deviation : 0 }
        }
    }

    /// The values from 0, the worst there is, to 1, the best; 1 where all are the same.
    func ranged(_ criterion: Int) -> [Double] {
        let column = column(criterion)
        let (least, most) = (column.min() ?? 0, column.max() ?? 0)
        guard most > least else { return column.map { _ in 1 } }
        return column.map {
            criteria[criterion].goal == .max
                ? ($0 - least) / (most - least) : (most - $0) / (most - least)
        }
    }
}
