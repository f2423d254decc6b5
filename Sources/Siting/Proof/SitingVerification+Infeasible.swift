extension SitingVerification {
    /// Checks that there is no choice.
    ///
    /// That some demand is out of reach of all is seen from the costs; that so many sites cannot reach all
    /// is searched for again, and the proof of that is checked as any other. Where a general solver found
    /// that requirements contradict each other, that is its word.
    static func withoutChoice(
        _ status: SitingSolution.Status, _ model: SitingModel, _ asked: SitingProblem
    ) -> BoundFinding {
        guard status == .infeasible else {
            return BoundFinding(
                holds: status == .interrupted,
                text: "there is no choice to check (\(status.rawValue))")
        }
        if model.mustServe, let first = asked.unreachable.first {
            return BoundFinding(
                holds: true, text: "\(asked.demandIDs[first]) is out of reach of all candidates")
        }
        guard asked.isPure(model), model.mustServe, let p = model.p else {
            return BoundFinding(
                holds: true, text: "infeasible: that no choice meets all is the solver's word")
        }
        switch Covering(asked).decide(within: p, nil).answer {
        case .no(let proof, _) where proves(proof, Double(p + 1), .setCovering, asked):
            return BoundFinding(
                holds: true, text: "infeasible: \(p) sites are proven to be too few to reach all")
        case .yes:
            return BoundFinding(holds: false, text: "\(p) sites can reach all")
        default:
            return BoundFinding(holds: false, text: "that \(p) sites are too few is not proven")
        }
    }
}
