internal import Geometry

extension SitingVerification {
    /// What was found of a bound.
    struct BoundFinding {
        let holds: Bool
        let text: String
    }

    /// Checks the bound of an answer that a general solver made: what the stored dual proves is worked
    /// out again, and what goes beyond it is said to be the solver's word.
    static func linearFinding(
        _ claim: Claim, _ proof: LinearProof, _ model: SitingModel, _ asked: SitingProblem
    ) throws -> BoundFinding {
        guard let bound = claim.bound, let objective = claim.objective else {
            return BoundFinding(holds: true, text: "none is claimed")
        }
        // Backup covering is the greatest backup with as few sites as its other proof says.
        var question = model
        var fewestWord = ""
        if model == .backupCovering {
            question = .backupCoverage(p: claim.chosen.count)
            guard let fewest = claim.certificate?.fewest.first,
                fewest.linear != nil || !fewest.proof.nodes.isEmpty
            else {
                return BoundFinding(holds: false, text: "the fewest sites are not proven")
            }
            let count = Double(claim.chosen.count)
            if let dual = fewest.linear {
                let covering = try SitingFormulation(.setCovering, asked)
                let least = covering.program.dualBound(dual.multipliers)
                    .map { asked.rounded($0, of: .setCovering) }
                guard let least, least <= count else {
                    return BoundFinding(holds: false, text: "the fewest sites are not proven")
                }
                if least < count {
                    guard let engine = dual.engine else {
                        return BoundFinding(holds: false, text: "the fewest sites are not proven")
                    }
                    fewestWord =
                        "; that \(claim.chosen.count) sites are the fewest is the word of \(engine)"
                }
            }
            if !fewest.proof.nodes.isEmpty, !proves(fewest, count, .setCovering, asked) {
                return BoundFinding(
                    holds: false, text: "\(count) sites do not follow as the fewest")
            }
        }
        let isThreshold =
            switch model {
            case .pCenter, .dispersion: true
            default: false
            }
        // One multiplier a demand is the Lagrangian proof of a problem with capacities.
        var dual =
            asked.hasCapacityDual(model)
            ? CapacitatedInstance(asked, model).bound(proof.multipliers) : nil
        if dual == nil {
            let formulation = try SitingFormulation(
                question, asked, for: isThreshold ? .threshold(proof.value) : .best)
            dual = formulation.program.dualBound(proof.multipliers)
        }
        guard let dual else {
            return BoundFinding(holds: false, text: "the dual is not one of this question")
        }
        var proven: Double
        if isThreshold {
            guard dual > 0 else {
                return BoundFinding(holds: false, text: "\(proof.value) is not proven out of reach")
            }
            proven = try next(proof.value, model, asked)
        } else {
            proven = asked.rounded(question.isMaximal ? -dual : dual, of: question)
            if !isSame(proven, proof.value), (proven < proof.value) != model.isMaximal {
                return BoundFinding(
                    holds: false, text: "\(proven) is proven, \(proof.value) is claimed")
            }
        }
        // No sum of rounded numbers is better than what was found.
        let isBeyond = model.isMaximal ? bound < objective : bound > objective
        if isBeyond, !isSame(bound, objective) {
            return BoundFinding(
                holds: false, text: "\(bound) contradicts the objective \(objective)")
        }
        let gap = (proven - bound).magnitude / max(bound.magnitude, .leastNormalMagnitude)
        let isEnough = model.isMaximal ? proven <= bound : proven >= bound
        if isEnough || (gap <= linearPrecision && proof.engine != nil) {
            return BoundFinding(holds: true, text: "\(bound) is proven by the dual" + fewestWord)
        }
        guard let engine = proof.engine else {
            return BoundFinding(holds: false, text: "\(proven) is proven, \(bound) is claimed")
        }
        proven = (proven * 1e6).rounded() / 1e6
        return BoundFinding(
            holds: true,
            text: "\(proven) proven (gap \((gap * 1e5).rounded() / 1000) %), "
                + "\(bound) by \(engine)'s word" + fewestWord)
    }

    /// How far a proven bound may lie from the one that is claimed: the solver tells eight digits.
    static let linearPrecision = 1e-6

    /// The next value of a p-center or p-dispersion that is worse than one that is out of reach.
    private static func next(
        _ value: Double, _ model: SitingModel, _ asked: SitingProblem
    ) throws -> Double {
        if model.isMaximal {
            let values = try CandidateDistances(asked, for: model).pairs.map(\.distance)
            return values.filter { $0 < value }.max() ?? 0
        }
        var least = Double.infinity
        for demand in asked.demandIDs.indices where asked.weights[demand] > 0 {
            for entry in asked.reach(demand) where entry.cost > value {
                least = min(least, entry.cost)
            }
        }
        return least
    }

    /// Checks the bound of a p-dispersion by searching again.
    static func dispersionFinding(
        _ claim: Claim, _ model: SitingModel, _ asked: SitingProblem
    ) throws -> BoundFinding {
        guard let bound = claim.bound, let p = model.p else {
            return BoundFinding(holds: true, text: "none is claimed")
        }
        let distances = try CandidateDistances(asked, for: model)
        let beyond = distances.pairs.map(\.distance).filter { $0 > bound }.min()
        guard let beyond, p > 1 else {
            return BoundFinding(holds: true, text: "\(bound) is the greatest distance")
        }
        var search = CliqueSearch(
            distances, asked.rules.indices.filter { asked.rules[$0] != .forbidden },
            forced: asked.rules.indices.filter { asked.rules[$0] == .forced }, deadline: nil)
        let isProven = search.clique(of: p, apart: beyond) == nil
        return BoundFinding(
            holds: isProven,
            text: isProven ? "\(bound) is proven by search" : "\(beyond) can be achieved too")
    }
}
