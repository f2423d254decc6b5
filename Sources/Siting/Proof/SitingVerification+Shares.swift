extension SitingVerification {
    /// What is wrong with the parts into which demand is divided; `nil` where nothing is.
    static func fault(
        _ claim: Claim, _ model: SitingModel, _ asked: SitingProblem
    ) -> String? {
        let chosen = Set(claim.chosen)
        var sums = [Double](repeating: 0, count: asked.demandIDs.count)
        for share in claim.shares {
            let id = asked.demandIDs[share.demand]
            guard chosen.contains(share.site), share.part >= 0, share.part <= 1,
                asked.cost(share.demand, share.site) != nil
            else { return "\(id) has a share of \(share.part) that cannot be" }
            sums[share.demand] += share.part
        }
        for demand in sums.indices where asked.weights[demand] > 0 {
            // Parts are told to nine digits.
            let isWhole = (sums[demand] - 1).magnitude <= 2e-8
            if isWhole || (model.isMaximal && sums[demand] < 1) { continue }
            return "\(sums[demand]) of \(asked.demandIDs[demand]) is served"
        }
        return nil
    }
}
