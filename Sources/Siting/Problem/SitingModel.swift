/// Which question is asked of a problem.
public enum SitingModel: Hashable, Sendable {
    /// Choose `p` sites so that the weighted cost of serving all demand is least.
    ///
    /// With capacities, each demand is served by one site as a whole: the capacitated p-median. Of all
    /// models with a `p`, `nil` leaves the number to a budget. S. L. Hakimi, 1964,
    /// https://doi.org/10.1287/opre.12.3.450.
    case pMedian(p: Int?)
    /// Choose `p` sites so that the greatest cost of any demand is least.
    ///
    /// Weights say only which demand counts. S. L. Hakimi, 1964.
    case pCenter(p: Int?)
    /// Choose the fewest sites that reach all demand: the location set covering problem.
    ///
    /// C. Toregas, R. Swain, C. ReVelle, L. Bergman, 1971, https://doi.org/10.1287/opre.19.6.1363.
    case setCovering
    /// Of the fewest sites that reach all demand, choose those that reach most weight twice.
    ///
    /// K. Hogan, C. ReVelle, 1986, https://doi.org/10.1287/mnsc.32.11.1434.
    case backupCovering
    /// Choose `p` sites so that the weight of the demand within reach is greatest.
    ///
    /// R. Church, C. ReVelle, 1974, https://doi.org/10.1007/BF01942293.
    case maximalCovering(p: Int?)
    /// Choose `p` sites that reach all demand so that the weight within reach of two is greatest
    /// (BACOP1).
    ///
    /// K. Hogan, C. ReVelle, 1986.
    case backupCoverage(p: Int?)
    /// Choose `p` sites so that the weight within reach, and that within reach of two, are greatest
    /// together (BACOP2): `backup` is the part of the second.
    ///
    /// K. Hogan, C. ReVelle, 1986.
    case weighedCoverage(p: Int?, backup: Double)
    /// Choose `p` sites so that the weight is greatest that can be expected to find a site free, where
    /// each is busy a part of the time (MEXCLP); one unit a site.
    ///
    /// M. S. Daskin, 1983, https://doi.org/10.1287/trsc.17.1.48.
    case expectedCovering(p: Int?, busy: Double)
    /// Choose any number of sites so that the weighted cost of serving all demand and what the sites
    /// cost to open are least together: the uncapacitated facility location problem.
    ///
    /// With capacities, each demand is served by one site as a whole. M. L. Balinski, 1965,
    /// https://doi.org/10.1287/mnsc.12.3.253.
    case facilityLocation
    /// Choose `p` sites so that the least distance between two of them is greatest.
    ///
    /// M. J. Kuby, 1987, https://doi.org/10.1111/j.1538-4632.1987.tb00133.x.
    case dispersion(p: Int)
    /// Choose `p` sites so that the sum of the distances between them is greatest.
    ///
    /// M. J. Kuby, 1987.
    case sumDispersion(p: Int)
    /// Choose `p` hubs, and for each place the one hub by which its flows go, so that all flows cost
    /// least; between hubs a way costs only the part `discount` of its length.
    ///
    /// M. E. O'Kelly, 1987, https://doi.org/10.1016/S0377-2217(87)80007-3.
    case hubMedian(p: Int, discount: Double)
    /// Choose `p` sites that draw the greatest weight away from competitors, by Huff's model.
    ///
    /// D. L. Huff, 1964, https://doi.org/10.1177/002224296402800307; S. Benati, P. Hansen, 2002,
    /// https://doi.org/10.1016/S0377-2217(01)00340-X.
    case huff(p: Int?)

    /// The name on the command line: `p-median`.
    public var name: String {
        switch self {
        case .pMedian: "p-median"
        case .pCenter: "p-center"
        case .setCovering: "lscp"
        case .backupCovering: "backup-lscp"
        case .maximalCovering: "mclp"
        case .backupCoverage: "bacop1"
        case .weighedCoverage: "bacop2"
        case .expectedCovering: "mexclp"
        case .facilityLocation: "uflp"
        case .dispersion: "p-dispersion"
        case .sumDispersion: "max-sum-dispersion"
        case .hubMedian: "p-hub-median"
        case .huff: "huff"
        }
    }

    /// How many sites are chosen, where that is given.
    public var p: Int? {
        switch self {
        case .pMedian(let p), .pCenter(let p), .maximalCovering(let p), .backupCoverage(let p),
            .weighedCoverage(let p, _), .expectedCovering(let p, _), .huff(let p):
            p
        case .dispersion(let p), .sumDispersion(let p), .hubMedian(let p, _): p
        case .setCovering, .backupCovering, .facilityLocation: nil
        }
    }

    /// Whether more is better.
    public var isMaximal: Bool {
        switch self {
        case .pMedian, .pCenter, .setCovering, .facilityLocation, .hubMedian: false
        default: true
        }
    }

