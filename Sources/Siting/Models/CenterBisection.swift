internal import Geometry

/// Sites with the greatest cost to any demand.
struct Center {
    let chosen: [Int]
    let radius: Double
}

/// The search for the least radius of a p-center: each step asks whether so many sites are enough for a
/// radius in the middle of those that are left.
struct CenterBisection {
    private let problem: SitingProblem
    private let p: Int
    private let radii: [Double]
    /// The best choice that was found.
    private(set) var best: Center
    /// How many nodes of trees were looked at.
    private(set) var nodes = 0
    /// What is below is not enough.
    private var low = 0
    /// This and what is above is enough.
    private var high: Int
    private var found: SitingCertificate
    private var isLate = false
    /// Whether the last proof was too large to keep.
    private var isPartial = false

    /// Begins with a choice.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - p: How many sites.
    ///   - best: A choice that serves all demand.
    ///   - least: What no choice is better than.
    init(_ problem: SitingProblem, p: Int, from best: Center, least: Double) {
        (self.problem, self.p, self.best) = (problem, p, best)
        radii = problem.radii(from: least, below: best.radius)
        high = radii.count
        found = SitingCertificate(
            proof: BoundCertificate(bound: Double(p + 1), nodes: [.init()]), radius: least)
    }

    /// Searches to the end, or until the time is up.
    mutating func run(_ options: SitingOptions, _ deadline: ContinuousClock.Instant?) {
        while low < high, !isLate {
            let middle = (low + high) / 2
            let (answer, looked) = Covering(problem, radius: radii[middle]).decide(
                within: p, deadline, options)
            nodes += looked
            switch answer {
            case .yes(let chosen):
                best = problem.center(chosen, p)
                high = min(radii.firstIndex { $0 >= best.radius } ?? high, middle)
            case .no(let proof, _):
                low = middle + 1
                // Of a proof that was too large to keep, the one before stays as a part.
                isPartial = proof.proof.isPartial
                if !isPartial {
                    found = proof
                    found.radius = known
                }
            case .unknown: isLate = true
            }
        }
    }

    /// What no choice is better than, as far as the search has come.
    private var known: Double {
        low < radii.count ? min(radii[low], best.radius) : best.radius
    }

    /// What no choice is better than; a search that was interrupted claims what it can show.
    var bound: Double { isLate && isPartial ? found.radius ?? 0 : known }

    /// The proof of the bound.
    var certificate: SitingCertificate {
        var result = found
        if isPartial {
            result.proof.isPartial = !isLate || result.proof.isPartial
        } else {
            result.radius = bound
        }
        return result
    }
}
