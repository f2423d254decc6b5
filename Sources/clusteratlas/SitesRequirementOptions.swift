import Analysis
import ArgumentParser
import Features
import Formats
import Geometry
import Siting

/// What is asked of a choice besides its model, and what the composed models need.
struct SitesRequirementOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The candidates' field of groups, such as provinces.", valueName: "field"))
    var group: String?

    @Option(help: ArgumentHelp("The most sites in each group.", valueName: "n"))
    var atMost: Int?

    @Option(help: ArgumentHelp("The fewest sites in each group.", valueName: "n"))
    var atLeast: Int?

    @Option(
        help: ArgumentHelp(
            "What all sites may cost together; -p may be left out.", valueName: "number"))
    var budget: Double?

    @Option(
        help: ArgumentHelp(
            "The candidates' field of what each costs, for --budget.", valueName: "field"))
    var siteCost: String?

    @Option(
        help: ArgumentHelp("The least distance between two sites.", valueName: "distance"))
    var spacing: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "Candidates that do not go together: a table of first and second.",
            valueName: "file"))
    var incompatible: String?

    @Option(
        help: ArgumentHelp(
            "Candidates that exist; see --may-close and --new.", valueName: "id,…"),
        transform: SitesQuestion.list(_:))
    var existing: [String] = []

    @Option(help: ArgumentHelp("How many of the existing may close.", valueName: "n"))
    var mayClose: Int?

    @Option(help: ArgumentHelp("How many sites may be new at most.", valueName: "n"))
    var new: Int?

    @Option(
        help: ArgumentHelp(
            "The distance within which all demand must have a site.", valueName: "distance"))
    var mandatory: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "The candidates' field of how much demand each can serve.", valueName: "field"))
    var capacity: String?

    @Option(
        help: ArgumentHelp(
            "The demand's field of what it takes of a capacity; its weight by default.",
            valueName: "field"))
    var load: String?

    @Flag(help: "With --capacity, demand may be divided among sites.")
    var split = false

    @Option(
        help: ArgumentHelp(
            "Of bacop2: the part of being within reach of two; 0.5 by default.",
            valueName: "number"))
    var backup: Double?

    @Option(
        help: ArgumentHelp(
            "Of mexclp: the part of the time in which a site is busy.", valueName: "number"))
    var busy: Double?

    @Option(
        help: ArgumentHelp(
            "Of p-hub-median: the part of its length a way between hubs costs.",
            valueName: "number"))
    var discount: Double?

    @Option(
        help: ArgumentHelp("Of p-hub-median: a table of from, to and flow.", valueName: "file"))
    var flows: String?

    @Option(help: ArgumentHelp("Of huff: the layer of competitors.", valueName: "layer"))
    var competitors: String?

    @Option(
        help: ArgumentHelp(
            "Of huff: the field of how attractive sites and competitors are.",
            valueName: "field"))
    var attraction: String?

    @Option(
        help: ArgumentHelp("Of huff: the exponent of distance; 2 by default.", valueName: "number"))
    var exponent: Double?

    @Option(
        help: ArgumentHelp(
            "Of huff: less than this counts as this; 100 m by default.",
            valueName: "distance"))
    var floor: DistanceArgument?

    /// Checks what does not go together.
    ///
    /// - Parameter question: The question that the options are of.
    /// - Throws: `ValidationError` saying which option is missing or too many.
    func check(_ question: SitesQuestion) throws {
        func refuse(_ condition: Bool, _ text: String) throws {
            if condition { throw ValidationError(text) }
        }
        try refuse(
            (group != nil) != (atMost != nil || atLeast != nil),
            "--group goes with --at-most or --at-least")
        try refuse(
            (budget != nil) != (siteCost != nil), "--budget and --site-cost go together")
        try refuse(
            existing.isEmpty != (mayClose == nil && new == nil),
            "--existing goes with --may-close or --new")
        try refuse(load != nil && capacity == nil, "--load goes with --capacity")
        try refuse(split && capacity == nil, "--split goes with --capacity")
        let needsCandidates = group ?? siteCost ?? capacity ?? spacing.map { _ in "" }
        try refuse(
            needsCandidates != nil && question.candidates == nil,
            "groups, costs, capacities and spacing are of the layer of --candidates")
        try refuse(
            load != nil && question.demand == nil, "--load is a field of the layer of --demand")
        try refuse(
            (flows != nil) != (question.model == "p-hub-median"),
            "p-hub-median, and no other model, needs --flows: how much goes from where to where")
        try refuse(
            (competitors != nil) != (question.model == "huff"),
            "huff, and no other model, needs the layer of --competitors")
        try refuse(
            (attraction != nil || exponent != nil || floor != nil) && question.model != "huff",
            "--attraction, --exponent and --floor are of huff")
        try refuse(
            attraction != nil && question.candidates == nil,
            "--attraction is a field of the layer of --candidates")
    }

    /// Says in a provenance what is asked.
    func tell(_ provenance: inout Provenance) {
        func whole(_ value: Int?) -> Value? { value.map { .int(Int64($0)) } }
        func number(_ value: Double?) -> Value? { value.map { .double($0) } }
        provenance.set("group", group)
        provenance.set("at_most", whole(atMost))
        provenance.set("at_least", whole(atLeast))
        provenance.set("budget", number(budget))
        provenance.set("site_cost", siteCost)
        provenance.set("spacing", number(spacing?.distance.metres))
        provenance.set("incompatible", incompatible)
        if !existing.isEmpty { provenance.set("existing", existing.joined(separator: ",")) }
        provenance.set("may_close", whole(mayClose))
        provenance.set("new", whole(new))
        provenance.set("mandatory", number(mandatory?.distance.metres))
        provenance.set("capacity", capacity)
        provenance.set("load", load)
        if split { provenance.set("split", .bool(true)) }
        provenance.set("backup", number(backup))
        provenance.set("busy", number(busy))
        provenance.set("discount", number(discount))
        provenance.set("flows", flows)
        provenance.set("competitors", competitors)
        provenance.set("attraction", attraction)
        provenance.set("exponent", number(exponent))
        provenance.set("floor", number(floor?.distance.metres))
    }

    /// The layers that the options are about, as a problem numbers them.
    struct Layers {
        var candidates: FeatureBatch?
        var demand: FeatureBatch?
        var candidateName: String
        var demandName: String
        /// All pairs within ``mandatory``.
        var close: NeighbourRows?
    }

    /// Puts what is asked into a problem.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - layers: The layers it was made from.
    ///   - input: Reads the tables.
    ///   - provenance: Takes up what was read.
    /// - Returns: The problem with its requirements.
    /// - Throws: `SitingError` for what is missing or wrong.
    func apply(
        to problem: SitingProblem, _ layers: Layers, _ input: InputOptions,
        _ provenance: inout Provenance
    ) throws -> SitingProblem {
        var asked = SitingRequirements()
        if let candidates = layers.candidates {
            let name = layers.candidateName
            if let group {
                guard let column = candidates[group] else {
                    throw SitingError(
                        .badArgument, at: name, "has no field \"\(group)\"",
                        remedy: "its fields are "
                            + candidates.columns.map(\.name).joined(separator: ", "))
                }
                asked.groups = (0..<candidates.count).map { row in
                    column[row].plain.isNull ? nil : column[row].plain.description
                }
                (asked.atMost, asked.atLeast) = (atMost, atLeast)
            }
            if let siteCost {
                asked.siteCosts = try SitingProblem.numbers(
                    of: candidates, field: siteCost, layer: name, role: "cost")
                asked.budget = budget
            }
            if let capacity {
                asked.capacities = try SitingProblem.numbers(
                    of: candidates, field: capacity, layer: name, role: "capacity")
                asked.isSplit = split
            }
            if let spacing {
                asked.spacing = spacing.distance.metres
                asked.near = try SitingRequirements.pairs(
                    of: FacilityLayer(name: name, candidates), nearerThan: spacing.distance)
            }
        }
        if let load, let demand = layers.demand {
            asked.loads = try SitingProblem.numbers(
                of: demand, field: load, layer: layers.demandName, role: "load")
        }
        let places = Dictionary(
            zip(problem.candidateIDs, problem.candidateIDs.indices)
        ) { first, _ in first }
        func place(_ id: String, _ source: String) throws -> Int {
            if let place = places[id] { return place }
            throw SitingError(
                .unknownID, at: source, "there is no candidate \"\(id)\"",
                remedy: "name it as the candidates do")
        }
        asked.existing = try existing.map { try place($0, "--existing") }
        (asked.mayClose, asked.new) = (mayClose, new)
        if let mandatory, let close = layers.close {
            asked.closeness = mandatory.distance.metres
            asked.close = close
        }
        if let incompatible {
            for words in try Self.table(
                incompatible, ["first", "second"], input, &provenance)
            {
                asked.incompatible.append(
                    .init(
                        try place(words[0].plain.description, incompatible),
                        try place(words[1].plain.description, incompatible)))
            }
        }
        var result = try problem.with(asked)
        if let flows {
            let demands = Dictionary(
                zip(problem.demandIDs, problem.demandIDs.indices)
            ) { first, _ in first }
            let lines = try Self.table(flows, ["from", "to", "flow"], input, &provenance)
            result = try result.with(
                flows: lines.map { words in
                    let ends = try words.prefix(2).map { word in
                        if let end = demands[word.plain.description] { return end }
                        throw SitingError(
                            .unknownID, at: flows, "there is no place \"\(word.plain)\"",
                            remedy: "name it as the candidates do")
                    }
                    let amount = words[2].plain
                    return .init(
                        ends[0], ends[1],
                        amount.number ?? amount.text.flatMap { Double($0) } ?? .nan)
                })
        }
        return result
    }

    private static func table(
        _ file: String, _ names: [String], _ input: InputOptions, _ provenance: inout Provenance
    ) throws -> [[Value]] {
        let whole = try input.readAll(file)
        provenance.add(whole)
        let columns = try names.map { name in
            if let column = whole.batch[name] { return column }
            throw SitingError(
                .badArgument, at: file, "has no column \"\(name)\"",
                remedy: "it is a table of \(names.joined(separator: ", "))")
        }
        return (0..<whole.batch.count).map { row in columns.map { $0[row] } }
    }
}
