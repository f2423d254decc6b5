import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct HuffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "huff",
        abstract: "Tells how likely demand goes to each facility within reach.",
        discussion: """
            The probability of a facility is its attraction to the power of alpha over its
            distance to the power of beta, as a share of all within reach. The demand is
            written with facility_id and probability of the likeliest, distance_m,
            expected_distance_m, reached_count and reason; --loads has the facilities with
            expected_demand and expected_share, --flows one line a pair. --calibrate finds
            alpha and beta from observed flows, a table of from_id, to_id and flow, by
            maximum likelihood, with their standard errors. --contours draws where each
            facility's probability is at least so much, --areas where it is the likeliest.
            --uncertainty adds probability_low and probability_high, plus_minus_m of the
            distance and stability of the likeliest, and to --loads the range of what each
            facility may expect; alpha and beta count as exact.

            Example:
              clusteratlas huff municipalities --to universities --within 50km \\
                -o likely.geojson --loads expected.csv
            """)

    @Argument(help: ArgumentHelp("The layer that chooses.", valueName: "demand"))
    var demand: String

    @Option(help: ArgumentHelp("The layer of facilities.", valueName: "facilities"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "The field that says how attractive each facility is.", valueName: "field"))
    var attraction: String?

    @OptionGroup var counting: WeightOption

    @Option(help: ArgumentHelp("The exponent of attraction; 1 by default.", valueName: "number"))
    var alpha: Double?

    @Option(help: ArgumentHelp("The exponent of distance; 2 by default.", valueName: "number"))
    var beta: Double?

    @Option(
        help: ArgumentHelp(
            "A table of observed flows to find alpha and beta from.", valueName: "layer"))
    var calibrate: String?

    @Option(
        help: ArgumentHelp(
            "The greatest distance to a facility, for example 20km.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "The distance below which all count alike; 100m by default.", valueName: "distance"))
    var floor: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "Also write the facilities with what they may expect, to this file.",
            valueName: "file"))
    var loads: String?

    @Option(
        help: ArgumentHelp(
            "Also write who is likely to go where, to this file.", valueName: "file"))
    var flows: String?

    @Option(
        help: ArgumentHelp(
            "Leave pairs of a lesser probability out of --flows.", valueName: "share"))
    var least = 0.0

    @Option(
        help: UncertaintyArgument.help(of: "the demand and the facilities"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var drawing: HuffAreaOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs(
            [demand, to] + [calibrate, drawing.boundary].compactMap { $0 })
        try drawing.check(isLimited: within != nil)
        try OutputOptions.checkAlone([output.output, loads, flows] + drawing.files)
        if calibrate != nil, alpha != nil || beta != nil {
            throw ValidationError("--calibrate finds --alpha and --beta; leave them out")
        }
        if !(0...1).contains(least) { throw ValidationError("--least takes a share from 0 to 1") }
    }

    private func model(
        _ layer: FacilityLayer, _ alpha: Double, _ beta: Double, _ accuracy: PositionAccuracy?
    ) throws -> HuffModel {
        try HuffModel(
            to: layer, attractionField: attraction, alpha: alpha, beta: beta,
            within: within?.distance, floor: floor?.distance ?? .metres(100),
            weightField: counting.weight, accuracy: accuracy)
    }

    func run() async throws {
        let whole = try input.readAll(to)
        let layer = try FacilityLayer.all([whole])[0]
        var served = try TwofoldInput(demand, input)
        let observed = try calibrate.map { try input.readAll($0, isTable: true) }
        let outline = try drawing.boundary.map { try input.readBoundary($0) }
        let title = "choices of \(served.name) among \(layer.name)"
        var results = Results()
        try results.open(output.output, title, output)
        try results.open(loads, "what \(layer.name) may expect", output)
        try results.open(flows, "flows of \(title)", output)
        try drawing.open(&results, layer.name, output)
        let progress = ProgressLine("huff", quiet: input.quiet)
        var operation = try model(
            layer, alpha ?? 1, beta ?? 2, calibrate == nil ? uncertainty?.accuracy : nil)
        var calibration: HuffCalibration?
        if let calibrate, let observed {
            let table = try ObservedFlows(
                observed.batch, layer: InputOptions.title(of: calibrate))
            var parts: [HuffModel.Measured] = []
            let first = operation
            try await served.pass(tasks: effort.tasks) { batch in
                try first.measure(batch, layer: InputOptions.title(of: demand))
            } consume: {
                parts.append($0)
            }
            let found = try operation.calibrated(to: table, parts)
            operation = try model(
                layer, found.alpha ?? 1, found.beta, uncertainty?.accuracy)
            calibration = found
        }
        var opened = try served.again()
        var tally = HuffTally(of: operation)
        var pairs = 0
        let fitted = operation
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try fitted.measure(batch, layer: InputOptions.title(of: demand))
        } consume: { measured in
            tally.add(measured)
            try results.write(measured.batch, to: output.output)
            if let flows {
                let table = measured.flows(of: fitted, least: least, firstIndex: pairs)
                pairs += table.count
                try results.write(table, to: flows)
            }
            progress.update(features: tally.demandCount)
        }
        try served.check(opened.source.collection)
        progress.finish()
        if let loads { try results.write(tally.facilities(of: fitted), to: loads) }
        try await drawing.write(fitted, in: outline, to: &results, tasks: effort.tasks)
        tell(tally, fitted, opened)
        var provenance = input.provenance("huff")
        output.describe(in: &provenance)
        provenance.set("demand", opened.name)
        provenance.set("to", layer.name)
        provenance.set("attraction", attraction)
        provenance.set("weight", counting.weight)
        provenance.set("alpha", .double(fitted.alpha))
        provenance.set("beta", .double(fitted.beta))
        provenance.set("calibrate", observed?.name)
        provenance.set("within_m", within.map { .double($0.distance.metres) })
        provenance.set("uncertainty", uncertainty?.text)
        provenance.set("floor_m", .double(fitted.floor.metres))
        provenance.add(opened)
        provenance.add(whole)
        if let observed { provenance.add(observed) }
        drawing.describe(in: &provenance, outline)
        try results.finish(provenance)
        output.show(
            report(calibration) + table(tally, fitted, title) + results.arrows,
            quiet: input.quiet)
    }

    private func tell(_ tally: HuffTally, _ model: HuffModel, _ opened: InputOptions.Opened) {
        input.tell(opened.source.collection, of: demand)
        input.noteUncounted(
            unlocated: tally.unlocated, unweighted: tally.unweighted, weight: counting.weight,
            of: opened.name)
        input.noteRepresented(tally.represented, of: opened.name)
        input.noteAccuracies(tally.missingAccuracies + model.missingAccuracies, uncertainty)
        if tally.unreached > 0 {
            input.note(
                "\(Figures.count(tally.unreached, "feature")) of \(opened.name) with nothing "
                    + "attractive within reach")
        }
        if model.missingAttractions > 0, let attraction {
            input.note(
                "\(Figures.count(model.missingAttractions, "feature")) of \(model.facilities.name) "
                    + "without \(attraction), drawing nobody")
        }
    }

    private func report(_ found: HuffCalibration?) -> String {
        guard let found else { return "" }
        func exponent(_ name: String, _ value: Double?, _ error: Double?) -> String {
            guard let value, let error else { return "\(name) not told by the flows, taken as 1" }
            return "\(name) \(Figures.number(value, decimals: 3)) "
                + "± \(Figures.number(error, decimals: 3))"
        }
        var text =
            "Calibrated on \(Figures.number(found.total)) in "
            + "\(Figures.count(found.pairCount, "pair")):\n"
            + exponent("alpha", found.alpha, found.alphaError) + ", "
            + exponent("beta", found.beta, found.betaError) + "\n"
            + "log-likelihood \(Figures.number(found.logLikelihood, decimals: 1)), McFadden's R² "
            + "\(Figures.number(found.pseudoR2, decimals: 3)), R² of flows "
            + "\(Figures.number(found.r2, decimals: 3))\n"
            + "misplaced \(Figures.share(found.misplacedShare)), standardised error "
            + "\(Figures.number(found.standardisedError, decimals: 3))\n"
        if found.unused > 0 {
            text += "not used: \(Figures.number(found.unused)), with ends unknown or out of reach\n"
        }
        return text
    }

    /// How many facilities the table shows.
    private static let shown = 10

    private func table(_ tally: HuffTally, _ model: HuffModel, _ title: String) -> String {
        var columns: [(header: String, alignment: Table.Alignment)] = [
            ("facility", .whole), ("name", .left), ("expected", .right), ("share", .right),
            ("mean km", .right), ("likeliest for", .right),
        ]
        if uncertainty != nil { columns.insert(("range", .right), at: 4) }
        var table = Table(columns)
        let facilities = tally.facilities(of: model)
        let rows = tally.expected.indices.sorted {
            (-tally.expected[$0], $0) < (-tally.expected[$1], $1)
        }
        for row in rows.prefix(Self.shown) {
            var cells = [
                model.facilities.ids[row], model.facilities.names[row] ?? "",
                Figures.number(tally.expected[row]),
                Figures.share(facilities["expected_share"]?.number(row)),
                Figures.kilometres(facilities["mean_distance_m"]?.number(row)),
                Figures.number(Double(tally.likeliest[row])),
            ]
            if uncertainty != nil {
                let low = facilities["expected_share_low"]?.number(row)
                let high = facilities["expected_share_high"]?.number(row)
                cells.insert(Figures.range(low, high), at: 4)
            }
            table.add(cells)
        }
        let more = rows.count - Self.shown
        return "\(title), alpha \(Figures.number(model.alpha, decimals: 2)), "
            + "beta \(Figures.number(model.beta, decimals: 2)):\n" + table.text
            + (more > 0 ? "and \(more) more\n" : "")
            + (uncertainty == nil ? "" : Figures.fragile(tally.fragile))
    }
}
