/// Finds a choice of least cost in a core, and proves it: bounds by Lagrangian relaxation, sites
/// decided by their reduced costs, and branch and bound over those that are left.
struct LocationSearch {
    /// When the search may stop before its end.
    struct Limits: Sendable {
        /// When to stop at the latest.
        var deadline: ContinuousClock.Instant?
        /// A part of the cost: a bound this near is near enough.
        var gap = 0.0
        /// A cost that is good enough: the search stops once a choice is not above it, and only
        /// choices not above it are looked for.
        var ceiling: Double?
        /// What the cost is a loss from, where less cost means more of something: gaps are parts of
        /// what is left of it.
        var total: Double?
        /// How many nodes of the tree to look at.
        var nodes = Int.max
        /// Whether to look among what relaxation and best choice leave open, by a search of its own.
        var probes = true
        /// How many multipliers to keep for a certificate.
        var multipliers = SitingOptions().mostMultipliers
        /// How many blocks of rows may be worked on at once; `nil` for as many as the core says.
        var tasks: Int?
        /// Where to note how far the search has come.
        var notes: SearchNotes?
    }

    /// Why the search ended.
    enum Ending: Sendable {
        case proven, nearEnough, interrupted
    }

    /// What was found.
    struct Outcome: Sendable {
        /// The sites of the core that are chosen, ascending; `nil` where none costs as little as was
        /// asked for.
        var chosen: [Int32]?
        /// What they cost.
        var cost: Double
        /// No choice costs less than this.
        var bound: Double
        var ending: Ending
        /// The proof of the bound, where it is not too large to keep.
        var certificate: BoundCertificate?
        /// How many nodes of the tree were looked at.
        var nodes: Int
        /// The multipliers of the first node, one a row.
        var multipliers: [Double]
    }

    let root: LocationCore
    let limits: Limits
    private let isWhole: Bool
    /// The best choice.
    var incumbent: [Int32]?
    /// What it costs.
    var cost = Double.infinity
    var tree: [BoundCertificate.Node] = []
    var nodes = 0
    var rootMultipliers: [Double] = []
    var rootBound = -Double.infinity
    /// What local search began with.
    var searched = Set<[Int32]>()
    var gains: DivisionGains
    /// How many lists of multipliers are kept for the certificate.
    var kept = 0
    /// Whether all are kept.
    var isComplete = true
    /// The file in which it notes how far it has come.
    var notePath: String?

    /// A part of the tree that has not been looked at.
    struct Pending {
        var core: LocationCore
        /// One a row of the core.
        let multipliers: [Double]
        /// One a site of the core.
        let share: [Double]?
        let bound: Double
        /// Its place in the certificate.
        let place: Int
        /// The site that was decided here, how, and how much of it the relaxation chose before.
        var division: (site: Int32, decision: LocationCore.Decision, share: Double)?
    }

    /// How near, as part of the cost, a bound of costs that are no whole numbers must come to count
    /// as proof.
    static let precision = 1e-9

    init(_ core: LocationCore, limits: Limits = Limits()) {
        var root = core
        root.pace.tasks = limits.tasks ?? core.pace.tasks
        self.root = root
        self.limits = limits
        isWhole = core.isWhole
        gains = DivisionGains(core.count)
    }

    /// What a bound must reach so that nothing better is left below it.
    var goal: Double {
        let best = limits.ceiling.map { min(cost, isWhole ? $0 + 1 : $0.nextUp) } ?? cost
        guard best < .infinity else { return .infinity }
        return isWhole
            ? best - 1 + 1e-6
            : best - 0.5 * Self.precision * (limits.total.map { $0 - best } ?? best).magnitude
    }

    /// What gaps are parts of.
    private var scale: Double { limits.total.map { $0 - cost } ?? cost }

    var isLate: Bool { limits.deadline.map { ContinuousClock.now >= $0 } ?? false }

    /// Searches.
    ///
    /// - Parameter start: Choices to begin with, each a list of sites.
    /// - Returns: What was found.
    mutating func run(from start: [[Int32]] = []) -> Outcome {
        notePath = limits.notes?.next()
        if let rest = restore() { return run(rest) }
        let begin = ContinuousClock.now
        for choice in start { offer(choice, of: root) }
        var columns: SiteColumns? = SiteColumns(root)
        let first = columns.map { root.greedyChoice($0) } ?? []
        offer(first, of: root)
        polish(first, of: root, &columns)
        columns = nil
        let best = incumbent.map { flags($0, of: root) } ?? first
        return run(under: root.multipliers(under: best), nil, since: begin)
    }