    /// Whether the greatest cost is what is made least.
    var isCenter: Bool {
        if case .pCenter = self { true } else { false }
    }

    /// Whether all demand must have a site within reach.
    var mustServe: Bool {
        switch self {
        case .pMedian, .pCenter, .setCovering, .backupCovering, .backupCoverage, .facilityLocation:
            true
        default: false
        }
    }

    /// Whether candidates are chosen for what lies between them, not for a demand.
    public var isOfCandidates: Bool { Self.namesOfCandidates.contains(name) }

    /// Whether it is solved without a general solver, where nothing is asked besides.
    var isPure: Bool {
        switch self {
        case .pMedian, .pCenter, .setCovering, .maximalCovering, .facilityLocation: p ?? 1 > 0
        default: false
        }
    }

    /// The names of all models.
    public static let names = [
        "p-median", "p-center", "lscp", "backup-lscp", "mclp", "bacop1", "bacop2", "mexclp", "uflp",
        "p-dispersion", "max-sum-dispersion", "p-hub-median", "huff",
    ]

    /// The names of the models that find the number of sites themselves.
    public static let namesWithoutNumber = ["lscp", "backup-lscp", "uflp"]

    /// The names of the models that choose candidates for what lies between them, not for a demand.
    public static let namesOfCandidates = ["p-dispersion", "max-sum-dispersion", "p-hub-median"]

    /// The names of the models that ask which demand is within a distance.
    public static let namesOfCovering = [
        "lscp", "backup-lscp", "mclp", "bacop1", "bacop2", "mexclp",
    ]

    /// The model of a name.
    ///
    /// - Parameters:
    ///   - name: A name of ``names``.
    ///   - p: How many sites; needed by all but ``namesWithoutNumber``, which take none.
    ///   - backup: Of `bacop2`: the part of the second site in the objective.
    ///   - busy: Of `mexclp`: the part of the time in which a site is busy.
    ///   - discount: Of `p-hub-median`: the part of its length that a way between hubs costs.
    ///   - hasBudget: Whether a budget says how many sites, so that `p` may be left out.
    /// - Throws: ``SitingError`` (`badArgument`) for another name, a `p` that is missing or too many,
    ///   or a part that is none.
    public init(
        name: String, p: Int?, backup: Double? = nil, busy: Double? = nil, discount: Double? = nil,
        hasBudget: Bool = false
    ) throws {
        func refuse(_ text: String, _ remedy: String) -> SitingError {
            SitingError(.badArgument, at: "", text, remedy: remedy)
        }
        guard Self.names.contains(name) else {
            throw refuse(
                "there is no model \"\(name)\"",
                "the models are \(Self.names.joined(separator: ", "))")
        }
        let findsNumber = Self.namesWithoutNumber.contains(name)
        if findsNumber, p != nil {
            throw refuse(
                "\(name) finds the number of sites itself and takes no p",
                "leave p out, or choose \(name == "uflp" ? "p-median" : "mclp")")
        }
        let needsNumber = Self.namesOfCandidates.contains(name)
        if !findsNumber, p == nil, needsNumber || !hasBudget {
            throw refuse(
                "\(name) needs the number of sites p",
                "say how many sites are to be chosen, for example -p 5")
        }
        func part(_ value: Double?, _ what: String) throws -> Double {
            if let value, value >= 0, value <= 1 { return value }
            throw refuse(
                "\(name) needs \(what) between 0 and 1" + (value.map { ", not \($0)" } ?? ""),
                "give one, for example 0.5")
        }
        for (value, owner, what) in [
            (backup, "bacop2", "backup part"), (busy, "mexclp", "busy part"),
            (discount, "p-hub-median", "discount"),
        ] where value != nil && name != owner {
            throw refuse("\(name) has no \(what)", "leave it out, or choose \(owner)")
        }
        switch name {
        case "p-median": self = .pMedian(p: p)
        case "p-center": self = .pCenter(p: p)
        case "lscp": self = .setCovering
        case "backup-lscp": self = .backupCovering
        case "mclp": self = .maximalCovering(p: p)
        case "bacop1": self = .backupCoverage(p: p)
        case "bacop2":
            self = .weighedCoverage(p: p, backup: try part(backup ?? 0.5, "a backup part"))
        case "mexclp":
            self = .expectedCovering(p: p, busy: try part(busy, "the part of time --busy"))
        case "uflp": self = .facilityLocation
        case "p-dispersion": self = .dispersion(p: p ?? 0)
        case "max-sum-dispersion": self = .sumDispersion(p: p ?? 0)
        case "p-hub-median":
            self = .hubMedian(
                p: p ?? 0, discount: try part(discount, "the part of a way --discount"))
        default: self = .huff(p: p)
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
