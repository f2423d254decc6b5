import Analysis
import ArgumentParser
import Features
import Formats
import Siting

struct SitesScreenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screen",
        abstract: "Rejects candidates that fail a rule, and counts why.",
        discussion: """
            Rules stand in a YAML file, one after a dash, and may have a name:
              - distance: stations      to the nearest of a layer; min, max: 5km
              - within: provinces       in the polygons of a layer
              - outside: flood.shp      not in them, nor on their border
              - where: slope <= 15      a condition, as convert has it
              - attribute: slope        a number of the candidates; min, max
              - count: universities     how many within radius: 10km; min, max
              - sum: municipalities     of: population, within radius: 10km; min, max
              - area:                   of the candidates themselves; min, max: 2ha
              - quota: 3                at the end: the best 3 of each group
            only: and a condition takes some features of a layer. A quota has group: and a
            field, or areas: and a layer, and best: and a field with order: max or min.

            The table tells how many candidates come to each rule, how many it rejects,
            how many no other rule rejects (alone), and how many of those would come back
            if it were relaxed by a tenth. With --explain all candidates are written, with
            passes, failed_rule (the first in the order of the file), measured and reason.

            Example:
              clusteratlas sites screen universities --rules rules.yaml -o left.geojson
            """)

    @Argument(help: ArgumentHelp("The layer of candidates.", valueName: "candidates"))
    var candidates: String

    @Option(help: ArgumentHelp("The YAML file of the rules.", valueName: "file"))
    var rules: String

    @Flag(help: "Write all candidates, and which rule each fails.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            "By how many percent rules are relaxed to tell what that brings back.",
            valueName: "percent"))
    var relax = 10

    @Flag(help: "Print the funnel as JSON: one object.")
    var json = false

    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var effort: EffortOptions

    func validate() throws {
        try InputOptions.checkInputs([candidates, rules])
        if !(1...100).contains(relax) {
            throw ValidationError("--relax takes 1 to 100 percent, not \(relax)")
        }
        if json, output.isStandardOutput {
            throw ValidationError(
                "only one result can go to standard output; give a file with -o")
        }
    }

    func run() async throws {
        let file = try RulesFile(rules, input)
        let screening = try Screening(file.rules, quotas: file.quotas, relaxation: relax)
        var funnel = ScreeningFunnel(of: screening)
        let title = InputOptions.title(of: candidates)
        let progress = ProgressLine("screen", quiet: input.quiet)
        var decision: ScreeningDecision?
        var opened: InputOptions.Opened
        var twofold: TwofoldInput?
        if screening.quotas.isEmpty {
            opened = try input.open(candidates)
        } else {
            // Quotas choose once all candidates are known; these are then read again.
            var first = try TwofoldInput(candidates, input)
            try await first.pass(tasks: effort.tasks) { batch in
                try screening.judge(batch, layer: title)
            } consume: { judged in
                funnel.add(judged)
                progress.update(features: funnel.candidates)
            }
            decision = funnel.decision
            opened = try first.again()
            twofold = first
        }
        let layer = opened.name
        var collection = opened.source.collection
        collection.name = "\(layer) screened"
        var sink = try output.open(collection)
        let explains = explain
        let decided = decision
        var written = 0
        try await OrderedFlow.run(&opened.source, tasks: effort.tasks) { batch in
            let judged = try screening.judge(batch, layer: title)
            let result =
                try explains
                ? screening.explained(judged, decided) : screening.passing(judged, decided)
            return (judged, result)
        } consume: { (judged: Screening.Judged, result: FeatureBatch) in
            if decided == nil { funnel.add(judged) }
            var result = result
            result.firstIndex = written
            written += result.count
            try sink.write(result)
            progress.update(features: decided == nil ? funnel.candidates : written)
        }
        progress.finish()
        input.tell(opened.source.collection, of: candidates)
        try twofold?.check(opened.source.collection)
        input.noteRepresented(funnel.represented, of: layer)
        if funnel.unlocated > 0 {
            input.note(
                "\(Figures.count(funnel.unlocated, "feature")) of \(layer) without a place, which "
                    + "no rule of places passes")
        }
        collection.inputs = opened.source.collection.inputs
        try sink.finish(provenance(opened, file).of(collection))
        show(ScreeningTable(screening: screening, funnel: funnel), layer)
    }

    private func show(_ table: ScreeningTable, _ layer: String) {
        if json {
            Terminal.print(table.json)
            return
        }
        var text = "Screening of \(layer):\n" + table.text
        if !output.isStandardOutput { text += "→ \(output.output)\n" }
        output.show(text, quiet: input.quiet)
    }

    private func provenance(_ opened: InputOptions.Opened, _ file: RulesFile) -> Provenance {
        var provenance = input.provenance("sites screen")
        output.describe(in: &provenance)
        provenance.set("candidates", opened.name)
        provenance.set("rules", .json(file.json.text))
        if explain { provenance.set("explain", .bool(true)) }
        provenance.add(opened)
        for layer in file.layers { provenance.add(layer) }
        return provenance
    }
}
