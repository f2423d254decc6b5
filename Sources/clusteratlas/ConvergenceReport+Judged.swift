import Analysis
import Catalogue
import Features
import Formats
import Geometry

extension ConvergenceReport {
    /// The present clusters, judged.
    struct Judged {
        let rule: ConvergenceRule
        let clusters: [(ClusterMembers.Cluster, JudgedCluster)]

        var text: String {
            var table = Table([
                ("cluster", .whole), ("hubs", .right), ("radius km", .right), ("of", .right),
                ("circle", .left), ("km²", .right), ("area", .left), ("to add", .right),
            ])
            for (cluster, judged) in clusters {
                let verdict = judged.verdict
                let all = judged.hubs.count + cluster.missing
                let stability = verdict.stability.map { ", \($0.rawValue)" } ?? ""
                table.add([
                    judged.id,
                    cluster.missing > 0
                        ? "\(judged.hubs.count) of \(all)" : String(judged.hubs.count),
                    verdict.circle.map(ConvergenceReport.radius) ?? "–",
                    Figures.plain(verdict.limit.metres / 1000),
                    Self.word(verdict.radius) + stability,
                    verdict.areaKM2.map {
                        Figures.number($0, decimals: 2) + (verdict.areaBasis == .hubs ? "*" : "")
                    } ?? "–",
                    Self.word(verdict.area), Figures.number(Double(judged.additions.count)),
                ])
            }
            var text = ConvergenceReport.heading(rule) + table.text
            if clusters.contains(where: { $0.1.verdict.areaBasis == .hubs }) {
                text += "* sum of the hubs, for no area is recorded for the cluster\n"
            }
            for (cluster, judged) in clusters where cluster.missing > 0 && !cluster.named.isEmpty {
                text += "\(judged.id) is said to hold \(cluster.named.joined(separator: ", "))"
                    .wrapped()
            }
            return text
        }

        /// An answer in the width of a column.
        private static func word(_ answer: ConvergenceVerdict.Answer) -> String {
            answer == .keepsSoFar ? "so far" : answer.rawValue
        }

        var json: String {
            let rows = clusters.map { JSONLine.object(Self.members($0, $1)) }
            return JSONLine.object([
                ("rule", ConvergenceReport.json(rule)),
                ("clusters", .json("[" + rows.joined(separator: ",\n") + "]")),
            ]) + "\n"
        }

        private static func members(
            _ cluster: ClusterMembers.Cluster, _ judged: JudgedCluster
        ) -> [(String, Value)] {
            let verdict = judged.verdict
            return [
                ("id", .string(judged.id)), ("name_ko", .string(cluster.place.nameKO)),
                ("name_en", .string(cluster.place.nameEN)),
                ("hubs", .json("[" + judged.hubs.map(hub).joined(separator: ", ") + "]")),
                ("hubs_without_place", ConvergenceReport.list(cluster.unlocated)),
                ("hubs_inside_others", ConvergenceReport.list(cluster.inside)),
                ("hubs_missing", .int(Int64(cluster.missing))),
                ("hubs_named", ConvergenceReport.list(cluster.named)),
                ("radius_m", ConvergenceReport.number(verdict.circle?.radius)),
                ("least_radius_m", ConvergenceReport.number(verdict.circle?.leastRadius)),
                ("greatest_radius_m", ConvergenceReport.number(verdict.circle?.greatestRadius)),
                ("limit_m", .double(verdict.limit.metres)),
                ("radius_margin_m", ConvergenceReport.number(verdict.radiusMargin)),
                ("radius", .string(verdict.radius.rawValue)),
                ("stability", ConvergenceReport.text(verdict.stability?.rawValue)),
                ("area_km2", ConvergenceReport.number(verdict.areaKM2)),
                ("area_basis", ConvergenceReport.text(verdict.areaBasis?.rawValue)),
                ("area_margin_km2", ConvergenceReport.number(verdict.areaMargin)),
                ("area", .string(verdict.area.rawValue)),
                ("hub_area_km2", .double(ConvergenceReport.rounded(verdict.hubAreaKM2))),
                ("hubs_of_unknown_area", .int(Int64(verdict.unknownAreas))),
                (
                    "could_join",
                    .json("[" + judged.additions.map(addition).joined(separator: ", ") + "]")
                ),
            ]
        }

        private static func hub(_ hub: Hub) -> String {
            JSONLine.object([
                ("id", .string(hub.id)), ("name", ConvergenceReport.text(hub.name)),
                ("area_km2", ConvergenceReport.number(hub.areaKM2)),
                ("position_accuracy_m", ConvergenceReport.number(hub.accuracy)),
            ])
        }

        private static func addition(
            _ added: (hub: Hub, addition: ConvergenceAddition)
        ) -> String {
            JSONLine.object([
                ("id", .string(added.hub.id)), ("name", ConvergenceReport.text(added.hub.name)),
                ("area_km2", ConvergenceReport.number(added.hub.areaKM2)),
                ("radius_m", .double(ConvergenceReport.rounded(added.addition.circle.radius))),
                (
                    "stability",
                    ConvergenceReport.text(
                        added.addition.circle.stability(at: added.addition.limit)?.rawValue)
                ),
                ("area_with_km2", ConvergenceReport.number(added.addition.areaKM2)),
            ])
        }
    }
}
