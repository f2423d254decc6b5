public import Geometry

/// Finds which sets of hubs could form a cluster by a rule: all that are maximal, so that no further
/// hub could join them.
///
/// Hubs of one set lie in one province, as the clusters were designated, unless all provinces are
/// taken together. A hub of unknown area cannot be counted and is left out, unless an area is
/// assumed for it; one that is larger than the rule allows cannot be in any set.
public struct ConvergenceSearch: Sendable {
    /// The rule.
    public var rule: ConvergenceRule
    /// Whether hubs of several provinces may form a set.
    public var acrossProvinces: Bool
    /// The area that counts where it is unknown, in square kilometres; `nil` leaves such hubs out.
    public var assumedAreaKM2: Double?
    /// The least number of hubs in a set.
    public var least: Int
    /// The identifiers of hubs that every set must hold.
    public var required: Set<String>
    /// How many sets are sought at most; circles of hubs share them evenly.
    public var limit: Int

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - acrossProvinces: Whether hubs of several provinces may form a set.
    ///   - assumedAreaKM2: The area that counts where it is unknown, in square kilometres.
    ///   - least: The least number of hubs in a set.
    ///   - required: The identifiers of hubs that every set must hold.
    ///   - limit: How many sets are sought at most, at least 1.
    public init(
        rule: ConvergenceRule = .nationalInnovationCluster, acrossProvinces: Bool = false,
        assumedAreaKM2: Double? = nil, least: Int = 2, required: Set<String> = [],
        limit: Int = 1000
    ) {
        self.rule = rule
        self.acrossProvinces = acrossProvinces
        self.assumedAreaKM2 = assumedAreaKM2
        self.least = least
        self.required = required
        self.limit = limit
    }

    /// Hubs that could form a cluster.
    public struct Candidate: Hashable, Sendable {
        /// The hubs, by their place in the list given, ascending.
        public let members: [Int]
        /// The smallest circle around them.
        public let circle: HubCircle
        /// The greatest radius allowed for them.
        public let limit: Distance
        /// Their area in square kilometres.
        public let areaKM2: Double
    }

    /// What was found.
    public struct Found: Sendable {
        /// The sets, in the order of their hubs.
        public let candidates: [Candidate]
        /// How many maximal sets lie within a circle of the radius, whatever their area.
        public let circles: Int
        /// The hubs that were left out because their area is unknown.
        public let unknownArea: [Int]
        /// The hubs that are larger than the rule allows.
        public let tooLarge: [Int]
        /// Whether there are more sets than were sought.
        public let isCut: Bool
    }

    /// Finds the sets.
    ///
    /// - Parameter hubs: The hubs; their order decides that of the sets.
    /// - Returns: The sets, and what was left out. No hubs have no sets.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a required hub that is not there, or
    ///   `GeometryError` for a hub that is not on the globe.
    /// - Complexity: That of the circles, O(n·m²) for n hubs with m within twice the radius of each,
    ///   and O(m) circles for each set tried.
    public func find(_ hubs: [Hub]) throws -> Found {
        let areas = hubs.map { $0.areaKM2 ?? assumedAreaKM2 }
        let unknown = hubs.indices.filter { areas[$0] == nil }
        let tooLarge = hubs.indices.filter { i in
            areas[i].map { !rule.allows(areaKM2: $0) } ?? false
        }
        let anchors = try required.sorted().map { id in
            guard let anchor = hubs.firstIndex(where: { $0.id == id }) else {
                throw AnalysisError(
                    .badArgument, at: "", "there is no hub \"\(id)\" with a place in the layers",
                    remedy: "name one of the hubs by its id")
            }
            return anchor
        }
        let reach =
            2 * max(rule.radius, rule.metropolitanRadius).metres + ConvergenceRule.radiusTolerance
        let usable = hubs.indices.filter { i in
            (areas[i].map { rule.allows(areaKM2: $0) } ?? false)
                && anchors.allSatisfy {
                    Geodesic.wgs84.distance(from: hubs[$0].position, to: hubs[i].position) <= reach
                }
        }
        var groups: [[Int]] = []
        for group in grouped(usable, hubs) { groups += try circles(of: group, hubs) }
        groups = CoverableSets.maximal(groups).filter { group in
            group.count >= least && anchors.allSatisfy(group.contains)
        }
        groups.sort { $0.lexicographicallyPrecedes($1) }
        let growth = Growth(hubs: hubs, areas: areas, usable: usable, search: self)
        var seen: Set<[Int]> = []
        var isCut = false
        let share = max(1, limit / max(1, groups.count))
        for group in groups {
            if seen.count >= limit {
                isCut = true
                break
            }
            let allowed = min(share, limit - seen.count)
            let cut = fill(group, areas, anchors, growth, allowed, &seen)
            isCut = isCut || cut
        }
        let candidates = seen.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { members in
            HubCircle(around: members.map { hubs[$0] }).map { circle in
                Candidate(
                    members: members, circle: circle,
                    limit: rule.radius(of: members.lazy.map { hubs[$0] }),
                    areaKM2: members.reduce(0) { $0 + (areas[$1] ?? 0) })
            }
        }
        return Found(
            candidates: candidates, circles: groups.count, unknownArea: unknown,
            tooLarge: tooLarge, isCut: isCut)
    }

