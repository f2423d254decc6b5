import Analysis
import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry

struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Tells on one page what lies around a cluster.",
        discussion: """
            How many places of each layer lie within the distances, which is the nearest,
            the population, and how the cluster ranks among the records of its layer: the
            more within the widest distance and the nearer, the better. A number in
            brackets is what the accuracy of positions allows; a nearest or a rank is
            stable where no position within its accuracy would give another, else
            fragile. Population is that of the municipalities, by the share of their area
            in simplified outlines.

            Example:
              clusteratlas profile ic-bitgaram
              clusteratlas profile rz-daedeok --as-of 2015 -o daedeok.geojson
            """)

    @Argument(help: ArgumentHelp("Identifiers of records.", valueName: "cluster"))
    var clusters: [String]

    @Option(
        help: ArgumentHelp(
            "The distances, with commas; 5km,10km,20km by default.", valueName: "distances"))
    var within: DistanceList?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The layers that are looked for, instead of the usual ones.", valueName: "layer"))
    var layers: [String] = []

    @Option(
        help: ArgumentHelp(
            "Zones or points of demand instead of the municipalities.", valueName: "layer"))
    var demand: String?

    @Option(
        help: ArgumentHelp(
            "The field of the demand that is added up; population by default.",
            valueName: "field"))
    var weight: String?

    @OptionGroup var report: ReportOptions
    @OptionGroup var input: InputOptions

    /// The layers of the catalogue that are looked for by default, as far as it has them.
    private static let usual = [
        "universities", "industrial-complexes", "research-institutes", "stations", "airports",
        "clusters", "small-research-zones", "national-clusters",
    ]

    func validate() throws {
        try InputOptions.checkInputs(layers + [demand].compactMap { $0 })
        if demand != nil, weight == nil {
            throw ValidationError("--demand needs the field to add up; name it with --weight")
        }
    }

    func run() async throws {
        let catalogue = try input.catalogue.open()
        let subjects = try clusters.map { try place($0, catalogue) }
        var provenance = input.provenance("profile")
        let names =
            layers.isEmpty
            ? Self.usual.filter { catalogue.layers(named: $0) != nil } : layers
        let wholes = try names.map { try input.readAll($0) }
        let zones = try readZones(catalogue, &provenance)
        let rings = within?.distances ?? [5, 10, 20].map { .kilometres($0) }
        let found = try wholes.map { try ProfileLayer($0.batch, name: $0.name, source: $0.title) }
        let profiler = try ClusterProfiler(rings: rings, layers: found, zones: zones)
        for layer in found where layer.count < layer.ids.count {
            input.note(
                "\(Figures.count(layer.ids.count - layer.count, "feature")) of \(layer.name) without "
                    + "a place, never found")
        }
        if let zones, zones.uncounted > 0 {
            input.note(
                "\(Figures.count(zones.uncounted, "feature")) of \(zones.name) without a place or "
                    + "\(zones.field), not counted")
        }
        let pages = try profile(subjects, profiler, catalogue)
        report.describe(in: &provenance)
        provenance.set("clusters", clusters.joined(separator: ","))
        provenance.set(
            "within_m", profiler.rings.map { JSONText.number($0.metres) }.joined(separator: ","))
        provenance.set("layers", names.joined(separator: ","))
        provenance.set("weight", zones?.field)
        for whole in wholes { provenance.add(whole) }
        let info = CollectionInfo(name: "profile of \(clusters.joined(separator: ", "))")
        if var sink = try report.open(info) {
            try sink.write(try profiler.features(of: pages.map(\.own)))
            try sink.finish(provenance.of(info))
        }
        report.show(
            report.json
                ? ProfileReport.json(pages, profiler)
                : pages.map { $0.text(profiler) }.joined(separator: "\n"), quiet: input.quiet)
    }

    private func place(_ id: String, _ catalogue: PlaceCatalogue) throws -> Place {
        let place: Place
        do {
            place = try input.catalogue.place(id, in: catalogue)
        } catch let error as CatalogueError where error.code == .unknownName {
            throw ValidationError(
                error.problem + (error.remedy.map { "\n  To fix: \($0)" } ?? ""))
        }
        guard place.position != nil else {
            throw ValidationError(
                "\(id) (\(place.nameEN)) has no place of its own, so nothing lies around it")
        }
        return place
    }

    /// The zones whose amounts are added up: by default the municipalities, where there are any.
    private func readZones(
        _ catalogue: PlaceCatalogue, _ provenance: inout Provenance
    ) throws -> ProfileZones? {
        if let demand, let weight {
            let whole = try input.readAll(demand)
            provenance.add(whole)
            return try ProfileZones(
                whole.batch, name: whole.name, source: whole.title, field: weight)
        }
        let name = "municipalities"
        guard let layer = catalogue.layers.first(where: { $0.name == name }) else { return nil }
        var opened = try input.open(
            name, PlaceView(drawing: layer.outlines == nil ? .point : .outline))
        let batch = try opened.source.readAll()
        provenance.add(opened)
        let field = weight ?? "population"
        // A catalogue of own records may hold none.
        if weight == nil, batch[field] == nil { return nil }
        return try ProfileZones(batch, name: name, field: field)
    }

    /// Measures the clusters, and of each layer of theirs the others as peers.
    private func profile(
        _ subjects: [Place], _ profiler: ClusterProfiler, _ catalogue: PlaceCatalogue
    ) throws -> [ProfileReport.Page] {
        var peers: [String: [Surroundings]] = [:]
        return try subjects.compactMap { place in
            guard let subject = place.subject else { return nil }
            if peers[place.layer] == nil {
                let layer = catalogue.layers.filter { $0.name == place.layer }
                let records = try layer.flatMap {
                    try input.catalogue.records(of: $0, in: catalogue)
                }
                peers[place.layer] = try records.filter { $0.listing == .main }
                    .compactMap(\.subject).map { try profiler.measure($0) }
            }
            let all = peers[place.layer] ?? []
            let own = try all.first { $0.subject.id == place.id } ?? profiler.measure(subject)
            return ProfileReport.Page(
                place: place, own: own,
                ranks: profiler.ranks(
                    of: own, among: all.filter { $0.subject.id != place.id }),
                asOf: input.catalogue.asOf)
        }
    }
}

extension Place {
    /// The place as a subject of a profile.
    fileprivate var subject: ProfileSubject? {
        heading.position.map {
            ProfileSubject(id: heading.id, position: $0, accuracy: heading.accuracy)
        }
    }
}
