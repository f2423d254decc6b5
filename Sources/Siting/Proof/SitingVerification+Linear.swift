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
            let fewest = try fewestFinding(claim, asked)
            guard fewest.holds else { return fewest }
            fewestWord = fewest.text
        }
        let shown = try proven(claim, proof, question, asked)
        guard let proven = shown.value else { return BoundFinding(holds: false, text: shown.fault) }
        // No sum of rounded numbers is better than what was found.
        let isBeyond = model.isMaximal ? bound < objective : bound > objective
        if isBeyond, !isSame(bound, objective) {
            return BoundFinding(
                holds: false, text: "\(bound) contradicts the objective \(objective)")
        }
        let gap = SitingSolution.gap(bound, proven)
        let isEnough = model.isMaximal ? proven <= bound : proven >= bound
        if isEnough || (gap <= linearPrecision && proof.engine != nil) {
            return BoundFinding(holds: true, text: "\(bound) is proven by the dual" + fewestWord)
        }
        guard let engine = proof.engine else {
            return BoundFinding(holds: false, text: "\(proven) is proven, \(bound) is claimed")
        }
        return BoundFinding(
            holds: true, text: text(proven: proven, bound, by: engine) + fewestWord)
    }

    /// What the multipliers of an answer prove, in the sense of the objective; without a value, what is
    /// wrong with them.
    private static func proven(
        _ claim: Claim, _ proof: LinearProof, _ question: SitingModel, _ asked: SitingProblem
    ) throws -> (value: Double?, fault: String) {
        guard let dual = try dual(proof, question, asked) else {
            return (nil, "the dual is not one of this question")
        }
        if question.isThreshold {
            return dual > 0
                ? (next(proof.value, question, asked), "")
                : (nil, "\(proof.value) is not proven out of reach")
        }
        let value = asked.rounded(question.isMaximal ? -dual : dual, of: question)
        if !isSame(value, proof.value), (value < proof.value) != question.isMaximal {
            return (nil, "\(value) is proven, \(proof.value) is claimed")
        }
        guard let tree = claim.certificate?.proof, !tree.nodes.isEmpty,
            asked.hasCapacityDual(question)
        else { return (value, "") }
        guard let least = CapacitatedTree.bound(tree.nodes, triples: tree.triples, asked, question)
        else {
            return (nil, "the tree is not one of this question")
        }
        return (max(value, asked.rounded(least, of: question)), "")
    }

    /// What is proven of a bound that is claimed by the word of a solver.
    static func text(proven: Double, _ bound: Double, by engine: String) -> String {
        let gap = SitingSolution.gap(bound, proven)
        return "\((proven * 1e6).rounded() / 1e6) proven (gap \((gap * 1e5).rounded() / 1000) %), "
            + "\(bound) by \(engine)'s word"
    }

    /// Checks that the sites of a backup covering are the fewest.
    ///
    /// - Returns: Whether they may be, and what is to be said of it where that is a solver's word.
    private static func fewestFinding(
        _ claim: Claim, _ asked: SitingProblem
    ) throws -> BoundFinding {
        let count = Double(claim.chosen.count)
        let fault = BoundFinding(holds: false, text: "the fewest sites are not proven")
        func word(of engine: String) -> String {
            "; that \(claim.chosen.count) sites are the fewest is the word of \(engine)"
        }
        guard let fewest = claim.certificate?.fewest.first,
            fewest.linear != nil || !fewest.proof.nodes.isEmpty
        else { return fault }
        var text = ""
        if let dual = fewest.linear {
            let covering = try SitingFormulation(.setCovering, asked)
            let least = covering.program.dualBound(dual.multipliers)
                .map { asked.rounded($0, of: .setCovering) }
            guard let least, least <= count else { return fault }
            if least < count {
                guard let engine = dual.engine else { return fault }
                text = word(of: engine)
            }
        }
        if !fewest.proof.nodes.isEmpty, !proves(fewest, count, .setCovering, asked) {
            guard let engine = fewest.engine, fewest.proof.bound <= count,
                proves(fewest, fewest.proof.bound, .setCovering, asked)
            else {
                return BoundFinding(
                    holds: false, text: "\(count) sites do not follow as the fewest")
            }
            text = word(of: engine)
        }
        return BoundFinding(holds: true, text: text)
    }

    /// What the multipliers of a proof show of the program of a question; `nil` where they are of another.
    private static func dual(
        _ proof: LinearProof, _ question: SitingModel, _ asked: SitingProblem
    ) throws -> Double? {
        // One multiplier a demand is the Lagrangian proof of a problem with capacities.
        if asked.hasCapacityDual(question),
            let bound = CapacitatedInstance(asked, question).bound(proof.multipliers)
        {
            return bound
        }
        let formulation = try SitingFormulation(
            question, asked, for: question.isThreshold ? .threshold(proof.value) : .best)
        return formulation.program.dualBound(proof.multipliers)
    }

    /// How far a proven bound may lie from the one that is claimed: the solver tells eight digits.
    static let linearPrecision = 1e-6

    /// The next value of a p-center or p-dispersion that is worse than one that is out of reach.
    static func next(
        _ value: Double, _ model: SitingModel, _ asked: SitingProblem
    ) -> Double {
        if model.isMaximal {
            let values = (try? CandidateDistances(asked, for: model))?.pairs.map(\.distance) ?? []
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