    /// The hubs that may be in one set, as far as their provinces tell.
    private func grouped(_ usable: [Int], _ hubs: [Hub]) -> [[Int]] {
        if acrossProvinces { return [usable] }
        let provinces = Dictionary(grouping: usable) { hubs[$0].province ?? "" }
        return provinces.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The maximal sets within a circle; beside those that hold a metropolitan hub, in the smaller
    /// circle, there are those that hold none.
    private func circles(of group: [Int], _ hubs: [Hub]) throws -> [[Int]] {
        let others = group.filter { !hubs[$0].isMetropolitan }
        var passes = [(hubs: others, radius: rule.radius)]
        if others.count < group.count {
            passes.append((group, rule.radius(of: group.map { hubs[$0] })))
        }
        return try passes.flatMap { pass in
            try CoverableSets(of: pass.hubs.map { hubs[$0].position }, radius: pass.radius.metres)
                .all().map { set in set.map { pass.hubs[$0] } }
        }
    }

    /// Finds the maximal sets within the area among hubs within one circle.
    ///
    /// - Returns: Whether there were more than allowed.
    private func fill(
        _ group: [Int], _ areas: [Double?], _ anchors: [Int], _ growth: Growth, _ allowed: Int,
        _ seen: inout Set<[Int]>
    ) -> Bool {
        let order = group.filter { !anchors.contains($0) }.sorted { a, b in
            (areas[b] ?? 0, a) < (areas[a] ?? 0, b)
        }
        let taken = anchors.reduce(0) { $0 + (areas[$1] ?? 0) }
        let budget = BudgetSets(
            weights: order.map { areas[$0] ?? 0 },
            budget: rule.areaKM2 + ConvergenceRule.areaTolerance - taken)
        var left = allowed
        var tries = 64 * allowed + 4096
        var isCut = false
        budget.forEach { chosen, weight in
            tries -= 1
            guard left > 0, tries > 0 else {
                isCut = true
                return false
            }
            let members = (anchors + chosen.map { order[$0] }).sorted()
            if members.count >= least, !seen.contains(members),
                !growth.canGrow(members, area: taken + weight)
            {
                seen.insert(members)
                left -= 1
            }
            return true
        }
        return isCut
    }
}

/// Tells whether a further hub could join a set.
private struct Growth {
    let hubs: [Hub]
    let areas: [Double?]
    let usable: [Int]
    let search: ConvergenceSearch

    func canGrow(_ members: [Int], area: Double) -> Bool {
        guard let first = members.first else { return false }
        let taken = Set(members)
        let chosen = members.map { hubs[$0] }
        return usable.contains { i in
            let hub = hubs[i]
            guard !taken.contains(i),
                search.acrossProvinces || hub.province == hubs[first].province,
                search.rule.allows(areaKM2: area + (areas[i] ?? 0))
            else { return false }
            let together = chosen + [hub]
            let limit = search.rule.radius(of: together)
            let reach = 2 * limit.metres + ConvergenceRule.radiusTolerance
            let isNear = chosen.allSatisfy {
                Geodesic.wgs84.distance(from: hub.position, to: $0.position) <= reach
            }
            guard isNear, let circle = EnclosingCircle(around: together.map(\.position)) else {
                return false
            }
            return search.rule.allows(radius: circle.radius, of: limit)
        }
    }
}
