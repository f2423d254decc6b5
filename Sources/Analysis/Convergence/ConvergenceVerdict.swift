public import Geometry

/// Whether a present cluster keeps the rule, by what is known of its hubs.
public struct ConvergenceVerdict: Hashable, Sendable {
    /// What the rule says of one of its two conditions.
    public enum Answer: String, Hashable, Sendable {
        /// It is kept.
        case keeps
        /// What is known keeps it, but not all hubs are known.
        case keepsSoFar = "keeps so far"
        /// It is broken.
        case breaks
        /// Too little is known.
        case unknown
    }

    /// Where the area comes from.
    public enum AreaBasis: String, Hashable, Sendable {
        /// The area recorded for the cluster itself.
        case recorded
        /// The sum of its hubs.
        case hubs
    }

    /// The greatest radius allowed.
    public let limit: Distance
    /// The circle around its hubs, where any is known.
    public let circle: HubCircle?
    /// How much smaller the circle is than allowed, in metres; below 0 where it is larger.
    public let radiusMargin: Double?
    /// Whether the hubs lie within the radius.
    public let radius: Answer
    /// Whether that holds wherever within their accuracy the hubs are; `nil` where it is not known.
    public let stability: Stability?
    /// Whether all its hubs are known, as far as can be told.
    public let isComplete: Bool
    /// The area that is compared with the rule, in square kilometres.
    public let areaKM2: Double?
    /// Where that area comes from.
    public let areaBasis: AreaBasis?
    /// How much smaller it is than allowed, in square kilometres; below 0 where it is larger.
    public let areaMargin: Double?
    /// Whether the area is within the rule.
    public let area: Answer
    /// The sum of the hubs' areas, as far as they are known, in square kilometres.
    public let hubAreaKM2: Double
    /// How many hubs have no known area.
    public let unknownAreas: Int

    /// Judges hubs.
    ///
    /// A cluster may take in no more than a part of a hub, so the area recorded for the cluster
    /// counts where there is one. Hubs' areas alone break the rule only where they are all the
    /// cluster is known to hold; with an unknown one among them they cannot keep it.
    ///
    /// - Parameters:
    ///   - hubs: The hubs; none of them a part of another.
    ///   - rule: The rule.
    ///   - isMetropolitan: Whether the cluster itself is in a metropolitan city; so it is where one
    ///     of its hubs is.
    ///   - recordedAreaKM2: The area recorded for the cluster, in square kilometres. Where it is
    ///     more than that of all its hubs, some are missing.
    ///   - missing: How many hubs the cluster is known to have beside these.
    public init(
        hubs: [Hub], rule: ConvergenceRule, isMetropolitan: Bool = false,
        recordedAreaKM2: Double? = nil, missing: Int = 0
    ) {
        limit =
            isMetropolitan
            ? min(rule.metropolitanRadius, rule.radius) : rule.radius(of: hubs)
        circle = HubCircle(around: hubs)
        radiusMargin = circle.map { [limit] in limit.metres - $0.radius }
        let known = hubs.compactMap(\.areaKM2)
        hubAreaKM2 = known.reduce(0, +)
        unknownAreas = hubs.count - known.count
        let isMore = recordedAreaKM2.map { [hubAreaKM2] in
            $0 > hubAreaKM2 + ConvergenceRule.areaTolerance
        }
        isComplete = missing == 0 && !(known.count == hubs.count && isMore ?? false)
        if let circle {
            let isWithin = rule.allows(radius: circle.radius, of: limit)
            radius = isWithin ? isComplete ? .keeps : .keepsSoFar : .breaks
        } else {
            radius = .unknown
        }
        stability = circle?.stability(at: limit)
        areaBasis = recordedAreaKM2 != nil ? .recorded : known.isEmpty ? nil : .hubs
        areaKM2 = recordedAreaKM2 ?? (known.isEmpty ? nil : hubAreaKM2)
        areaMargin = areaKM2.map { rule.areaKM2 - $0 }
        if let areaKM2, !rule.allows(areaKM2: areaKM2) {
            area = .breaks
        } else if recordedAreaKM2 != nil {
            area = .keeps
        } else if unknownAreas == 0, !known.isEmpty {
            area = missing == 0 ? .keeps : .keepsSoFar
        } else {
            area = .unknown
        }
    }
}

/// A hub that could join a cluster without breaking the rule.
public struct ConvergenceAddition: Hashable, Sendable {
    /// The hub, by its place in the list given.
    public let hub: Int
    /// The circle around all hubs with this one.
    public let circle: HubCircle
    /// The greatest radius allowed with this one.
    public let limit: Distance
    /// The area with this one, in square kilometres; `nil` where one is not known.
    public let areaKM2: Double?

    /// Finds the hubs that could join a cluster, each for itself.
    ///
    /// - Parameters:
    ///   - candidates: The hubs to try.
    ///   - hubs: The cluster's own hubs.
    ///   - verdict: What was found of the cluster.
    ///   - rule: The rule.
    /// - Returns: Those with which the circle and, as far as areas are known, the area keep the rule;
    ///   the smallest circles first. A hub of unknown area is among them with no area. None for a
    ///   cluster without hubs or one that breaks the rule already.
    /// - Complexity: O(n·m) for n candidates and m hubs.
    public static func all(
        among candidates: [Hub], to hubs: [Hub], _ verdict: ConvergenceVerdict,
        rule: ConvergenceRule
    ) -> [ConvergenceAddition] {
        guard verdict.radius != .breaks, verdict.circle != nil, verdict.area != .breaks else {
            return []
        }
        let own = Set(hubs.map(\.id))
        return candidates.indices.compactMap { i -> ConvergenceAddition? in
            let hub = candidates[i]
            guard !own.contains(hub.id) else { return nil }
            let limit = min(verdict.limit, rule.radius(of: [hub]))
            let reach = 2 * limit.metres + ConvergenceRule.radiusTolerance
            let isNear = hubs.allSatisfy {
                Geodesic.wgs84.distance(from: hub.position, to: $0.position) <= reach
            }
            guard isNear, let circle = HubCircle(around: hubs + [hub]),
                rule.allows(radius: circle.radius, of: limit)
            else { return nil }
            if let area = hub.areaKM2, !rule.allows(areaKM2: (verdict.areaKM2 ?? 0) + area) {
                return nil
            }
            let total = hub.areaKM2.flatMap { own in verdict.areaKM2.map { $0 + own } }
            return ConvergenceAddition(
                hub: i, circle: circle, limit: limit,
                areaKM2: verdict.area == .keeps ? total : nil)
        }.sorted { ($0.circle.radius, $0.hub) < ($1.circle.radius, $1.hub) }
    }
}
