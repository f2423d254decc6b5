import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

struct AllocateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocate",
        abstract: "Sends demand to the nearest facilities that have room for it.",
        discussion: """
            As much of the demand as can be is served, and of all ways to do so the one of
            the least total of weight times distance. The demand is written with
            facility_id, distance_m, facility_count, served_weight and
            unserved_weight, and nearest_id and nearest_m, full or not; --loads has the
            facilities with capacity, load, load_share and distances, --flows one line a
            pair. --uncertainty adds plus_minus_m of distance_m, how far off the mean of
            the plan may be, and stability: stable where the same facilities serve as
            much of it wherever things truly lie.

            Example:
              clusteratlas allocate people.csv --to schools.csv --capacity seats \\
                --weight pupils --within 20km -o served.csv --loads schools-full.csv
            """)

    @Argument(help: ArgumentHelp("The layer that is served.", valueName: "demand"))
    var demand: String

    @Option(help: ArgumentHelp("The layer of facilities.", valueName: "facilities"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "The field that says how much each facility can serve.", valueName: "field"))
    var capacity: String

    @OptionGroup var counting: WeightOption

    @Option(
        help: ArgumentHelp(
            "The greatest distance to a facility, for example 20km.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "Also write the facilities with what they serve, to this file.", valueName: "file"))
    var loads: String?

    @Option(
        help: ArgumentHelp(
            "Also write who is served by whom, and how much, to this file.", valueName: "file"))
    var flows: String?

    @Option(
        help: UncertaintyArgument.help(of: "the demand and the facilities"))
    var uncertainty: UncertaintyArgument?

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([demand, to])
        try output.checkAlone(beside: loads, flows)
    }

    func run() async throws {
        let whole = try input.readAll(to)
        let layer = try FacilityLayer.all([whole])[0]
        let operation = try Allocation(
            to: layer, capacityField: capacity, within: within?.distance,
            weightField: counting.weight, accuracy: uncertainty?.accuracy)
        var opened = try input.open(demand)
        let name = opened.name
        let title = "\(name) served by \(layer.name)"
        var results = Results()
        try results.open(output.output, title, output)
        try results.open(loads, "loads of \(layer.name)", output)
        try results.open(flows, "flows of \(title)", output)
        let progress = ProgressLine("allocate", quiet: input.quiet)
        var parts: [Allocation.Part] = []
        var count = 0
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            try operation.part(of: batch, layer: InputOptions.title(of: demand))
        } consume: { part in
            parts.append(part)
            count += part.batch.count
            progress.update(features: count)
        }
        progress.begin("filling facilities")
        let solution = try operation.solve(parts)
        progress.finish()
        input.tell(opened.source.collection, of: demand)
        input.noteUncounted(
            unlocated: solution.unlocated, unweighted: solution.unweighted, weight: counting.weight,
            of: name)
        input.noteRepresented(solution.represented, of: name)
        input.noteAccuracies(
            solution.missingAccuracies + operation.missingAccuracies, uncertainty)
        if operation.missingCapacities > 0 {
            input.note(
                "\(Figures.count(operation.missingCapacities, "feature")) of \(layer.name) without "
                    + "\(capacity), counted as 0")
        }
        for batch in solution.demand { try results.write(batch, to: output.output) }
        if let loads { try results.write(solution.facilities, to: loads) }
        if let flows { try results.write(solution.flowTable, to: flows) }
        var provenance = input.provenance("allocate")
        output.describe(in: &provenance)
        provenance.set("demand", name)
        provenance.set("to", layer.name)
        provenance.set("capacity", capacity)
        provenance.set("weight", counting.weight)
        provenance.set("within_m", within.map { .double($0.distance.metres) })
        provenance.set("uncertainty", uncertainty?.text)
        provenance.add(opened)
        provenance.add(whole)
        try results.finish(provenance)
        output.show(
            table(solution, operation, title) + results.arrows, quiet: input.quiet)
    }

    private func table(
        _ solution: AllocationSolution, _ operation: Allocation, _ title: String
    ) -> String {
        var table = Table([
            ("", .left), (counting.weight ?? "demand", .right), ("share", .right),
            ("mean km", .right),
        ])
        func add(_ name: String, _ weight: Double, _ metres: Double?) {
            let share = solution.demandWeight > 0 ? weight / solution.demandWeight : nil
            table.add([
                name, Figures.number(weight), Figures.share(share), Figures.kilometres(metres),
            ])
        }
        add("served", solution.servedWeight, solution.meanDistance)
        add("unserved", max(0, solution.demandWeight - solution.servedWeight), nil)
        add("all to the nearest", solution.reachingWeight, solution.meanNearest)
        add("of that too much", solution.overfullWeight, nil)
        return """
            \(title), capacity \(Figures.number(operation.capacities.reduce(0, +))):
            \(table.text)The nearest rule would overfill \
            \(solution.overfullCount) of \(operation.facilities.count) facilities. \
            Split: \(Figures.count(solution.splitCount, "feature")).

            """ + range(solution)
    }

    /// Between what the mean distance truly lies, and who might be served otherwise, where that is
    /// asked.
    private func range(_ solution: AllocationSolution) -> String {
        guard let fragile = solution.fragileCount.map(Figures.fragile) else { return "" }
        guard let range = solution.meanRange else { return fragile }
        return "Within the accuracy of positions the mean of the served is "
            + "\(Figures.kilometres(range.low))–\(Figures.kilometres(range.high)) km.\n" + fragile
    }
}
