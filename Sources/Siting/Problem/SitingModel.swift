/// Which question is asked of a problem.
public enum SitingModel: Hashable, Sendable {
    /// Choose `p` sites so that the weighted cost of serving all demand is least.
    ///
    /// S. L. Hakimi, 1964, https://doi.org/10.1287/opre.12.3.450.
    case pMedian(p: Int)
    /// Choose `p` sites so that the greatest cost of any demand is least.
    ///
    /// Weights say only which demand counts. S. L. Hakimi, 1964.
    case pCenter(p: Int)
    /// Choose the fewest sites that reach all demand: the location set covering problem.
    ///
    /// C. Toregas, R. Swain, C. ReVelle, L. Bergman, 1971, https://doi.org/10.1287/opre.19.6.1363.
    case setCovering
    /// Choose `p` sites so that the weight of the demand within reach is greatest.
    ///
    /// R. Church, C. ReVelle, 1974, https://doi.org/10.1007/BF01942293.
    case maximalCovering(p: Int)

    /// Choose any number of sites so that the weighted cost of serving all demand and what the sites
    /// cost to open are least together: the uncapacitated facility location problem.
    ///
    /// M. L. Balinski, 1965, https://doi.org/10.1287/mnsc.12.3.253.
    case facilityLocation

    /// The name on the command line: `p-median`.
    public var name: String {
        switch self {
        case .pMedian: "p-median"
        case .pCenter: "p-center"
        case .setCovering: "lscp"
        case .maximalCovering: "mclp"
        case .facilityLocation: "uflp"
        }
    }

    /// How many sites are chosen, where that is given.
    public var p: Int? {
        switch self {
        case .pMedian(let p), .pCenter(let p), .maximalCovering(let p): p
        case .setCovering, .facilityLocation: nil
        }
    }

    /// Whether more is better.
    public var isMaximal: Bool {
        if case .maximalCovering = self { true } else { false }
    }

    /// The names of all models.
    public static let names = ["p-median", "p-center", "lscp", "mclp", "uflp"]

    /// The model of a name.
    ///
    /// - Parameters:
    ///   - name: A name of ``names``.
    ///   - p: How many sites; needed by all but `lscp` and `uflp`, which take none.
    /// - Throws: ``SitingError`` (`badArgument`) for another name, or a `p` that is missing or too
    ///   many.
    public init(name: String, p: Int?) throws {
        switch (name, p) {
        case ("p-median", let p?): self = .pMedian(p: p)
        case ("p-center", let p?): self = .pCenter(p: p)
        case ("mclp", let p?): self = .maximalCovering(p: p)
        case ("lscp", nil): self = .setCovering
        case ("uflp", nil): self = .facilityLocation
        case ("lscp", _?), ("uflp", _?):
            throw SitingError(
                .badArgument, at: "", "\(name) finds the number of sites itself and takes no p",
                remedy: "leave p out, or choose \(name == "lscp" ? "mclp" : "p-median")")
        default:
            guard Self.names.contains(name) else {
                throw SitingError(
                    .badArgument, at: "", "there is no model \"\(name)\"",
                    remedy: "the models are \(Self.names.joined(separator: ", "))")
            }
            throw SitingError(
                .badArgument, at: "", "\(name) needs the number of sites p",
                remedy: "say how many sites are to be chosen, for example -p 5")
        }
    }

    /// Refuses a number of sites that cannot be chosen.
    package func check(_ problem: SitingProblem) throws {
        guard let p else { return }
        func refuse(_ text: String, _ remedy: String) -> SitingError {
            SitingError(.badNumber, at: "", text, remedy: remedy)
        }
        let allowed = problem.allowed
        if p < 1 { throw refuse("p is \(p)", "choose at least one site") }
        if p > allowed {
            let forbidden = problem.candidateIDs.count - allowed
            throw refuse(
                "p is \(p), but only \(allowed) candidates may be chosen"
                    + (forbidden > 0 ? " (\(forbidden) are forbidden)" : ""),
                "choose at most \(allowed) sites, or give more candidates")
        }
        if p < problem.forced {
            throw refuse(
                "p is \(p), but \(problem.forced) candidates are forced",
                "forced sites count: choose at least \(problem.forced)")
        }
    }
}
