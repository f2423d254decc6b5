/// How much of the bound of an answer its stored proof shows, and on whose word the rest stands.
public struct ProvenBound: Hashable, Sendable {
    /// What no choice does better than, by the proof; `nil` where it shows nothing.
    public let value: Double?
    /// On whose word the bound that is claimed is better; `nil` where all of it is proven.
    ///
    /// A solver, with its version, or the own search, whose proof was too large to keep.
    public let word: String?

    /// The distance to the objective as a part of it; `nil` where one is not known.
    ///
    /// - Parameter objective: What the choice achieves.
    /// - Returns: 0 where both are 0.
    public func gap(to objective: Double?) -> Double? {
        guard let objective, let value else { return nil }
        return SitingSolution.gap(objective, value)
    }

    /// Reads what an answer says of its bound, without proving it again: ``SitingVerification`` does.
    ///
    /// - Parameters:
    ///   - solution: The answer.
    ///   - problem: The problem that was solved; `nil` comes of an answer without a bound.
    public init?(of solution: SitingSolution, in problem: SitingProblem) {
        guard let bound = solution.bound else { return nil }
        let (model, certificate) = (solution.model, solution.certificate)
        if let certificate, let linear = certificate.linear {
            var known =
                model.isThreshold
                ? SitingVerification.next(linear.value, model, problem) : linear.value
            // A tree of a problem with capacities.
            if !certificate.proof.nodes.isEmpty { known = max(known, certificate.proof.bound) }
            let isEnough = model.isMaximal ? known <= bound : known >= bound
            let isNear =
                linear.engine != nil
                && SitingSolution.gap(bound, known) <= SitingVerification.linearPrecision
            value = isEnough || isNear ? bound : known
            word =
                isEnough || isNear ? certificate.fewestWord(solution.chosen.count) : linear.engine
        } else if let certificate, let engine = certificate.engine {
            (value, word) = (
                certificate.proof.nodes.isEmpty ? nil : certificate.proof.bound, engine
            )
        } else if let certificate, certificate.proof.isPartial {
            value = model.isCenter ? certificate.radius : certificate.proof.bound
            word = Self.ownSearch
        } else {
            (value, word) = (bound, nil)
        }
    }

    /// The own search, where its proof was too large to keep.
    public static let ownSearch = "the search"
}

extension SitingCertificate {
    /// On whose word as many sites as a backup covering has are the fewest; `nil` where that is proven.
    fileprivate func fewestWord(_ count: Int) -> String? {
        guard let first = fewest.first else { return nil }
        if let dual = first.linear { return dual.value < Double(count) ? dual.engine : nil }
        return first.engine ?? (first.proof.isPartial ? ProvenBound.ownSearch : nil)
    }
}

extension SitingModel {
    /// Whether it is solved by asking, with requirements, whether any choice achieves a value.
    var isThreshold: Bool {
        switch self {
        case .pCenter, .dispersion: true
        default: false
        }
    }
}
