/// A capacitated problem divided by whether a site is chosen, where one list of multipliers does not prove
/// enough: the bound is the least of the parts', each with multipliers of its own; the triples are the same
/// of all.
///
/// The part of the least bound is divided first, by the site that its relaxations opened about every other
/// time. A. M. Geoffrion, 1974, https://doi.org/10.1007/BFb0120690.
struct CapacitatedTree {
    private let problem: SitingProblem
    private let model: SitingModel
    let triples: RowTriples
    private var nodes: [Part]
    /// The parts that are not divided and do not prove what is asked for yet.
    private var open: [Int] = [0]

    /// Steps of the multipliers of a part.
    private static let rounds = 60

    private struct Part {
        var rules: [SitingProblem.Rule]
        var multipliers: [Double]
        var bound: Double
        /// The site that divides the part, or is to.
        var site: Int?
        var children: (chosen: Int, closed: Int)?
    }

    /// Begins with multipliers of the whole, of the rows and then of triples.
    init(
        _ problem: SitingProblem, _ model: SitingModel, _ multipliers: [Double], bound: Double,
        _ triples: RowTriples? = nil
    ) {
        (self.problem, self.model) = (problem, model)
        self.triples = triples ?? RowTriples(rows: multipliers.count)
        nodes = [Part(rules: problem.rules, multipliers: multipliers, bound: bound)]
    }

    /// What no choice costs less than.
    var bound: Double {
        nodes.reduce(.infinity) { $1.children == nil ? min($0, $1.bound) : $0 }
    }

    /// How many parts were looked at.
    var count: Int { nodes.count }

    /// Divides the part of the least bound.
    ///
    /// - Parameters:
    ///   - best: What the best known choice costs.
    ///   - enough: The bound that is asked for.
    ///   - deadline: When to stop at the latest.
    /// - Returns: The sites that the relaxations of the two parts opened last; `nil` where nothing is left
    ///   to be divided.
    mutating func divide(
        best: Double, enough: Double, until deadline: ContinuousClock.Instant?
    ) -> [[Int]]? {
        guard let at = open.min(by: { (nodes[$0].bound, $0) < (nodes[$1].bound, $1) }) else {
            return nil
        }
        var found: [[Int]] = []
        if nodes[at].site == nil {
            found.append(rise(at, best: best, enough: enough, until: deadline))
        }
        guard nodes[at].bound < enough, let site = nodes[at].site else {
            open.removeAll { $0 == at }
            return found
        }
        for rule in [SitingProblem.Rule.forced, .forbidden] {
            var part = nodes[at]
            part.rules[site] = rule
            (part.site, part.children) = (nil, nil)
            nodes.append(part)
            found.append(rise(nodes.count - 1, best: best, enough: enough, until: deadline))
        }
        nodes[at].children = (nodes.count - 2, nodes.count - 1)
        open.removeAll { $0 == at }
        open += [nodes.count - 2, nodes.count - 1].filter {
            nodes[$0].bound < enough && nodes[$0].site != nil
        }
        return found
    }

    /// Raises the multipliers of a part, and finds the site to divide it by.
    private mutating func rise(
        _ at: Int, best: Double, enough: Double, until deadline: ContinuousClock.Instant?
    ) -> [Int] {
        var asked = problem
        for (site, rule) in nodes[at].rules.enumerated() where rule != problem.rules[site] {
            asked = asked.with(rule, for: site)
        }
        if Self.isEmpty(asked, model) {
            nodes[at].bound = .infinity
            return []
        }
        let instance = CapacitatedInstance(asked, model)
        var dual = CapacitatedDual(instance, from: nodes[at].multipliers, triples)
        dual.restart(0.6)
        var opened = [Double](repeating: 0, count: instance.width)
        for _ in 0..<Self.rounds where !dual.isDone && dual.bound < enough {
            if let deadline, ContinuousClock.now >= deadline { break }
            dual.rise(towards: best, isExact: !instance.isSplit)
            for place in opened.indices {
                opened[place] = 0.9 * opened[place] + (dual.isOpen[place] ? 0.1 : 0)
            }
        }
        if dual.bound > nodes[at].bound {
            (nodes[at].bound, nodes[at].multipliers) = (dual.bound, dual.multipliers)
        }
        let free = opened.indices.filter { !instance.isForced[$0] }
        let divided = free.min { (opened[$0] - 0.5).magnitude < (opened[$1] - 0.5).magnitude }
        nodes[at].site = divided.map { instance.sites[$0] }
        return dual.isOpen.indices.filter { dual.isOpen[$0] }.map { instance.sites[$0] }
    }

    // MARK: Proof

    /// The tree with what each part's multipliers prove; one multiplier for each demand, and then one for
    /// each triple.
    var certificate: BoundCertificate {
        var result = BoundCertificate(bound: problem.rounded(bound, of: model), nodes: [])
        let rows = problem.demandIDs.indices.filter { problem.weights[$0] > 0 }
        result.triples = triples.rows.map { $0.map { rows[$0] } }
        for part in nodes {
            var node = BoundCertificate.Node()
            if let children = part.children, let site = part.site {
                node.site = Int32(site)
                (node.chosen, node.closed) = children
            } else {
                var all = [Double](repeating: 0, count: problem.demandIDs.count)
                for (row, multiplier) in zip(rows, part.multipliers) { all[row] = multiplier }
                node.multipliers = [all + part.multipliers.dropFirst(rows.count)]
            }
            result.nodes.append(node)
        }
        return result
    }

    /// Whether no choice is of a problem, as its sites are too many or too few.
    private static func isEmpty(_ problem: SitingProblem, _ model: SitingModel) -> Bool {
        problem.allowed == 0
            || model.p.map { problem.forced > $0 || problem.allowed < $0 } ?? false
    }

    /// What no choice costs less than, as a tree proves it; `nil` where it is none of this problem.
    ///
    /// - Complexity: As many knapsacks a site as the tree has leaves.
    static func bound(
        _ nodes: [BoundCertificate.Node], triples: [[Int]] = [], _ problem: SitingProblem,
        _ model: SitingModel
    ) -> Double? {
        var rowOf = [Int](repeating: -1, count: problem.demandIDs.count)
        for (row, demand) in problem.demandIDs.indices.filter({ problem.weights[$0] > 0 })
            .enumerated()
        {
            rowOf[demand] = row
        }
        guard triples.joined().allSatisfy(rowOf.indices.contains) else { return nil }
        let rows = triples.map { $0.map { rowOf[$0] } }
        var least = Double.infinity
        var parts = [(node: 0, problem: problem)]
        var seen = 0
        while let (at, asked) = parts.popLast() {
            seen += 1
            guard nodes.indices.contains(at), seen <= nodes.count else { return nil }
            if isEmpty(asked, model) { continue }
            let node = nodes[at]
            if let site = node.site.map({ Int($0) }) {
                guard asked.rules.indices.contains(site) else { return nil }
                if asked.rules[site] != .forbidden {
                    parts.append((node.chosen, asked.with(.forced, for: site)))
                }
                if asked.rules[site] != .forced {
                    parts.append((node.closed, asked.with(.forbidden, for: site)))
                }
                continue
            }
            let instance = CapacitatedInstance(asked, model)
            let count = asked.demandIDs.count
            guard let all = node.multipliers.first, all.count == count + triples.count,
                let bound = instance.bound(
                    instance.demand.map { all[$0] } + all[count...],
                    triples: rows)
            else { return nil }
            least = min(least, bound)
        }
        return least
    }
}
