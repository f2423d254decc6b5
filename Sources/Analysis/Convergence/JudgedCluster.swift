public import Features
internal import Geometry

/// A present cluster with what the rule says of it, and what could join it.
public struct JudgedCluster: Sendable {
    /// Its identifier.
    public let id: String
    /// Its name, where it has one.
    public let name: String?
    /// Its hubs that have a place.
    public let hubs: [Hub]
    /// What the rule says.
    public let verdict: ConvergenceVerdict
    /// The hubs that could join it, each for itself, those that need the smallest circle first.
    public let additions: [(hub: Hub, addition: ConvergenceAddition)]

    /// Judges a cluster.
    ///
    /// - Parameters:
    ///   - id: Its identifier.
    ///   - name: Its name.
    ///   - hubs: Its hubs that have a place; none of them a part of another.
    ///   - isMetropolitan: Whether it is in a metropolitan city.
    ///   - recordedAreaKM2: The area recorded for it, in square kilometres.
    ///   - missing: How many hubs it is known to have beside these.
    ///   - candidates: The hubs that might join it.
    ///   - rule: The rule.
    public init(
        id: String, name: String?, hubs: [Hub], isMetropolitan: Bool, recordedAreaKM2: Double?,
        missing: Int = 0, candidates: [Hub], rule: ConvergenceRule
    ) {
        self.id = id
        self.name = name
        self.hubs = hubs
        let verdict = ConvergenceVerdict(
            hubs: hubs, rule: rule, isMetropolitan: isMetropolitan,
            recordedAreaKM2: recordedAreaKM2, missing: missing)
        self.verdict = verdict
        additions = ConvergenceAddition.all(among: candidates, to: hubs, verdict, rule: rule)
            .map { (candidates[$0.hub], $0) }
    }

    /// Draws clusters: the circle around the hubs of each, its hubs, and what could join it.
    ///
    /// - Parameter clusters: The clusters.
    /// - Returns: Features with `role` (`circle`, `hub` or `addition`), the `cluster`, and figures.
    /// - Throws: `GeometryError` where a circle cannot be drawn.
    public static func features(of clusters: [JudgedCluster]) throws -> FeatureBatch {
        var rows = FeatureRows()
        for cluster in clusters {
            let verdict = cluster.verdict
            rows.append(
                try verdict.circle.map { try $0.shape() },
                [
                    ("role", .string("circle")), ("cluster", .string(cluster.id)),
                    ("name", .text(cluster.name)), ("hubs", .int(Int64(cluster.hubs.count))),
                    ("radius_m", .metres(verdict.circle?.radius)),
                    ("least_radius_m", .metres(verdict.circle?.leastRadius)),
                    ("greatest_radius_m", .metres(verdict.circle?.greatestRadius)),
                    ("limit_m", .double(verdict.limit.metres)),
                    ("radius_margin_m", .metres(verdict.radiusMargin)),
                    ("radius", .string(verdict.radius.rawValue)),
                    ("stability", .text(verdict.stability?.rawValue)),
                    ("area_km2", .squareKilometres(verdict.areaKM2)),
                    ("area_basis", .text(verdict.areaBasis?.rawValue)),
                    ("area_margin_km2", .squareKilometres(verdict.areaMargin)),
                    ("area", .string(verdict.area.rawValue)),
                    ("hub_area_km2", .squareKilometres(verdict.hubAreaKM2)),
                    ("additions", .int(Int64(cluster.additions.count))),
                ])
            for hub in cluster.hubs {
                rows.append(.point(hub.position), hub.attributes("hub", cluster.id))
            }
            for (hub, addition) in cluster.additions {
                rows.append(
                    .point(hub.position),
                    hub.attributes("addition", cluster.id) + [
                        ("radius_m", .metres(addition.circle.radius)),
                        ("limit_m", .double(addition.limit.metres)),
                        (
                            "stability",
                            .text(addition.circle.stability(at: addition.limit)?.rawValue)
                        ),
                        ("area_with_km2", .squareKilometres(addition.areaKM2)),
                    ])
            }
        }
        return rows.batch
    }
}

extension HubCircle {
    /// The circle as an area; a point where it has no radius.
    func shape() throws -> Shape {
        radius > 0 ? try .disc(around: centre, radius: Distance(metres: radius)) : .point(centre)
    }
}

extension Hub {
    fileprivate func attributes(
        _ role: String, _ cluster: String?
    ) -> [(name: String, value: Value)] {
        [
            ("role", .string(role)), ("cluster", .text(cluster)), ("name", .text(name)),
            ("hub", .string(id)), ("layer", .string(layer)),
            ("hub_area_km2", .squareKilometres(areaKM2)),
            ("position_accuracy_m", .number(accuracy)),
        ]
    }
}

extension ConvergenceSearch.Found {
    /// Draws the sets: the circle around the hubs of each, and each hub once.
    ///
    /// - Parameter hubs: The hubs that were searched.
    /// - Returns: Features with `role` (`circle` or `hub`), circles with the identifiers of their
    ///   `members` and figures, hubs with the number of `sets` that hold them.
    /// - Throws: `GeometryError` where a circle cannot be drawn.
    public func features(of hubs: [Hub]) throws -> FeatureBatch {
        var rows = FeatureRows()
        var times = Array(repeating: 0, count: hubs.count)
        for (number, candidate) in candidates.enumerated() {
            for member in candidate.members { times[member] += 1 }
            rows.append(
                try candidate.circle.shape(),
                [
                    ("role", .string("circle")), ("set", .int(Int64(number + 1))),
                    ("hubs", .int(Int64(candidate.members.count))),
                    (
                        "members",
                        .string(candidate.members.map { hubs[$0].id }.joined(separator: "; "))
                    ),
                    ("radius_m", .metres(candidate.circle.radius)),
                    ("least_radius_m", .metres(candidate.circle.leastRadius)),
                    ("greatest_radius_m", .metres(candidate.circle.greatestRadius)),
                    ("limit_m", .double(candidate.limit.metres)),
                    (
                        "stability",
                        .text(candidate.circle.stability(at: candidate.limit)?.rawValue)
                    ),
                    ("area_km2", .squareKilometres(candidate.areaKM2)),
                ])
        }
        for (hub, count) in zip(hubs, times) where count > 0 {
            rows.append(
                .point(hub.position),
                hub.attributes("hub", nil).filter { $0.name != "cluster" }
                    + [("sets", .int(Int64(count)))])
        }
        return rows.batch
    }
}
