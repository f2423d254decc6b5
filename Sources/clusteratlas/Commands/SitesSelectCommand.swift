import Analysis
import ArgumentParser
import Features
import Formats
import Geometry
import Siting
import Studies

struct SitesSelectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Chooses sites among candidates for a demand.",
        discussion: """
            The models:
              p-median      p sites, least weighted distance to all demand
              p-center      p sites, least greatest distance of any demand
              lscp          the fewest sites with all demand within the distance
              backup-lscp   of these, the most demand within reach of two
              mclp          p sites with the most demand within the distance
              bacop1        p sites reaching all, the most demand by two
              bacop2        p sites, demand reached by one and by two weighed
              mexclp        p sites that are busy, most demand expected served
              uflp          any sites, least weighted distance and cost to open
              p-dispersion  p sites, the nearest two farthest apart
              max-sum-dispersion  p sites, greatest sum of their distances
              p-hub-median  p hubs by which flows go at least cost
              huff          p sites that draw most from competitors
            p-median, p-center, lscp, mclp, uflp and p-dispersion are solved and
            proven here. The others, and all with requirements such as --budget,
            are solved by CBC: apt-get install coinor-cbc.
            The chosen sites are written with demand_count, demand_weight, mean_cost
            and max_cost. The status is optimal, gap (near enough, as asked for),
            interrupted (the time was up), each with an honest bound, or infeasible.
            With --json: status, objective, bound, gap, chosen, assignment, unserved.

            Example:
              clusteratlas sites select --model p-median -p 5 \\
                --candidates innovation-cities --demand universities -o sites.geojson
            """)

    @Option(
        name: .customShort("p"),
        help: ArgumentHelp("How many sites, forced ones included.", valueName: "n"))
    var p: Int?

    @OptionGroup var question: SitesQuestion

    @Option(
        help: ArgumentHelp("Stop after so many seconds with the best found.", valueName: "s"))
    var timeLimit: Double?

    @Option(
        help: ArgumentHelp(
            "A gap to the bound that is near enough, for example 1%.", valueName: "part"),
        transform: Self.part(_:))
    var gap: Double?

    @Option(
        help: ArgumentHelp(
            "Also write a line from each demand to its site, to this file.", valueName: "file"))
    var allocations: String?

    @Option(
        help: ArgumentHelp(
            "Also write the area that each site serves, to this file.", valueName: "file"))
    var areas: String?

    @Option(
        help: ArgumentHelp(
            "Also write the answer with its proof, for `sites verify`.", valueName: "file"))
    var result: String?

    @Option(
        help: ArgumentHelp(
            "Also tell the best choices that differ, so many at most.", valueName: "n"))
    var nearOptimal: Int?

    @Option(
        help: ArgumentHelp(
            "How far from the best these may be; 5% by default.", valueName: "part"),
        transform: Self.part(_:))
    var nearGap: Double?

    @Flag(help: "Also tell how far weights and costs may change before the choice does.")
    var tolerances = false

    @Flag(help: "Print the answer as JSON.")
    var json = false

    @OptionGroup var output: OutputOptions

    private static func part(_ text: String) throws -> Double {
        let isPercentage = text.hasSuffix("%")
        let number = Double(isPercentage ? String(text.dropLast()) : text)
        guard let number, number >= 0, number.isFinite else {
            throw ValidationError("a gap is a part or a percentage, for example 1%")
        }
        return isPercentage ? number / 100 : number
    }

    func validate() throws {
        do {
            _ = try question.model(p: p)
        } catch let error as SitingError {
            throw ValidationError(error.problem + (error.remedy.map { "; \($0)" } ?? ""))
        }
        if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
            throw ValidationError("--time-limit takes a number of seconds above 0")
        }
        if let nearOptimal, nearOptimal < 2 {
            throw ValidationError("--near-optimal takes a number of at least 2")
        }
        if nearGap != nil, nearOptimal == nil {
            throw ValidationError("--near-gap goes with --near-optimal")
        }
        let wantsPlaces = !output.isStandardOutput || areas != nil || allocations != nil
        if question.candidates == nil, wantsPlaces {
            throw ValidationError("to draw sites, name the layer of --candidates")
        }
        if allocations != nil, question.demand == nil {
            throw ValidationError("to draw allocations, name the layer of --demand")
        }
        if areas != nil, question.matrix != nil, question.demand == nil {
            throw ValidationError(
                "to draw who is served by the costs of a matrix, name the layer of --demand")
        }
        if [allocations, areas, result].contains("-") {
            throw ValidationError("only the sites or --json can go to standard output")
        }
    }

    func run() async throws {
        let model = try question.model(p: p)
        var asked = try await question.read("sites select")
        asked.provenance.set("p", p.map { .int(Int64($0)) })
        let info = CollectionInfo(name: "sites of \(asked.title)")
        // All outputs are opened before the work begins, so that what cannot be written is said
        // at once.
        let writesSites = asked.candidates != nil && !(json && output.isStandardOutput)
        var sink = writesSites ? try output.open(info) : nil
        var lines = try allocations.map { try output.open($0, info) }
        var parts = try areas.map { try output.open($0, info) }
        let progress = ProgressLine("choosing sites", quiet: question.input.quiet)
        var options = SitingOptions()
        options.timeLimit = timeLimit
        options.notes = StepNotes.searches
        options.gap = gap ?? 0
        options.tasks = question.effort.tasks
        options.leavesUnreachable = question.leaveUnreachable
        let solution = try asked.problem.solve(model, options)
        let near = try nearOptimal.flatMap {
            try NearOptimal(
                of: solution, in: asked.problem, count: $0, within: nearGap ?? 0.05, options)
        }
        let changes =
            tolerances ? try SitingTolerances(of: solution, in: asked.problem, options) : nil
        progress.finish()
        if nearOptimal != nil, near == nil {
            question.input.note("no other choices: the choice is not proven to be the best")
        }
        if tolerances, let reason = SitingTolerances.reason(solution, in: asked.problem) {
            question.input.note("no tolerances: \(reason)")
        }
        if solution.objective != nil {
            let whole = asked.provenance.of(info)
            if let candidates = asked.candidates {
                try sink?.write(solution.sites(of: candidates, in: asked.problem))
                try sink?.finish(whole)
                if let places = asked.places {
                    try lines?.write(
                        solution.allocations(from: places, to: candidates, in: asked.problem))
                    try lines?.finish(whole)
                }
                try parts?.write(serviceAreas(solution, candidates, asked))
                try parts?.finish(whole)
            }
        }
        if let result {
            try TextFile.write(
                SitesResultFile.text(
                    solution, asked.problem, asked.provenance, p: p, near, changes), to: result)
        }
        if json {
            Terminal.print(
                JSONLine.object(SitesResultFile.members(solution, asked.problem)) + "\n")
        }
        let more =
            (near.map { SitesTable.text($0, solution.model, asked) } ?? "")
            + (changes.map { SitesTable.text($0, solution, asked) } ?? "")
        try await tell(solution, asked, more, isText: !json && sink == nil)
    }

    /// The area of each site: that of the demand it serves, or, where that is the nearest one's, what it is
    /// nearest to, within the distance.
    private func serviceAreas(
        _ solution: SitingSolution, _ candidates: FeatureBatch, _ asked: SitesQuestion.Asked
    ) throws -> FeatureBatch {
        let limit = asked.isMeasured ? question.within?.distance : nil
        let isNearest = asked.isMeasured && !solution.isAssigned(in: asked.problem)
        if !isNearest, let demand = asked.demand {
            return try solution.servedAreas(
                of: demand, from: candidates, in: asked.problem, within: limit)
        }
        let layer = try FacilityLayer(name: "sites", candidates.taking(solution.chosen))
        return try Catchment(of: layer, within: limit, weightField: nil).areas(dividing: nil, nil)
    }

    private func tell(
        _ solution: SitingSolution, _ asked: SitesQuestion.Asked, _ more: String, isText: Bool
    ) async throws {
        var text = SitesTable.text(solution, asked) + more
        if solution.status == .infeasible, !question.input.quiet {
            let reasons = try asked.problem.explainInfeasibility(
                of: solution.model, wide: try await asked.widened())
            text += SitesTable.text(reasons, asked)
        }
        if solution.objective != nil, !output.isStandardOutput { text += "→ \(output.output)\n" }
        for file in [allocations, areas].compactMap({ $0 }) where solution.objective != nil {
            text += "→ \(file)\n"
        }
        if let result { text += "→ \(result)\n" }
        if isText {
            Terminal.print(text)
        } else if json {
            if !question.input.quiet { Terminal.write(text, to: 2) }
        } else {
            output.show(text, quiet: question.input.quiet)
        }
    }
}