    /// Searches from multipliers and shares that are good already.
    mutating func run(
        under multipliers: [Double], _ share: [Double]?, since begin: ContinuousClock.Instant = .now
    ) -> Outcome {
        tree = [BoundCertificate.Node()]
        let whole = Pending(
            core: root, multipliers: multipliers, share: share, bound: -.infinity, place: 0)
        return run(Rest(pending: [whole]), since: begin)
    }

    private mutating func run(
        _ rest: consuming Rest, since begin: ContinuousClock.Instant = .now
    ) -> Outcome {
        var ending = Ending.proven
        while !rest.pending.isEmpty {
            if ending == .proven, nodes > 0 {
                note(rest)
            }
            let node = next(&rest.pending, rest.isPlunging)
            let before = rest.pending.count
            defer { rest.isPlunging = rest.pending.count > before }
            if node.bound >= goal {
                rest.open = min(rest.open, node.bound)
                // Its parent's multipliers prove it already.
                continue
            }
            if let ceiling = limits.ceiling, cost <= ceiling {
                rest.open = min(rest.open, node.bound)
                continue
            }
            if isLate || nodes >= limits.nodes {
                ending = .interrupted
                rest.open = min(rest.open, nodes == 0 ? leastBound() : node.bound)
                continue
            }
            rest.open = min(rest.open, work(on: node, &rest.pending))
            if limits.gap > 0, nodes == 1 || nodes % 16 == 0 {
                let bound = rest.pending.reduce(rest.open) { min($0, $1.bound) }
                if cost - bound <= limits.gap * scale.magnitude {
                    if bound < goal { ending = .nearEnough }
                    rest.open = bound
                    return outcome(rest.open, ending)
                }
            }
        }
        if let notes = limits.notes, ending == .proven,
            ContinuousClock.now - begin >= notes.briefest
        {
            note(rest, always: true)
        }
        return outcome(rest.open, ending)
    }

    /// What is known before anything was looked at: no row costs less than at its nearest site.
    private mutating func leastBound() -> Double {
        rootMultipliers = root.leastMultipliers
        tree[0].multipliers = [rootMultipliers]
        rootBound = rootMultipliers.reduce(root.fixed, +)
        if !isWhole { rootBound -= 1e-9 * rootBound.magnitude }
        return rootBound
    }

    /// Takes what to look at next: the last branch as long as that goes deeper, and then the one of the
    /// least bound, unless too much is held already.
    private func next(_ pending: inout [Pending], _ isPlunging: Bool) -> Pending {
        let held = pending.reduce(0) { $0 + $1.core.sites.count }
        if isPlunging || held > Self.mostHeld { return pending.removeLast() }
        var place = 0
        for other in pending.indices where pending[other].bound <= pending[place].bound {
            place = other
        }
        return pending.remove(at: place)
    }

    /// The most entries of pending branches before the search only goes deeper: some 1.2 GB.
    private static let mostHeld = 100_000_000

    private func outcome(_ open: Double, _ ending: Ending) -> Outcome {
        var bound = min(open, cost)
        if isWhole, bound.isFinite { bound = min(cost, (bound - 1e-6).rounded(.up)) }
        var ending = ending
        if let ceiling = limits.ceiling, cost <= ceiling {
            ending = .proven
        } else if ending == .proven, open < goal {
            ending = .interrupted
        }
        if ending == .proven, !isWhole, limits.ceiling == nil {
            bound = min(bound, cost - Self.precision * scale.magnitude)
        }
        var certificate = BoundCertificate(bound: bound, nodes: tree)
        if !isComplete {
            let known =
                isWhole
                ? (rootBound - 1e-6).rounded(.up)
                : rootBound - Self.precision * scale.magnitude
            certificate = BoundCertificate(bound: min(bound, known), nodes: [rootNode])
            // What a search that ended claims beyond that is its word.
            if ending == .interrupted { bound = certificate.bound }
            certificate.isPartial = certificate.bound < bound
        }
        return Outcome(
            chosen: incumbent, cost: cost, bound: bound, ending: ending, certificate: certificate,
            nodes: nodes, multipliers: rootMultipliers)
    }

    private var rootNode: BoundCertificate.Node {
        var node = BoundCertificate.Node()
        node.multipliers = [rootMultipliers]
        return node
    }
}
