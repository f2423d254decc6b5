/// The dual of a linear relaxation as the proof of a bound: one multiplier for each row of the program
/// that the question makes.
///
/// Of a p-median or facility location problem with nothing but capacities it is that of the Lagrangian
/// relaxation: one multiplier for each demand that counts, and a knapsack for each site.
public struct LinearProof: Hashable, Sendable {
    /// The multipliers.
    public var multipliers: [Double]
    /// What they prove, in the sense of the model's objective.
    public var value: Double
    /// The solver on whose word anything better than ``value`` is claimed.
    public var engine: String

    /// Creates a proof.
    ///
    /// - Parameters:
    ///   - multipliers: One a row.
    ///   - value: What they prove.
    ///   - engine: The solver on whose word anything better is claimed.
    public init(multipliers: [Double], value: Double, engine: String) {
        self.multipliers = multipliers
        self.value = value
        self.engine = engine
    }

    /// The proof that multipliers make; `nil` without them.
    init?(_ formulation: SitingFormulation, _ multipliers: [Double]?, engine: String) {
        guard let multipliers, let bound = formulation.program.dualBound(multipliers) else {
            return nil
        }
        self.init(
            multipliers: multipliers, value: formulation.rounded(formulation.value(bound)),
            engine: engine)
    }
}

extension SitingFormulation {
    /// A proven bound, rounded where every choice achieves a whole number.
    func rounded(_ bound: Double) -> Double {
        guard isWhole, bound.magnitude < 1e15 else { return bound }
        return model.isMaximal ? bound.rounded(.down) : bound.rounded(.up)
    }

    /// Whether every choice achieves a whole number.
    private var isWhole: Bool {
        func isWhole(_ value: Double) -> Bool { value == value.rounded() && value < 1e15 }
        switch model {
        case .setCovering: return true
        case .maximalCovering, .backupCoverage, .backupCovering:
            return problem.weights.allSatisfy(isWhole)
        case .pMedian, .facilityLocation:
            guard model != .facilityLocation || problem.openingCosts.allSatisfy(isWhole) else {
                return false
            }
            return problem.demandIDs.indices.allSatisfy { demand in
                problem.weights[demand] == 0
                    || problem.reach(demand).allSatisfy {
                        isWhole(problem.weights[demand]) && isWhole($0.cost)
                            && isWhole(problem.weights[demand] * $0.cost)
                    }
            }
        default: return false
        }
    }
}
