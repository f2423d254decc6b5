import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "Finds groups of places that lie densely together.",
        discussion: """
            With --within, DBSCAN: places with at least --least places within the distance,
            themselves among them, and all within the distance of such. Without, HDBSCAN:
            groups of at least --least places at whatever density they last longest. The
            features are written with group (empty for noise), group_core and
            group_probability.

            Example:
              clusteratlas concentration groups industrial-complexes --within 5km \\
                --least 5 -o groups.geojson
            """)

    @Argument(help: ArgumentHelp("The layer.", valueName: "layer"))
    var layer: String

    @Option(help: ArgumentHelp("How near is near.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(help: ArgumentHelp("How many places make a group.", valueName: "n"))
    var least = 5

    @Option(
        help: ArgumentHelp(
            "Of HDBSCAN: how many places tell how densely a place lies; --least by default.",
            valueName: "n"))
    var density: Int?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if within != nil, density != nil {
            throw ValidationError("--density is for groups without --within")
        }
    }

    func run() async throws {
        let whole = try input.readAll(layer)
        let places = try ValuedPlaces(of: whole.batch, layer: whole.title, field: nil)
        if places.unlocated > 0 {
            input.note(
                "\(Figures.count(places.unlocated, "feature")) of \(whole.name) without a place, "
                    + "in no group")
        }
        input.noteRepresented(places.represented, of: whole.name)
        let info = CollectionInfo(name: "groups of \(whole.name)")
        var sink = try output.open(info)
        let found =
            try within.map {
                try DensityClusters.dbscan(places.places, within: $0.distance, least: least)
            } ?? DensityClusters.hdbscan(places.places, leastCluster: least, least: density)
        var batch = whole.batch
        let count = batch.count
        batch.set(
            "group",
            .int(places.spread(found.labels, over: count).map { ($0 ?? nil).map { $0 + 1 } }))
        batch.set("group_core", .bool(places.spread(found.isCore, over: count)))
        batch.set("group_probability", .double(places.spread(found.probabilities, over: count)))
        try sink.write(batch)
        var provenance = input.provenance("concentration groups")
        output.describe(in: &provenance)
        provenance.set("layer", whole.name)
        provenance.set("method", within == nil ? "hdbscan" : "dbscan")
        provenance.set("within_m", within.map { .double($0.distance.metres) })
        provenance.set("least", .int(Int64(least)))
        provenance.set("density", density.map { .int(Int64($0)) })
        provenance.add(whole)
        try sink.finish(provenance.of(info))
        output.show(table(found, places, whole), quiet: input.quiet)
    }

    /// How many groups the table shows.
    private static let shown = 20

    private func table(
        _ found: DensityClusters, _ places: ValuedPlaces, _ whole: InputOptions.Whole
    ) -> String {
        let names = NameField.names(of: whole.batch)
        let noise = found.labels.count { $0 == nil }
        let heading =
            "\(within == nil ? "HDBSCAN" : "DBSCAN within \(within?.distance.label ?? "")"), at "
            + "least \(least): \(Figures.count(found.count, "group")) of \(whole.name), "
            + "\(Figures.number(Double(noise))) of \(Figures.number(Double(places.places.count))) "
            + "in none"
        var text = heading.wrapped()
        var table = Table([
            ("group", .right), ("places", .right), ("radius km", .right), ("lon", .right),
            ("lat", .right), ("in its middle", .left),
        ])
        let groups = (0..<found.count).map { group in
            found.labels.indices.filter { found.labels[$0] == group }
        }
        let order = groups.indices.sorted { (-groups[$0].count, $0) < (-groups[$1].count, $1) }
        for group in order.prefix(Self.shown) {
            let members = groups[group]
            guard let circle = EnclosingCircle(around: members.map { places.places[$0] }) else {
                continue
            }
            let middle = members.min { a, b in
                let earth = Geodesic.wgs84
                return earth.distance(from: circle.centre, to: places.places[a])
                    < earth.distance(from: circle.centre, to: places.places[b])
            }
            table.add([
                String(group + 1), Figures.number(Double(members.count)),
                Figures.kilometres(circle.radius), Figures.number(circle.centre.x, decimals: 4),
                Figures.number(circle.centre.y, decimals: 4),
                middle.flatMap { names[places.rows[$0]] } ?? "",
            ])
        }
        if found.count > 0 { text += table.text }
        if found.count > Self.shown {
            text += "the largest \(Self.shown) of \(Figures.number(Double(found.count)))\n"
        }
        return text + (output.isStandardOutput ? "" : "→ \(output.output)\n")
    }
}
