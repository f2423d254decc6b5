import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct LinkagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkages",
        abstract: "Draws the network between places, and tells which are central.",
        discussion: """
            Places of the layers that lie within the distance of each other are linked by
            lines with distance_m and strength: the product of their masses, less with
            distance (gravity; power:2 by default). in_tree marks the minimum spanning
            tree. With --nodes the places are written with degree, strength, closeness,
            betweenness, eigenvector, component and community (Leiden algorithm).

            Example:
              clusteratlas linkages national-clusters universities --within 20km \\
                -o links.geojson --nodes nodes.csv
              clusteratlas linkages clusters --tree -o tree.geojson
            """)

    @Argument(help: ArgumentHelp("The layers whose places are linked.", valueName: "layer"))
    var layers: [String]

    @Option(
        help: ArgumentHelp(
            "The greatest length of a link; all are linked by default.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "The field that says how much a place counts; 1 in layers without it.",
            valueName: "field"))
    var mass: String?

    @Option(
        help: ArgumentHelp(
            "How much less a link counts with distance; power:2 by default, 1 up to 1 km.",
            valueName: "decay"), transform: DistanceDecay.argument(_:))
    var decay = DistanceDecay.power(exponent: 2, scale: .kilometres(1))

    @Flag(help: "Link only places of different layers.")
    var betweenLayers = false

    @Flag(help: "Write only the links of the minimum spanning tree.")
    var tree = false

    @Option(help: ArgumentHelp("Also write the places, to this file.", valueName: "file"))
    var nodes: String?

    @Option(help: ArgumentHelp("The seed of the communities.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("More than 1 gives smaller communities.", valueName: "number"))
    var resolution = 1.0

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try InputOptions.checkInputs(layers)
        if !(resolution > 0 && resolution.isFinite) {
            throw ValidationError("--resolution takes a number above 0, not \(resolution)")
        }
        try output.checkAlone(beside: nodes)
    }

    func run() async throws {
        let wholes = try layers.map { try input.readAll($0) }
        var places = Linkages.Nodes()
        for whole in wholes {
            try places.add(whole.batch, layer: whole.name, source: whole.title, mass: mass)
        }
        tell(places, wholes)
        let name = wholes.map(\.name).joined(separator: ", ")
        let info = CollectionInfo(name: "linkages of \(name)")
        let nodesInfo = CollectionInfo(name: "nodes of \(name)")
        var sink = try output.open(info)
        var nodesSink = try nodes.map { try output.open($0, nodesInfo) }
        let progress = ProgressLine("linkages", quiet: input.quiet)
        let linkages = try Linkages(
            between: places, within: within?.distance, decay: decay,
            isBetweenLayers: betweenLayers, seed: seed, resolution: resolution)
        progress.finish()
        if linkages.centrality.eigenvector == nil, !linkages.network.edges.isEmpty {
            input.note(
                "no eigenvector: the strongest parts of the network are alike, or have no strength")
        }
        try sink.write(linkages.lines(onlyTree: tree))
        try nodesSink?.write(linkages.points)
        var provenance = input.provenance("linkages")
        output.describe(in: &provenance)
        provenance.set("layers", wholes.map(\.name).joined(separator: ","))
        provenance.set("within_m", within.map { .double($0.distance.metres) })
        provenance.set("mass", mass)
        provenance.set("decay", decay.description)
        if betweenLayers { provenance.set("between_layers", .bool(true)) }
        if tree { provenance.set("tree", .bool(true)) }
        provenance.set("seed", .int(Int64(bitPattern: seed)))
        provenance.set("resolution", .double(resolution))
        for whole in wholes { provenance.add(whole) }
        try nodesSink?.finish(provenance.of(nodesInfo))
        try sink.finish(provenance.of(info))
        output.show(table(linkages), quiet: input.quiet)
    }

    private func tell(_ places: Linkages.Nodes, _ wholes: [InputOptions.Whole]) {
        if places.unlocated > 0 {
            input.note(
                "\(Figures.count(places.unlocated, "feature")) without a place, without links")
        }
        input.noteRepresented(places.represented, of: wholes.map(\.name).joined(separator: ", "))
        guard let mass else { return }
        for whole in wholes where whole.batch[mass] == nil {
            input.note("\(whole.name) has no field \"\(mass)\"; each of its places counts 1")
        }
        if places.unweighted > 0 {
            input.note(
                "\(Figures.count(places.unweighted, "feature")) without \(mass), counted as 0")
        }
    }

    /// How many of the most central places the table shows.
    private static let shown = 12

    private func table(_ linkages: Linkages) -> String {
        let (nodes, centrality) = (linkages.nodes, linkages.centrality)
        let length = linkages.tree.reduce(0) { $0 + linkages.network.edges[$1].distance }
        let parts = (linkages.components.max() ?? -1) + 1
        let heading =
            "\(Figures.count(nodes.count, "place")), "
            + "\(Figures.count(linkages.network.edges.count, "link")), "
            + "\(Figures.count(parts, "part")); tree "
            + "\(Figures.number(length / 1000, decimals: 1)) km; "
            + "\(Figures.count(linkages.communities.count, "community", "communities")), modularity "
            + "\(Figures.number(linkages.communities.modularity, decimals: 3))"
        var text = heading.wrapped()
        var table = Table([
            ("place", .whole), ("name", .left), ("links", .right), ("strength", .right),
            ("near /km", .right), ("between", .right), ("eigen", .right), ("group", .right),
        ])
        let order = (0..<nodes.count).sorted {
            (-centrality.strength[$0], $0) < (-centrality.strength[$1], $1)
        }
        for node in order.prefix(Self.shown) {
            table.add([
                nodes.ids[node], nodes.names[node] ?? "",
                Figures.number(Double(centrality.degree[node])),
                Figures.significant(centrality.strength[node]),
                Figures.number(centrality.closeness[node] * 1000, decimals: 4),
                Figures.number(centrality.betweenness[node], decimals: 3),
                centrality.eigenvector.map { Figures.number($0[node], decimals: 3) } ?? "–",
                String(linkages.communities.labels[node] + 1),
            ])
        }
        if nodes.count > 0 { text += table.text }
        if nodes.count > Self.shown {
            text += "the strongest \(Self.shown) of \(Figures.number(Double(nodes.count)))\n"
        }
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        if let file = self.nodes, file != "-" { text += "→ \(file)\n" }
        return text
    }
}
