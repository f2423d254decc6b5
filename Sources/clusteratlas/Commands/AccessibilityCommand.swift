import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct AccessibilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accessibility",
        abstract: "Tells how much supply each place of demand can reach.",
        discussion: """
            The demand is written with access, reached_count and, where there is no
            access, access_reason; with --loads the facilities with capacity, load,
            supply_ratio and crowding. The methods:
              cumulative  the supply within the distance (Wachs and Kumagai 1973)
              gravity     the same, less with distance (Hansen 1959)
              2sfca       supply shared with all that reach it (Luo and Wang 2003)
              e2sfca      the same, less with distance (Luo and Qi 2009)
              g2sfca      with a Gaussian, 0 at the limit (Dai 2010)
              kd2sfca     with Epanechnikov's kernel (Dai and Wang 2011)
              3sfca       demand chooses among facilities (Wan et al. 2012)
              m2sfca      far supply is partly unused (Delamater 2013)
              bfca        nobody counts twice (Paez et al. 2019)
              raam        what it costs, when all choose (Saxon and Snow 2020)
            A --decay is gaussian:10km, gaussian-to-zero:20km, exponential:5km,
            steps:5km=1,10km=0.68,20km=0.22, power:2, log-logistic:10km:3,
            epanechnikov:20km or binary; each method has one of its own.
            --uncertainty adds between what the access truly lies, access_low and
            access_high, and to --loads load_low and load_high. Of raam they are what
            39 draws of the positions came to, which hold the truth in 95 of 100 cases.

            Example:
              clusteratlas accessibility universities --to clusters --method g2sfca \\
                --within 20km -o access.geojson
            """)

    @Argument(help: ArgumentHelp("The layer that is served.", valueName: "demand"))
    var demand: String

    @Option(help: ArgumentHelp("The layer of facilities.", valueName: "supply"))
    var to: String

    @Option(help: ArgumentHelp("How access is worked out.", valueName: "method"))
    var method: MethodArgument = .formula(.twoStep)

    @Option(
        help: ArgumentHelp(
            "The greatest distance; a facility exactly at it counts.", valueName: "distance"))
    var within: DistanceArgument

    @Option(
        help: ArgumentHelp("How much less a facility counts with distance.", valueName: "decay"),
        transform: DistanceDecay.argument(_:))
    var decay: DistanceDecay?

    @OptionGroup var counting: WeightOption

    @Option(
        help: ArgumentHelp(
            "The field that says how much each facility offers.", valueName: "field"))
    var supply: String?

    @Option(
        help: ArgumentHelp(
            "Of raam: the way one would go to avoid the usual crowd; 10km by default.",
            valueName: "distance"))
    var tau: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "Also write the facilities with what they carry, to this file.", valueName: "file"))
    var loads: String?

    @Option(
        help: UncertaintyArgument.help(of: "the demand and the facilities"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([demand, to])
        try output.checkAlone(beside: loads)
        switch method {
        case .formula:
            if tau != nil { throw ValidationError("--tau is for --method raam") }
        case .rationalAgents:
            if decay != nil { throw ValidationError("raam takes --tau, not --decay") }
            if counting.weight == nil {
                throw ValidationError("raam moves whole persons; name their field with --weight")
            }
        }
    }

    func run() async throws {
        let whole = try input.readAll(to)
        let layer = try FacilityLayer.all([whole])[0]
        var served = try TwofoldInput(demand, input)
        let name = served.name
        var result = CollectionInfo(name: "accessibility of \(layer.name) to \(name)")
        let facilities = CollectionInfo(name: "loads of \(layer.name)")
        // All outputs are opened before the work begins, so that what cannot be written is said
        // at once.
        var sink = try output.open(result)
        var loadsSink = try loads.map { try output.open($0, facilities) }
        var work = Work(result: result, decay: nil, missingCapacities: 0)
        switch method {
        case .formula(let formula):
            try await measure(formula, layer, &served, &sink, &loadsSink, &work)
        case .rationalAgents: try await search(layer, &served, &sink, &loadsSink, &work)
        }
        result.foreignMembers = work.result.foreignMembers
        tell(work, name, layer.name)
        var provenance = input.provenance("accessibility")
        output.describe(in: &provenance)
        provenance.set("demand", name)
        provenance.set("to", layer.name)
        provenance.set("method", method.name)
        provenance.set("within_m", .double(within.distance.metres))
        provenance.set("decay", work.decay?.description)
        provenance.set("tau_m", work.tau.map { .double($0.metres) })
        provenance.set("weight", counting.weight)
        provenance.set("supply", supply)
        provenance.set("uncertainty", uncertainty?.text)
        provenance.add(work.result.inputs)
        provenance.catalogueVersion = work.catalogueVersion
        provenance.add(whole)
        try loadsSink?.finish(provenance.of(facilities))
        try sink.finish(provenance.of(result))
        output.show(table(work, name, layer.name), quiet: input.quiet)
    }

    /// What comes of either kind of method.
    private struct Work {
        /// What is said of the demand.
        var result: CollectionInfo
        var decay: DistanceDecay?
        var missingCapacities: Int
        var missingAccuracies = 0
        var tau: Distance?
        var tally = AccessibilityTally()
        var catalogueVersion: String?
    }

    private func measure(
        _ formula: AccessibilityMethod, _ layer: FacilityLayer, _ served: inout TwofoldInput,
        _ sink: inout any FeatureSink, _ loadsSink: inout (any FeatureSink)?, _ work: inout Work
    ) async throws {
        let operation = try Accessibility(
            to: layer, method: formula, within: within.distance, decay: decay,
            weightField: counting.weight, capacityField: supply,
            accuracy: uncertainty?.accuracy)
        let title = InputOptions.title(of: demand)
        let progress = ProgressLine("adding up demand", quiet: input.quiet)
        defer { progress.finish() }
        var total: AccessibilityLoads?
        if formula.sharesSupply || loadsSink != nil {
            var loads = AccessibilityLoads(of: operation)
            try await served.pass(tasks: effort.tasks) { batch in
                (loads: try operation.loads(of: batch, layer: title), count: batch.count)
            } consume: { part in
                loads.add(part.loads)
                progress.update(features: part.count)
            }
            total = loads
            try loadsSink?.write(operation.facilities(under: loads))
        }
        progress.begin("accessibility")
        var opened = try served.again()
        let loads = total
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.scores(of: batch, layer: title, under: loads)
        } consume: { scored in
            work.tally.add(scored)
            try sink.write(scored.batch)
            progress.update(features: work.tally.demandCount)
        }
        try served.check(opened.source.collection)
        work.result = opened.source.collection
        work.catalogueVersion = opened.catalogueVersion
        work.decay = operation.decay
        work.missingCapacities = operation.missingCapacities
        work.missingAccuracies = operation.missingAccuracies + work.tally.missingAccuracies
    }

    private func search(
        _ layer: FacilityLayer, _ served: inout TwofoldInput, _ sink: inout any FeatureSink,
        _ loadsSink: inout (any FeatureSink)?, _ work: inout Work
    ) async throws {
        let operation = try RationalAgentModel(
            to: layer, within: within.distance, tau: tau?.distance ?? .kilometres(10),
            weightField: counting.weight ?? "", capacityField: supply,
            accuracy: uncertainty?.accuracy)
        let title = InputOptions.title(of: demand)
        let progress = ProgressLine("accessibility", quiet: input.quiet)
        defer { progress.finish() }
        var opened = try served.again()
        var parts: [RationalAgentModel.Part] = []
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.part(of: batch, layer: title)
        } consume: {
            parts.append($0)
        }
        let solution = try await operation.solve(parts, tasks: effort.tasks)
        for batch in solution.batches { try sink.write(batch) }
        try loadsSink?.write(operation.facilities(under: solution))
        work.tally = solution.tally
        work.result = opened.source.collection
        work.catalogueVersion = opened.catalogueVersion
        work.tau = operation.tau
        work.missingAccuracies = solution.missingAccuracies
        work.missingCapacities = operation.missingCapacities
    }

    private func tell(_ work: Work, _ name: String, _ layer: String) {
        input.tell(work.result, of: demand)
        input.noteUncounted(
            unlocated: work.tally.unlocated, unweighted: work.tally.unweighted,
            weight: counting.weight,
            of: name)
        input.noteRepresented(work.tally.represented, of: name)
        input.noteAccuracies(work.missingAccuracies, uncertainty)
        if work.missingCapacities > 0, let supply {
            input.note(
                "\(Figures.count(work.missingCapacities, "feature")) of \(layer) without \(supply), "
                    + "counted as 0")
        }
    }

    private func table(_ work: Work, _ name: String, _ layer: String) -> String {
        var table = Table([
            ("demand", .right), ("mean", .right), ("median", .right), ("least", .right),
            ("greatest", .right), ("without", .right), ("share", .right), ("Gini", .right),
        ])
        let summary = work.tally.summary()
        func figure(_ value: Double?) -> String { value.map { Figures.significant($0) } ?? "–" }
        table.add([
            Figures.number(Double(work.tally.demandCount)), figure(summary?.mean),
            figure(summary?.median), figure(summary?.least), figure(summary?.greatest),
            Figures.number(Double(work.tally.zeroCount)), Figures.share(summary?.zeroShare),
            summary?.gini.map { Figures.number($0, decimals: 3) } ?? "–",
        ])
        let title =
            switch method {
            case .formula(let formula): "\(formula.title), \(work.decay?.description ?? "")"
            case .rationalAgents: "rational agents, less is better, tau \(work.tau?.label ?? "")"
            }
        var text =
            "Access of \(name) to \(layer) within \(within.distance.label)\n(\(title)):\n"
            + table.text
        if let range = work.tally.meanRange {
            text +=
                work.tau == nil
                ? "Within the accuracy of positions the mean is "
                : "In draws of the positions within their accuracy the mean is "
            text +=
                range.high.isFinite
                ? "\(figure(range.low))–\(figure(range.high))\n"
                : "at least \(figure(range.low))\n"
        }
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        if let loads, loads != "-" { text += "→ \(loads)\n" }
        return text
    }
}
