import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct DensityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "density",
        abstract: "Draws how densely places lie, as areas of a surface.",
        discussion: """
            Each place is spread over its surroundings (kernel density). An area is the
            smallest that holds a share of all: with 50, half of it lies where the density
            is at least density_per_km2. The areas lie within each other.

            Example:
              clusteratlas concentration density universities --bandwidth 15km \\
                -o density.geojson
            """)

    @Argument(help: ArgumentHelp("The layer.", valueName: "layer"))
    var layer: String

    @Option(help: ArgumentHelp("How far a place is spread.", valueName: "distance"))
    var bandwidth: DistanceArgument

    @Option(
        help: ArgumentHelp(
            "How a place is spread: quartic, epanechnikov or gaussian.", valueName: "kernel"),
        transform: Self.kernel(_:))
    var kernel: KernelDensity.Kernel = .quartic

    @Option(
        help: ArgumentHelp(
            "The field that says how much a place counts.", valueName: "field"))
    var weight: String?

    @Option(
        help: ArgumentHelp(
            "The shares in percent, with commas; 25,50,75,95 by default.", valueName: "shares"),
        transform: Self.shares(_:))
    var holding: [Double] = [25, 50, 75, 95]

    @Option(
        help: ArgumentHelp(
            "How far the nodes of the surface lie apart; an eighth of the bandwidth by default.",
            valueName: "distance"))
    var cell: DistanceArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    private static func kernel(_ name: String) throws -> KernelDensity.Kernel {
        if let kernel = KernelDensity.Kernel(rawValue: name) { return kernel }
        let names = KernelDensity.Kernel.allCases.map(\.rawValue)
        throw ValidationError(
            "there is no kernel \"\(name)\"; the kernels are \(names.joined(separator: ", "))")
    }

    private static func shares(_ text: String) throws -> [Double] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0)
        }
        let shares = parts.compactMap { $0 }.filter { $0 > 0 && $0 <= 100 }
        guard !shares.isEmpty, shares.count == parts.count else {
            throw ValidationError("shares are above 0 and at most 100, with commas: 25,50,75")
        }
        return Set(shares).sorted()
    }

    func run() async throws {
        let whole = try input.readAll(layer)
        let amounts = try DemandWeights(of: whole.batch, field: weight, layer: whole.title)
        let places = try ValuedPlaces(of: whole.batch, layer: whole.title, field: nil)
        input.noteUncounted(
            unlocated: places.unlocated, unweighted: amounts.missing, weight: weight,
            of: whole.name)
        input.noteRepresented(places.represented, of: whole.name)
        let info = CollectionInfo(name: "density of \(whole.name)")
        var sink = try output.open(info)
        let weights = places.rows.map { amounts.values[$0] }
        let density = try KernelDensity(
            of: places.places, weights: weights, bandwidth: bandwidth.distance, kernel: kernel)
        let step = cell?.distance ?? .metres(bandwidth.distance.metres / 8)
        let surface = try await DensitySurface(
            of: density, around: places.places, cell: step, tasks: effort.tasks)
        let areas = try DensityAreas(
            of: surface, density, places: places.places, weights: weights,
            holding: holding.map { $0 / 100 })
        if areas.rows.isEmpty { input.note("there is nothing to draw") }
        try sink.write(areas.features)
        var provenance = input.provenance("concentration density")
        output.describe(in: &provenance)
        provenance.set("layer", whole.name)
        provenance.set("bandwidth_m", .double(bandwidth.distance.metres))
        provenance.set("kernel", kernel.rawValue)
        provenance.set("weight", weight)
        provenance.set("holding", holding.map { JSONText.number($0) }.joined(separator: ","))
        provenance.set("cell_m", .double(step.metres))
        provenance.add(whole)
        try sink.finish(provenance.of(info))
        output.show(table(areas, whole.name), quiet: input.quiet)
    }

    private func table(_ areas: DensityAreas, _ layer: String) -> String {
        var table = Table([
            ("share", .right), ("per km²", .right), ("area km²", .right), ("parts", .right),
            ("places", .right),
        ])
        for row in areas.rows {
            table.add([
                Figures.plain(row.share * 100) + " %", Figures.significant(row.density),
                Figures.number(row.areaKM2), Figures.number(Double(row.parts)),
                Figures.number(Double(row.places)),
            ])
        }
        return "Density of \(layer), \(kernel.rawValue) over \(bandwidth.distance):\n" + table.text
            + (output.isStandardOutput ? "" : "→ \(output.output)\n")
    }
}
