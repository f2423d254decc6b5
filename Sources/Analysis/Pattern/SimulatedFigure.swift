/// A figure beside what chance alone gives in simulations.
public struct SimulatedFigure: Hashable, Sendable {
    /// What was observed.
    public let observed: Double
    /// The mean of the simulations.
    public let mean: Double
    /// The least of the simulations.
    public let low: Double
    /// The greatest of the simulations.
    public let high: Double
    /// How likely chance alone gives a figure as far out, to either side.
    ///
    /// Twice the lesser share of simulations that reach it, itself counted among them (B. Phipson and
    /// G. K. Smyth, 2010, https://doi.org/10.2202/1544-6115.1585).
    public let p: Double

    /// How what was observed compares with all simulations.
    public enum Verdict: String, Sendable {
        /// More than in any simulation.
        case above
        /// Less than in any simulation.
        case below
        /// Within what the simulations give.
        case chance
    }

    /// How what was observed compares with all simulations.
    public var verdict: Verdict { observed > high ? .above : observed < low ? .below : .chance }

    /// Compares a figure with its simulations, of which those without a figure do not count.
    init(_ observed: Double, simulated all: [Double]) {
        let simulated = all.filter { !$0.isNaN }
        self.observed = observed
        mean = simulated.isEmpty ? .nan : simulated.reduce(0, +) / Double(simulated.count)
        low = simulated.min() ?? .nan
        high = simulated.max() ?? .nan
        let upper = 1 + simulated.count { $0 >= observed }
        let lower = 1 + simulated.count { $0 <= observed }
        p =
            observed.isNaN || simulated.isEmpty
            ? .nan : min(1, 2 * Double(min(upper, lower)) / Double(simulated.count + 1))
    }
}
