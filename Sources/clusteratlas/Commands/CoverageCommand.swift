import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Tells which demand lies within given distances of facilities.",
        discussion: """
            Writes the area within each distance, dissolved, with demand_count,
            covered_count, covered_share, covered_weight and covered_weight_share. With
            --demand-output the demand itself is written with nearest_m and
            covered_<distance>.

            --depth tells what one, two, and three or more facilities cover; --gaps what is
            left of the boundary, ranked by the demand in it, with the best single place
            for one facility more; --group what is covered of each group of the demand,
            and how unequal their distances to the nearest are. --uncertainty adds between
            which distances the nearest lies, whether covered or not is stable or fragile
            within the accuracy of positions, and a range to each share. --by-facility has
            what each facility covers, and what no other does.

            Example:
              clusteratlas coverage universities --by clusters --within 5km,10km,20km \\
                -o coverage.geojson
            """)

    @Argument(help: ArgumentHelp("The layer to be covered.", valueName: "demand"))
    var demand: String

    @Option(help: ArgumentHelp("The layer that covers.", valueName: "facilities"))
    var by: String

    @Option(
        help: ArgumentHelp(
            "Distances with commas between them: 5km,10km,20km.", valueName: "distances"))
    var within: DistanceList

    @OptionGroup var counting: WeightOption

    @Option(
        help: ArgumentHelp(
            "Also write the demand with what covers it, to this file.", valueName: "file"))
    var demandOutput: String?

    @Flag(help: "The demand is zones, of which the share counts that lies within, by area.")
    var zones = false

    @OptionGroup var land: DasymetricOptions

    @Option(
        help: ArgumentHelp(
            "Also write the areas covered by 1, 2 and 3 or more facilities, to this file.",
            valueName: "file"))
    var depth: String?

    @Option(
        help: ArgumentHelp(
            "Also write the area around each facility with what it covers, to this file.",
            valueName: "file"))
    var byFacility: String?

    @Option(
        help: ArgumentHelp(
            "Also write what is left uncovered, ranked by its demand, to this file.",
            valueName: "file"))
    var gaps: String?

    @Option(
        help: ArgumentHelp(
            "The polygons in which gaps are sought; the convex surroundings by default.",
            valueName: "layer"))
    var boundary: String?

    @Option(
        help: ArgumentHelp(
            "The field of the demand that tells groups apart: province.", valueName: "field"))
    var group: String?

    @Option(
        help: ArgumentHelp(
            "Also write the cross table of groups and distances, to this file.",
            valueName: "file"))
    var groupOutput: String?

    @Option(
        help: UncertaintyArgument.help(of: "the demand and the facilities"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([demand, by] + [boundary, land.dasymetric].compactMap { $0 })
        try output.checkAlone(beside: demandOutput, depth, byFacility, gaps, groupOutput)
        try land.check(isZones: zones, isWeighted: counting.weight != nil)
        let others: [Any?] = [depth, byFacility, gaps]
        if zones, others.contains(where: { $0 != nil }) {
            throw ValidationError(
                "--zones goes with neither --depth nor --by-facility nor --gaps")
        }
        if boundary != nil, gaps == nil {
            throw ValidationError("--boundary is for --gaps; name a file for the gaps")
        }
        if groupOutput != nil, group == nil {
            throw ValidationError("--group-output needs a --group field")
        }
    }

    /// What the demand adds up to in all the ways that were asked for.
    struct Tallies {
        var total: CoverageTally
        var depth: CoverageDepthTally?
        var facilities: CoverageByFacility?
        var gaps: CoverageGaps?
        var groups: CoverageGroups?

        mutating func add(
            _ measured: Coverage.Measured, _ part: CoverageByFacility.Part?
        ) throws {
            total.add(measured)
            if let part { facilities?.add(part) }
            depth?.add(measured)
            try gaps?.add(measured)
            groups?.add(measured)
        }
    }

    func run() async throws {
        if zones { return try await runZones() }
        let whole = try input.readAll(by)
        let facilities = try FacilityLayer.all([whole])[0]
        let operation = try Coverage(
            by: facilities, within: within.distances, weightField: counting.weight,
            groupField: group,
            countsDepth: depth != nil, accuracy: uncertainty?.accuracy)
        let outline = try boundary.map { try input.readBoundary($0) }
        let region = outline.map { Shape.collection($0.batch.geometry.shapes.compactMap { $0 }) }
        var opened = try input.open(demand)
        let layer = opened.name
        var collection = opened.source.collection
        // All outputs are opened before the work begins, so that what cannot be written is said
        // at once.
        var results = Results()
        let title = "coverage of \(layer) by \(facilities.name)"
        try results.open(output.output, title, output)
        try results.open(depth, "depth of \(title)", output)
        try results.open(byFacility, "\(title), by facility", output)
        try results.open(gaps, "gaps in \(title)", output)
        try results.open(groupOutput, "\(title), by group", output)
        var demandSink = try demandOutput.map { try output.open($0, collection) }
        let each = byFacility.map { _ in CoverageByFacility(of: operation) }
        var tallies = Tallies(
            total: CoverageTally(of: operation),
            depth: depth.map { _ in CoverageDepthTally(of: operation) },
            facilities: each, gaps: gaps.map { _ in CoverageGaps(of: operation) },
            groups: group.map { _ in CoverageGroups(of: operation) })
        let progress = ProgressLine("coverage", quiet: input.quiet)
        let forSums = demandOutput == nil
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            let measured = try operation.measure(
                batch, layer: InputOptions.title(of: demand), forSums: forSums)
            return (measured: measured, part: try each?.part(of: measured))
        } consume: {
            try tallies.add($0.measured, $0.part)
            try demandSink?.write($0.measured.batch)
            progress.update(features: tallies.total.demandCount)
        }
        progress.begin("drawing areas")
        let areas = try operation.areas(tallies.total) { progress.update(step: $0, of: $1) }
        try results.write(areas, to: output.output)
        if let depth { try results.write(operation.depthAreas(tallies.depth), to: depth) }
        if let byFacility, let all = tallies.facilities {
            try results.write(all.areas(), to: byFacility)
        }
        var open: FeatureBatch?
        if let gaps {
            let drawn = try tallies.gaps?.areas(of: region)
            open = drawn
            if let drawn { try results.write(drawn, to: gaps) }
        }
        if let groupOutput, let groups = tallies.groups {
            try results.write(groups.table(), to: groupOutput)
        }
        progress.finish()
        input.tell(opened.source.collection, of: demand)
        note(tallies, layer, missing: operation.missingAccuracies)
        collection = opened.source.collection
        let provenance = provenance(opened, whole, outline)
        try demandSink?.finish(provenance.of(collection))
        try results.finish(provenance)
        output.show(
            report(tallies, areas, open, "\(layer) covered by \(facilities.name)"),
            quiet: input.quiet)
    }

    private func provenance(
        _ opened: InputOptions.Opened, _ whole: InputOptions.Whole, _ outline: InputOptions.Whole?
    ) -> Provenance {
        var provenance = input.provenance("coverage")
        output.describe(in: &provenance)
        provenance.set("demand", opened.name)
        provenance.set("by", whole.name)
        let metres = within.distances.sorted().map { JSONText.number($0.metres) }
        provenance.set("within_m", .json("[\(metres.joined(separator: ","))]"))
        provenance.set("weight", counting.weight)
        provenance.set("group", group)
        provenance.set("uncertainty", uncertainty?.text)
        provenance.set("boundary", outline?.name)
        provenance.add(opened)
        provenance.add(whole)
        if let outline { provenance.add(outline) }
        return provenance
    }

    private func note(_ tallies: Tallies, _ layer: String, missing: Int) {
        let tally = tallies.total
        input.noteUncounted(
            unlocated: tally.unlocated, unweighted: tally.unweighted, weight: counting.weight,
            of: layer)
        if tally.unreached > 0 {
            input.note(
                "\(Figures.count(tally.unreached, "feature")) of \(layer) from which no facility is "
                    + "reached, not covered")
        }
        input.noteRepresented(tally.represented, of: layer)
        input.noteAccuracies(tally.missingAccuracies + missing, uncertainty)
        guard let gaps = tallies.gaps else { return }
        if boundary == nil {
            input.note("no --boundary: gaps are sought in the convex surroundings of the input")
        }
        for (distance, count) in zip(tally.distances, gaps.outside) where count > 0 {
            input.note(
                "\(Figures.count(count, "feature")) of \(layer) not covered within "
                    + "\(distance.label) outside the boundary, in no gap")
        }
    }
}
