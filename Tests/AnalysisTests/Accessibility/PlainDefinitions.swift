import Analysis

/// Demand, supply and the costs between them as a dense matrix: what the definitions of accessibility
/// are written over, plainly, to judge the program.
struct PlainCase {
    /// Pᵢ.
    let demand: [Double]
    /// Sⱼ.
    let supply: [Double]
    /// Metres from i to j where that is within the limit.
    let reach: [[Double?]]
    /// wᵢⱼ, 0 beyond the limit.
    let w: [[Double]]
    /// Gᵢⱼ = wᵢⱼ / Σₖ wᵢₖ.
    let g: [[Double]]
    /// wᵢⱼ / Σₖ wₖⱼ.
    let share: [[Double]]

    init(
        demand: [Double], supply: [Double], metres: [[Double?]], limit: Double,
        decay: DistanceDecay
    ) {
        self.demand = demand
        self.supply = supply
        let reach = metres.map { $0.map { $0.flatMap { $0 <= limit ? $0 : nil } } }
        let w = reach.map { $0.map { $0.map { decay.weight(at: $0) } ?? 0 } }
        g = w.map { row in
            let sum = row.reduce(0, +)
            return row.map { sum == 0 ? 0 : $0 / sum }
        }
        let sums = supply.indices.map { j in w.reduce(0) { $0 + $1[j] } }
        share = w.map { row in row.indices.map { sums[$0] == 0 ? 0 : row[$0] / sums[$0] } }
        self.reach = reach
        self.w = w
    }

    /// What each facility carries.
    func loads(_ method: String) -> [Double] {
        supply.indices.map { j in
            demand.indices.reduce(0) { sum, i in
                switch method {
                case "3sfca": sum + demand[i] * g[i][j] * w[i][j]
                case "bfca": sum + demand[i] * g[i][j]
                default: sum + demand[i] * w[i][j]
                }
            }
        }
    }

    /// Aᵢ of each place.
    func access(_ method: String) -> [Double] {
        let ratios = zip(supply, loads(method)).map { $1 == 0 ? 0 : $0 / $1 }
        return demand.indices.map { i in
            supply.indices.reduce(0) { sum, j in
                switch method {
                case "cumulative", "gravity": sum + supply[j] * w[i][j]
                case "3sfca": sum + ratios[j] * g[i][j] * w[i][j]
                case "m2sfca": sum + ratios[j] * w[i][j] * w[i][j]
                case "bfca": sum + ratios[j] * share[i][j]
                default: sum + ratios[j] * w[i][j]
                }
            }
        }
    }
}
