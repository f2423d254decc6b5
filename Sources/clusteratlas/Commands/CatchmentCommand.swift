import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct CatchmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catchment",
        abstract: "Draws to which facility each place is nearest.",
        discussion: """
            The catchments tile the boundary: area_km2, and with --demand also
            demand_count, demand_weight, mean_distance_m and max_distance_m. Demand is
            assigned by its distances, never by the drawing. --uncertainty adds to the
            --demand-output plus_minus_m and whether the facility is stable or fragile
            within the accuracy of positions. With --multiplicative a place belongs to the
            facility of the least distance divided by weight; areas may then lie within
            each other.

            Example:
              clusteratlas catchment clusters --demand universities -o catchments.geojson
            """)

    @Argument(help: ArgumentHelp("The layer whose catchments are drawn.", valueName: "facilities"))
    var facilities: String

    @Option(help: ArgumentHelp("The layer that is assigned.", valueName: "layer"))
    var demand: String?

    @OptionGroup var counting: WeightOption

    @Option(
        help: ArgumentHelp(
            "A layer of polygons to divide; the convex surroundings by default.",
            valueName: "layer"))
    var boundary: String?

    @Option(
        help: ArgumentHelp(
            "The greatest distance to a facility, for example 20km.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "The facilities' field of weights by which distances are divided.",
            valueName: "field"))
    var multiplicative: String?

    @Option(
        help: ArgumentHelp(
            "Also write the demand with its facility, to this file.", valueName: "file"))
    var demandOutput: String?

    @Option(
        help: UncertaintyArgument.help(of: "the demand and the facilities"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([facilities] + [demand, boundary].compactMap { $0 })
        if demand == nil, counting.weight != nil || demandOutput != nil || uncertainty != nil {
            throw ValidationError(
                "--weight, --demand-output and --uncertainty need a --demand layer")
        }
        if multiplicative != nil, within != nil {
            throw ValidationError("--multiplicative takes no --within")
        }
        try output.checkAlone(beside: demandOutput)
    }

    func run() async throws {
        let whole = try input.readAll(facilities)
        let layer = try FacilityLayer.all([whole])[0]
        let operation = try Catchment(
            of: layer, within: within?.distance, weightField: counting.weight,
            accuracy: uncertainty?.accuracy, dividingBy: multiplicative)
        if let multiplicative, operation.missingDivisors > 0 {
            input.note(
                "\(Figures.count(operation.missingDivisors, "feature")) of \(layer.name) without "
                    + "\(multiplicative), no catchment")
        }
        input.noteRepresented(operation.representedFacilities, of: layer.name)
        let outline = try boundary.map { try input.readBoundary($0) }
        let region = outline.map { Shape.collection($0.batch.geometry.shapes.compactMap { $0 }) }
        // The output is opened before the work begins, so that what cannot be written is said at
        // once.
        let info = CollectionInfo(name: "catchments of \(layer.name)")
        var sink = try output.open(info)
        let progress = ProgressLine("catchment", quiet: input.quiet)
        var opened = try demand.map { try input.open($0) }
        var demandSink = try demandOutput.map {
            try output.open($0, opened?.source.collection ?? CollectionInfo())
        }
        let tally = try await assign(operation, progress, &opened, &demandSink)
        if region == nil {
            input.note(
                "no --boundary: what is divided is the convex surroundings of the input")
        }
        progress.begin("drawing catchments")
        let areas = try operation.areas(dividing: region, tally)
        progress.finish()
        try sink.write(areas)
        var provenance = input.provenance("catchment")
        output.describe(in: &provenance)
        provenance.set("facilities", layer.name)
        provenance.set("demand", opened?.name)
        provenance.set("weight", counting.weight)
        provenance.set("boundary", outline?.name)
        provenance.set("multiplicative", multiplicative)
        provenance.set("uncertainty", uncertainty?.text)
        provenance.set("within_m", within.map { .double($0.distance.metres) })
        provenance.add(whole)
        if let opened { provenance.add(opened) }
        if let outline { provenance.add(outline) }
        if let opened { try demandSink?.finish(provenance.of(opened.source.collection)) }
        try sink.finish(provenance.of(info))
        output.show(table(areas, layer, tally), quiet: input.quiet)
    }

    private func assign(
        _ operation: Catchment, _ progress: ProgressLine, _ layer: inout InputOptions.Opened?,
        _ sink: inout (any FeatureSink)?
    ) async throws -> CatchmentTally? {
        guard let demand, var opened = layer else { return nil }
        let name = opened.name
        var written = sink
        var tally = CatchmentTally(of: operation)
        var count = 0
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.assign(batch, layer: InputOptions.title(of: demand))
        } consume: { assigned in
            try tally.add(assigned)
            try written?.write(assigned.batch)
            count += assigned.batch.count
            progress.update(features: count)
        }
        layer = opened
        sink = written
        input.tell(opened.source.collection, of: demand)
        input.noteUncounted(
            unlocated: tally.unlocated, unweighted: tally.unweighted, weight: counting.weight,
            of: name)
        input.noteRepresented(tally.represented, of: name)
        input.noteAccuracies(
            tally.missingAccuracies + operation.missingAccuracies, uncertainty)
        return tally
    }

    private func table(
        _ areas: FeatureBatch, _ layer: FacilityLayer, _ tally: CatchmentTally?
    ) -> String {
        var columns: [(header: String, alignment: Table.Alignment)] = [
            ("facility", .whole), ("name", .left), ("area km²", .right),
        ]
        if tally != nil {
            columns += [("demand", .right), ("mean km", .right), ("max km", .right)]
            if counting.weight != nil { columns.insert(("weight", .right), at: 4) }
        }
        var table = Table(columns)
        for facility in 0..<layer.count {
            var cells = [
                layer.ids[facility], layer.names[facility] ?? "",
                areas["area_km2"]?.number(facility).map { Figures.number($0) } ?? "–",
            ]
            if let tally {
                cells.append(Figures.number(Double(tally.counts[facility])))
                if counting.weight != nil { cells.append(Figures.number(tally.weights[facility])) }
                cells.append(Figures.kilometres(tally.meanDistance(facility)))
                cells.append(Figures.kilometres(tally.maxDistance(facility)))
            }
            table.add(cells)
        }
        var text = table.text
        if let tally, tally.unassigned > 0 {
            text +=
                "Beyond the limit of any facility: \(Figures.count(tally.unassigned, "feature")) of the demand\n"
        }
        if let tally, uncertainty != nil {
            text += Figures.fragile(tally.fragile)
        }
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        if let demandOutput, demandOutput != "-" { text += "→ \(demandOutput)\n" }
        return text
    }
}
