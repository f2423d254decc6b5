import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct PatternCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pattern",
        abstract: "Tells whether places cluster, or two kinds lie together.",
        discussion: """
            Written are, for each distance, Ripley's K and L beside simulations in which
            as many places are thrown into the boundary: the least, the mean and the
            greatest L, p, and whether what is observed lies above or below all of them
            or is chance. Each line also has the mean distance to the nearest other and
            the index of Clark and Evans (clark_evans, and clark_evans_borders), which is
            less than 1 for places that cluster. With --with it is the cross-K of LAYER
            and OTHER, and the share of LAYER that has one of OTHER within the distance;
            --chance labels deals the kinds out anew among all places, so that what both
            have in common, such as cities, does not count.

            Example:
              clusteratlas export provinces --outline -o provinces.geojson
              clusteratlas pattern universities --boundary provinces.geojson \\
                --within 5km,10km,20km -o pattern.csv
            """)

    @Argument(help: ArgumentHelp("The places.", valueName: "layer"))
    var layer: String

    @Option(help: ArgumentHelp("Places of another kind to be looked for.", valueName: "other"))
    var with: String?

    @Option(
        help: ArgumentHelp(
            "Distances with commas between them: 5km,10km,20km.", valueName: "distances"))
    var within: DistanceList

    @Option(
        help: ArgumentHelp(
            "Polygons in which the places could lie; the convex surroundings by default.",
            valueName: "layer"))
    var boundary: String?

    @Option(help: "How neighbours beyond the border are made up for.")
    var edges = EdgeArgument.none

    @Option(help: "What chance is: the others thrown anywhere, or the kinds dealt out.")
    var chance = ChanceArgument.uniform

    @Option(help: ArgumentHelp("How often chance is tried.", valueName: "n"))
    var simulations = 99

    @Option(help: ArgumentHelp("Chooses the random numbers.", valueName: "n"))
    var seed: UInt64 = 1

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([layer] + [with, boundary].compactMap { $0 })
        if !(1...99_999).contains(simulations) {
            throw ValidationError("--simulations takes a number from 1 to 99999")
        }
        if with == nil, chance != .uniform {
            throw ValidationError("--chance is for two kinds; name the other with --with")
        }
        if with == layer {
            throw ValidationError(
                "each place lies with itself: --with names another layer; leave it out to see "
                    + "whether those of \(layer) cluster")
        }
        if with != nil, edges != .none {
            throw ValidationError("--edges is for one kind, not for --with")
        }
    }

    func run() async throws {
        let (name, places, whole) = try positions(layer)
        let other = try with.map { try positions($0) }
        let outline = try boundary.map { try input.readBoundary($0) }
        let title = other.map { "\(name) with \($0.name)" } ?? name
        var results = Results()
        try results.open(output.output, "pattern of \(title)", output)
        let region: StudyRegion
        if let outline {
            region = try StudyRegion(
                .collection(outline.batch.geometry.shapes.compactMap { $0 }))
        } else {
            input.note("no --boundary: the places could lie in their convex surroundings")
            guard !places.isEmpty else { throw emptyLayer(whole.title) }
            region = try StudyRegion.surroundings(of: places + (other?.places ?? []))
        }
        let table: String
        if let other {
            table = try await judge(places, name, other.places, other.name, region, &results)
        } else {
            table = try await judge(places, name, region, &results)
        }
        var provenance = input.provenance("pattern")
        output.describe(in: &provenance)
        provenance.set("layer", name)
        provenance.set("with", other?.name)
        let metres = within.distances.sorted().map { JSONText.number($0.metres) }
        provenance.set("within_m", .json("[\(metres.joined(separator: ","))]"))
        provenance.set("boundary", outline?.name)
        if with == nil { provenance.set("edges", edges.rawValue) }
        if with != nil { provenance.set("chance", chance.rawValue) }
        provenance.set("simulations", .int(Int64(simulations)))
        provenance.set("seed", .string(String(seed)))
        provenance.add(whole)
        if let other { provenance.add(other.whole) }
        if let outline { provenance.add(outline) }
        try results.finish(provenance)
        output.show(table + results.arrows, quiet: input.quiet)
    }

    private func emptyLayer(_ name: String) -> AnalysisError {
        AnalysisError(
            .empty, at: name, "holds no feature with a place",
            remedy: "choose a layer with located features")
    }

    private func positions(
        _ reference: String
    ) throws -> (name: String, places: [Position], whole: InputOptions.Whole) {
        let whole = try input.readAll(reference)
        let places = try Places(of: whole.batch, layer: InputOptions.title(of: reference))
        input.noteUncounted(
            unlocated: places.unlocated, unweighted: 0, weight: nil, of: whole.name)
        input.noteRepresented(places.represented, of: whole.name)
        return (whole.name, (0..<places.count).compactMap { places[$0] }, whole)
    }

    private func noteOutside(_ count: Int, _ name: String) {
        guard count > 0 else { return }
        input.note("\(Figures.count(count, "feature")) of \(name) outside the region, not counted")
    }

    /// Judges one kind of places.
    private func judge(
        _ places: [Position], _ name: String, _ region: StudyRegion, _ results: inout Results
    ) async throws -> String {
        let pattern = try PointPattern(places, in: region)
        noteOutside(pattern.outside, name)
        let found = try await pattern.judge(
            within: within.distances, correction: edges.correction, simulations: simulations,
            seed: seed, tasks: effort.tasks)
        try results.write(found.table(), to: output.output)
        var table = Table([
            ("within", .right), ("L km", .right), ("by chance km", .right), ("least", .right),
            ("greatest", .right), ("p", .right), ("", .left),
        ])
        for row in found.rows {
            table.add([
                row.distance.label, Figures.kilometres(row.l.observed),
                Figures.kilometres(row.l.mean), Figures.kilometres(row.l.low),
                Figures.kilometres(row.l.high), Figures.number(row.l.p, decimals: 3),
                ["above": "clustered", "below": "apart"][row.l.verdict.rawValue] ?? "chance",
            ])
        }
        return """
            \(Figures.count(found.count, "place")) of \(name) in \
            \(Figures.number(region.area / 1e6)) km², \
            \(Figures.count(simulations, "simulation")):
            nearest other: mean \(Figures.kilometres(found.nearest.observed)) km, by chance \
            \(Figures.kilometres(found.nearest.mean)) km, p \
            \(Figures.number(found.nearest.p, decimals: 3))
            Clark–Evans \(Figures.number(found.clarkEvans, decimals: 3)), with borders \
            \(Figures.number(found.donnelly, decimals: 3)), z \
            \(Figures.number(found.z, decimals: 1))
            \(table.text)L at all distances: p \(Figures.number(found.p, decimals: 3))

            """
    }

    /// Judges two kinds of places.
    private func judge(
        _ places: [Position], _ name: String, _ others: [Position], _ other: String,
        _ region: StudyRegion, _ results: inout Results
    ) async throws -> String {
        let kinds = try CoLocation(of: places, with: others, in: region)
        noteOutside(places.count - kinds.first.count, name)
        noteOutside(others.count - kinds.second.count, other)
        let rows = try await kinds.judge(
            within: within.distances, chance: chance.chance, simulations: simulations, seed: seed,
            tasks: effort.tasks)
        try results.write(CoLocation.table(of: rows), to: output.output)
        var table = Table([
            ("within", .right), ("share", .right), ("by chance", .right), ("least", .right),
            ("greatest", .right), ("p", .right), ("", .left),
        ])
        for row in rows {
            table.add([
                row.distance.label, Figures.share(row.share.observed),
                Figures.share(row.share.mean), Figures.share(row.share.low),
                Figures.share(row.share.high), Figures.number(row.share.p, decimals: 3),
                ["above": "together", "below": "apart"][row.share.verdict.rawValue] ?? "chance",
            ])
        }
        return """
            Share of \(Figures.number(Double(kinds.first.count))) \(name) with one of \
            \(Figures.number(Double(kinds.second.count))) \(other):
            \(table.text)
            """
    }
}

/// What is done about borders, on the command line.
enum EdgeArgument: String, ExpressibleByArgument, CaseIterable {
    case none, border

    var correction: PointPattern.EdgeCorrection { self == .border ? .border : .none }
}

/// What chance is, on the command line.
enum ChanceArgument: String, ExpressibleByArgument, CaseIterable {
    case uniform, labels

    var chance: CoLocation.Chance { self == .labels ? .labels : .uniform }
}
