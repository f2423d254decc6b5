import Analysis
import Catalogue
import Features
import Formats
import Geometry

/// What lies around clusters, for reading or for scripts.
enum ProfileReport {
    /// A cluster with what lies around it.
    struct Page {
        let place: Place
        let own: Surroundings
        let ranks: ClusterProfiler.Ranks
        let asOf: PartialDate?

        /// The page, at most as wide as a terminal.
        func text(_ profiler: ClusterProfiler) -> String {
            heading + within(profiler) + "\n" + nearest(profiler)
        }

        private var heading: String {
            var text = "\(place.nameKO)  \(place.nameEN)".wrapped()
            let around = [place.province, place.municipality].compactMap { $0 }
            text += ([place.id, place.layer] + around).joined(separator: ", ") + "\n"
            let position = own.subject.position
            text +=
                "\(Figures.number(position.x, decimals: 4))° E, "
                + "\(Figures.number(position.y, decimals: 4))° N"
            if let accuracy = own.subject.accuracy {
                text += ", within about \(Figures.number(accuracy)) m"
            }
            if let area = place.areaKM2 { text += ", \(Figures.plain(area)) km²" }
            if let asOf { text += ", as of \(asOf)" }
            return text + "\n\n"
        }

        private func within(_ profiler: ClusterProfiler) -> String {
            let widest = profiler.rings.count - 1
            var table = Table(
                [("within", .left)] + profiler.rings.map { ($0.label, .right) }
                    + [("rank", .right), ("", .left)])
            for (number, layer) in profiler.layers.enumerated() {
                let rank = ranks.counts[number][widest]
                table.add(
                    [layer.name] + own.findings[number].counts.map(Self.bounded)
                        + [Self.rank(rank), rank.stability?.rawValue ?? ""])
            }
            if let zones = profiler.zones, !own.amounts.isEmpty {
                let rank = ranks.amounts[widest]
                table.add(
                    [zones.field] + own.amounts.map(Self.rounded)
                        + [Self.rank(rank), rank.stability?.rawValue ?? ""])
            }
            return table.text
        }

        private func nearest(_ profiler: ClusterProfiler) -> String {
            var table = Table([
                ("nearest", .left), ("", .left), ("km", .right), ("", .left), ("rank", .right),
                ("", .left),
            ])
            for (number, layer) in profiler.layers.enumerated() {
                guard let nearest = own.findings[number].nearest else {
                    table.add([layer.name, "none", "–", "", "–", ""])
                    continue
                }
                let found = nearest.found
                let off = found.uncertainty.map {
                    " ±" + Figures.number($0 / 1000, decimals: 1)
                }
                let rank = ranks.nearest[number]
                table.add([
                    layer.name, layer.names[found.place] ?? layer.ids[found.place],
                    Figures.number(found.distance / 1000, decimals: 1) + (off ?? ""),
                    nearest.stability?.rawValue ?? "", rank.map(Self.rank) ?? "–",
                    rank?.stability?.rawValue ?? "",
                ])
            }
            return table.text
        }

        private static func rank(_ rank: Rank) -> String { "\(rank.rank) of \(rank.count)" }

        /// A count with what it may truly be, where that is another: `12 (8–15)`.
        private static func bounded(_ figure: Bounded) -> String {
            let text = Figures.number(figure.value)
            guard let least = figure.least, let greatest = figure.greatest, least < greatest
            else { return text }
            return text + " (\(Figures.number(least))–\(Figures.number(greatest)))"
        }

        /// An amount to three digits that mean something, as thousands.
        private static func rounded(_ figure: Bounded) -> String { Figures.number(figure.value) }
    }

    static func json(_ pages: [Page], _ profiler: ClusterProfiler) -> String {
        let profiles = pages.map { JSONLine.object($0.members(profiler)) }
        return JSONLine.object([
            (
                "within_m",
                .json(
                    "[" + profiler.rings.map { JSONText.number($0.metres) }.joined(separator: ", ")
                        + "]")
            ),
            ("profiles", .json("[" + profiles.joined(separator: ",\n") + "]")),
        ]) + "\n"
    }
}

extension ProfileReport.Page {
    fileprivate func members(_ profiler: ClusterProfiler) -> [(String, Value)] {
        let layers = profiler.layers.indices.map { layer(profiler, $0) }
        var members: [(String, Value)] = [
            ("id", .string(place.id)), ("layer", .string(place.layer)),
            ("name_ko", .string(place.nameKO)), ("name_en", .string(place.nameEN)),
            ("lon", .double(own.subject.position.x)), ("lat", .double(own.subject.position.y)),
            ("position_accuracy_m", own.subject.accuracy.map { .double($0) } ?? .null),
            ("as_of", asOf.map { .string($0.description) } ?? .null),
            ("layers", .json("[" + layers.joined(separator: ", ") + "]")),
        ]
        if let zones = profiler.zones {
            let rings = zip(own.amounts, ranks.amounts).map { amount, rank in
                JSONLine.object(Self.figure(amount) + Self.rank(rank))
            }
            members.append((zones.field, .json("[" + rings.joined(separator: ", ") + "]")))
        }
        return members
    }

    private func layer(_ profiler: ClusterProfiler, _ number: Int) -> String {
        let layer = profiler.layers[number]
        let finding = own.findings[number]
        let counts = zip(finding.counts, ranks.counts[number]).map { count, rank in
            JSONLine.object(Self.figure(count) + Self.rank(rank))
        }
        let around = finding.around.map { JSONLine.object(Self.place($0, layer)) }
        let nearest = finding.nearest.map { nearest in
            JSONLine.object(
                Self.place(nearest.found, layer) + [
                    ("stability", ConvergenceReport.text(nearest.stability?.rawValue))
                ] + (ranks.nearest[number].map(Self.rank) ?? []))
        }
        return JSONLine.object([
            ("layer", .string(layer.name)),
            ("within", .json("[" + counts.joined(separator: ", ") + "]")),
            ("nearest", nearest.map { .json($0) } ?? .null),
            ("places", .json("[" + around.joined(separator: ", ") + "]")),
        ])
    }

    private static func place(
        _ found: ProfileLayer.Found, _ layer: ProfileLayer
    ) -> [(String, Value)] {
        [
            ("id", .string(layer.ids[found.place])),
            ("name", ConvergenceReport.text(layer.names[found.place])),
            ("distance_m", .double(ConvergenceReport.rounded(found.distance))),
            ("uncertainty_m", ConvergenceReport.number(found.uncertainty)),
        ]
    }

    private static func figure(_ figure: Bounded) -> [(String, Value)] {
        [
            ("value", .double(ConvergenceReport.rounded(figure.value))),
            ("least", ConvergenceReport.number(figure.least)),
            ("greatest", ConvergenceReport.number(figure.greatest)),
        ]
    }

    private static func rank(_ rank: Rank) -> [(String, Value)] {
        [
            ("rank", .int(Int64(rank.rank))), ("rank_of", .int(Int64(rank.count))),
            ("best_rank", rank.best.map { .int(Int64($0)) } ?? .null),
            ("worst_rank", rank.worst.map { .int(Int64($0)) } ?? .null),
            ("rank_stability", ConvergenceReport.text(rank.stability?.rawValue)),
        ]
    }
}
