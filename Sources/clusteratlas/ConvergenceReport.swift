import Analysis
import Features
import Formats
import Geometry

/// What the rule of clusters gives, for reading or for scripts.
enum ConvergenceReport {
    /// The sets of hubs that could form a cluster.
    struct Sets {
        let rule: ConvergenceRule
        let hubs: [Hub]
        let found: ConvergenceSearch.Found

        /// How many sets the table shows.
        private static let shown = 25

        var notes: [String] {
            var notes: [String] = []
            if !found.unknownArea.isEmpty {
                notes.append(
                    "\(Figures.count(found.unknownArea.count, "hub")) of unknown area left out; "
                        + "--assume-area counts them")
            }
            if !found.tooLarge.isEmpty {
                notes.append(
                    "\(Figures.count(found.tooLarge.count, "hub")) larger than "
                        + "\(Figures.plain(rule.areaKM2)) km² left out")
            }
            if found.isCut {
                notes.append(
                    "there are more sets than the \(Figures.number(Double(found.candidates.count))) "
                        + "given; name hubs with --holds, or raise --limit")
            }
            return notes
        }

        var text: String {
            let first = ConvergenceReport.heading(rule)
            guard !found.candidates.isEmpty else { return first + "No set of hubs keeps it.\n" }
            var table = Table([
                ("hubs", .right), ("radius km", .right), ("of", .right), ("", .left),
                ("km²", .right), ("which", .left),
            ])
            // The fullest sets first, and of those the closest.
            let best = found.candidates.sorted {
                ($1.members.count, $0.circle.radius) < ($0.members.count, $1.circle.radius)
            }
            for candidate in best.prefix(Self.shown) {
                table.add([
                    String(candidate.members.count),
                    ConvergenceReport.radius(candidate.circle),
                    Figures.plain(candidate.limit.metres / 1000),
                    candidate.circle.stability(at: candidate.limit)?.rawValue ?? "",
                    Figures.number(candidate.areaKM2, decimals: 2),
                    candidate.members.map { hubs[$0].id }.joined(separator: " "),
                ])
            }
            let count = found.candidates.count
            let rest = count - min(count, Self.shown)
            return first + table.text
                + "\(Figures.count(count, "set")) of \(Figures.count(hubs.count, "hub"))"
                + (rest > 0 ? "; \(Figures.number(Double(rest))) not shown" : "") + "\n"
        }

        var json: String {
            let sets = found.candidates.map { candidate in
                JSONLine.object([
                    ("hubs", ConvergenceReport.list(candidate.members.map { hubs[$0].id })),
                    ("radius_m", .double(ConvergenceReport.rounded(candidate.circle.radius))),
                    ("least_radius_m", ConvergenceReport.number(candidate.circle.leastRadius)),
                    (
                        "greatest_radius_m",
                        ConvergenceReport.number(candidate.circle.greatestRadius)
                    ),
                    ("limit_m", .double(candidate.limit.metres)),
                    (
                        "stability",
                        (candidate.circle.stability(at: candidate.limit)?.rawValue)
                            .map { .string($0) } ?? .null
                    ),
                    ("area_km2", .double(ConvergenceReport.rounded(candidate.areaKM2))),
                ])
            }
            return JSONLine.object([
                ("rule", ConvergenceReport.json(rule)), ("hubs", .int(Int64(hubs.count))),
                ("unknown_area", ConvergenceReport.list(found.unknownArea.map { hubs[$0].id })),
                ("too_large", ConvergenceReport.list(found.tooLarge.map { hubs[$0].id })),
                ("is_cut", .bool(found.isCut)),
                ("sets", .json("[" + sets.joined(separator: ",\n") + "]")),
            ]) + "\n"
        }
    }

    static func heading(_ rule: ConvergenceRule) -> String {
        "Rule: within \(rule.radius) (\(rule.metropolitanRadius) in metropolitan cities), at most "
            + "\(Figures.plain(rule.areaKM2)) km²\n"
    }

    /// A radius with what the accuracy of positions does to it.
    static func radius(_ circle: HubCircle) -> String {
        let text = Figures.number(circle.radius / 1000, decimals: 1)
        guard let least = circle.leastRadius, let greatest = circle.greatestRadius else {
            return text
        }
        let off = max(circle.radius - least, greatest - circle.radius)
        return text + " ±" + Figures.number(off / 1000, decimals: 1)
    }

    static func list(_ texts: [String]) -> Value {
        .json("[" + texts.map { JSONText.of(.string($0)) }.joined(separator: ", ") + "]")
    }

    static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

    static func number(_ value: Double?) -> Value { value.map { .double(rounded($0)) } ?? .null }

    static func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }

    static func json(_ rule: ConvergenceRule) -> Value {
        .json(
            JSONLine.object([
                ("radius_m", .double(rule.radius.metres)),
                ("metropolitan_radius_m", .double(rule.metropolitanRadius.metres)),
                ("area_km2", .double(rule.areaKM2)),
            ]))
    }
}
