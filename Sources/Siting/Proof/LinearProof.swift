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
    /// The solver on whose word anything better than ``value`` is claimed; `nil` where none ran.
    public var engine: String?

    /// Creates a proof.
    ///
    /// - Parameters:
    ///   - multipliers: One a row.
    ///   - value: What they prove.
    ///   - engine: The solver on whose word anything better is claimed; `nil` where none ran.
    public init(multipliers: [Double], value: Double, engine: String?) {
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
            multipliers: multipliers,
            value: formulation.problem.rounded(formulation.value(bound), of: formulation.model),
            engine: engine)
    }
}

extension SitingProblem {
    /// A proven bound, rounded where every choice achieves a whole number.
    func rounded(_ bound: Double, of model: SitingModel) -> Double {
        guard bound.magnitude < 1e15, isWhole(model) else { return bound }
        return model.isMaximal ? bound.rounded(.down) : bound.rounded(.up)
    }

    /// Whether every choice achieves a whole number.
    func isWhole(_ model: SitingModel) -> Bool {
        func isWhole(_ value: Double) -> Bool { value == value.rounded() && value < 1e15 }
        switch model {
        case .setCovering: return true
        case _ where requirements.isSplit: return false
        case .maximalCovering, .backupCoverage, .backupCovering: return weights.allSatisfy(isWhole)
        case .pMedian, .facilityLocation:
            guard model != .facilityLocation || openingCosts.allSatisfy(isWhole) else {
                return false
            }
            return demandIDs.indices.allSatisfy { demand in
                weights[demand] == 0
                    || reach(demand).allSatisfy {
                        isWhole(weights[demand]) && isWhole($0.cost)
                            && isWhole(weights[demand] * $0.cost)
                    }
            }
        default: return false
        }
    }
}
