import Analysis
import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry

struct ConvergenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convergence",
        abstract: "Tells which hubs could form a national innovation cluster.",
        discussion: """
            All hubs lie within a circle of 20 km (10 km in metropolitan cities) and have
            at most 15 km² in all: the rule of the national innovation clusters
            (국가혁신융복합단지) as reported on 2018-10-25. Each set found is maximal: no
            further hub of the LAYERs could join it. Hubs of a set lie in one province
            outside the capital region. Areas are those of area_km2; a hub without one is
            left out.

            With --judge the clusters of a layer are judged instead, by the hubs that
            their records link as members, and the LAYERs are what could be added. The
            area is the one recorded for the cluster, or else the sum of its hubs. Where
            hubs are known to be missing, a rule is kept so far. A verdict is fragile
            where the accuracy of positions could turn it.

            Example:
              clusteratlas convergence innovation-cities industrial-complexes \\
                --holds ic-wonju -o sets.geojson
              clusteratlas convergence innovation-cities --judge national-clusters
            """)

    @Argument(help: ArgumentHelp("The layers of hubs.", valueName: "layer"))
    var layers: [String]

    @Option(
        help: ArgumentHelp(
            "Judge the clusters of this layer of the catalogue.", valueName: "layer"))
    var judge: String?

    @Option(help: ArgumentHelp("The greatest radius; 20km by default.", valueName: "distance"))
    var radius: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "The greatest radius in metropolitan cities; 10km by default.",
            valueName: "distance"))
    var metropolitanRadius: DistanceArgument?

    @Option(help: ArgumentHelp("The greatest area in all, in km².", valueName: "km²"))
    var area = 15.0

    @Option(
        help: ArgumentHelp(
            "Count this for a hub of unknown area instead of leaving it out.", valueName: "km²"))
    var assumeArea: Double?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only sets that hold these hubs.", valueName: "id"))
    var holds: [String] = []

    @Option(help: ArgumentHelp("The least number of hubs in a set.", valueName: "n"))
    var least = 2

    @Option(help: ArgumentHelp("Only hubs and clusters in this province.", valueName: "province"))
    var province: String?

    @Flag(
        help: "Take hubs of Seoul, Incheon and Gyeonggi, for which there are no clusters.")
    var capitalRegion = false

    @Flag(help: "Let hubs of several provinces form a set.")
    var acrossProvinces = false

    @Option(help: ArgumentHelp("How many sets are sought at most.", valueName: "n"))
    var limit = 1000

    @OptionGroup var report: ReportOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        _ = try Selection(kind: nil, province: province)
        try InputOptions.checkInputs(layers)
        if !(area >= 0 && area.isFinite) {
            throw ValidationError("--area takes a number of at least 0, not \(area)")
        }
        if let assumeArea, !(assumeArea >= 0 && assumeArea.isFinite) {
            throw ValidationError("--assume-area takes a number of at least 0, not \(assumeArea)")
        }
        if least < 1 { throw ValidationError("--least takes a number of at least 1, not \(least)") }
        if limit < 1 { throw ValidationError("--limit takes a number of at least 1, not \(limit)") }
        if judge != nil, !holds.isEmpty {
            throw ValidationError("--holds is for sets; --judge takes the clusters' own hubs")
        }
    }

    private var rule: ConvergenceRule {
        var rule = ConvergenceRule.nationalInnovationCluster
        if let radius { rule.radius = radius.distance }
        if let metropolitanRadius { rule.metropolitanRadius = metropolitanRadius.distance }
        rule.areaKM2 = area
        return rule
    }

    func run() async throws {
        let selection = try Selection(kind: nil, province: province)
        let wholes = try layers.map { try input.readAll($0) }
        var hubs: [Hub] = []
        for whole in wholes {
            let batch = try selection.filter(whole.batch, layer: whole.title)
            let read = try Hub.all(
                of: batch, layer: whole.name, source: whole.title
            ) { name in
                Province(named: name)?.isMetropolitanCity ?? false
            }
            if read.unlocated > 0 {
                input.note(
                    "\(Figures.count(read.unlocated, "feature")) of \(whole.name) without a place, "
                        + "left out")
            }
            hubs += read.hubs.filter { hub in !hubs.contains { $0.id == hub.id } }
        }
        if !capitalRegion {
            let all = hubs.count
            hubs.removeAll { hub in
                hub.province.flatMap(Province.init(named:))?.isCapitalRegion ?? false
            }
            if hubs.count < all {
                input.note(
                    "\(Figures.count(all - hubs.count, "hub")) in the capital region left out; "
                        + "--capital-region takes them")
            }
        }
        var provenance = input.provenance("convergence")
        report.describe(in: &provenance)
        provenance.set("layers", wholes.map(\.name).joined(separator: ","))
        provenance.set("judge", judge)
        provenance.set("radius_m", .double(rule.radius.metres))
        provenance.set("metropolitan_radius_m", .double(rule.metropolitanRadius.metres))
        provenance.set("area_km2", .double(rule.areaKM2))
        provenance.set("assume_area_km2", assumeArea.map { .double($0) })
        provenance.set("holds", holds.isEmpty ? nil : holds.joined(separator: ","))
        provenance.set("province", selection.province?.names[0])
        if capitalRegion { provenance.set("capital_region", .bool(true)) }
        if acrossProvinces { provenance.set("across_provinces", .bool(true)) }
        for whole in wholes { provenance.add(whole) }
        if let judge {
            try show(try judged(judge, hubs, selection, &provenance), provenance)
        } else {
            provenance.set("least", .int(Int64(least)))
            let search = ConvergenceSearch(
                rule: rule, acrossProvinces: acrossProvinces, assumedAreaKM2: assumeArea,
                least: least, required: Set(holds), limit: limit)
            let found = try search.find(hubs)
            let sets = ConvergenceReport.Sets(rule: rule, hubs: hubs, found: found)
            let info = CollectionInfo(name: "sets of hubs")
            try write(try found.features(of: hubs), info, provenance)
            for note in sets.notes { input.note(note) }
            report.show(report.json ? sets.json : sets.text, quiet: input.quiet)
        }
    }

    private func write(
        _ batch: FeatureBatch, _ info: CollectionInfo, _ provenance: Provenance
    ) throws {
        guard var sink = try report.open(info) else { return }
        try sink.write(batch)
        try sink.finish(provenance.of(info))
    }

    private func judged(
        _ layer: String, _ hubs: [Hub], _ selection: Selection, _ provenance: inout Provenance
    ) throws -> ConvergenceReport.Judged {
        let catalogue = try input.catalogue.open()
        guard let info = catalogue.layers.first(where: { $0.name == layer }) else {
            let near = Spelling.nearest(to: layer, in: catalogue.layers.map(\.name))
            throw ValidationError(
                "the catalogue has no layer \"\(layer)\""
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        provenance.add(try input.open(layer))
        let members = try ClusterMembers(of: info, input.catalogue, in: catalogue)
        let clusters = members.clusters.filter { cluster in
            selection.province.map { cluster.place.province.flatMap(Province.init(named:)) == $0 }
                ?? true
        }
        let judged = clusters.map { cluster in
            JudgedCluster(
                id: cluster.place.id, name: cluster.place.nameKO, hubs: cluster.hubs,
                isMetropolitan: cluster.place.isMetropolitan,
                recordedAreaKM2: cluster.place.areaKM2, missing: cluster.missing,
                candidates: hubs.filter { hub in
                    !cluster.inside.contains(hub.id)
                        && (acrossProvinces || hub.province == cluster.place.province)
                }, rule: rule)
        }
        return ConvergenceReport.Judged(rule: rule, clusters: Array(zip(clusters, judged)))
    }

    private func show(_ judged: ConvergenceReport.Judged, _ provenance: Provenance) throws {
        let info = CollectionInfo(name: "clusters and the rule")
        try write(try JudgedCluster.features(of: judged.clusters.map(\.1)), info, provenance)
        report.show(report.json ? judged.json : judged.text, quiet: input.quiet)
    }
}
