import Analysis
import ArgumentParser
import Features
import Formats
import Geometry
import Siting

/// Which sites are chosen among, for which demand.
struct SitesQuestion: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What is chosen for: one of the models above.", valueName: "model"))
    var model: String

    @Option(help: ArgumentHelp("The layer of candidates.", valueName: "layer"))
    var candidates: String?

    @Option(help: ArgumentHelp("The layer of demand.", valueName: "layer"))
    var demand: String?

    @Option(
        help: ArgumentHelp(
            "The field that says how much each demand counts.", valueName: "field"))
    var weight: String?

    @Option(
        help: ArgumentHelp(
            "The greatest distance, or cost of the matrix, that serves.", valueName: "distance"))
    var within: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "Costs instead of distances: a table of demand, candidate and cost.",
            valueName: "file"))
    var matrix: String?

    @Option(
        help: ArgumentHelp(
            "Of uflp: the candidates' field of what each costs to open.", valueName: "field"))
    var openingCost: String?

    @Flag(help: "Pairs that the matrix does not hold are out of reach.")
    var sparse = false

    @Option(
        help: ArgumentHelp(
            "Candidates that are chosen in any case; they count as some of p.",
            valueName: "id,…"), transform: Self.list(_:))
    var force: [String] = []

    @Option(
        help: ArgumentHelp("Candidates that are not chosen.", valueName: "id,…"),
        transform: Self.list(_:))
    var forbid: [String] = []

    @Flag(help: "Leave out demand that no candidate can reach, and say so.")
    var leaveUnreachable = false

    @OptionGroup var requirements: SitesRequirementOptions

    @OptionGroup var input: InputOptions
    @OptionGroup var effort: EffortOptions

    /// The model, with a number of sites.
    ///
    /// - Parameter p: How many sites; `nil` where that is not said.
    /// - Returns: The model.
    /// - Throws: `SitingError` for what is missing or too many.
    func model(p: Int?) throws -> SitingModel {
        try SitingModel(
            name: model, p: p, backup: requirements.backup, busy: requirements.busy,
            discount: requirements.discount, hasBudget: requirements.budget != nil)
    }

    /// Whether candidates are chosen for what lies between them, so that they are the demand too.
    private var isOfCandidates: Bool { SitingModel.namesOfCandidates.contains(model) }

    static func list(_ text: String) throws -> [String] {
        let ids = text.split(separator: ",").map { String($0) }
        if ids.isEmpty { throw ValidationError("name candidates with commas between them") }
        return ids
    }

    func validate() throws {
        try InputOptions.checkInputs([candidates, demand, matrix].compactMap { $0 })
        if !SitingModel.names.contains(model) {
            let near = Spelling.nearest(to: model, in: SitingModel.names)
            throw ValidationError(
                "there is no model \"\(model)\""
                    + (near.map { "; did you mean \($0)?" } ?? ".")
                    + " The models are \(SitingModel.names.joined(separator: ", ")).")
        }
        if matrix == nil, candidates == nil || (demand == nil && !isOfCandidates) {
            throw ValidationError("give --candidates and --demand, or a --matrix")
        }
        if SitingModel.namesOfCovering.contains(model), within == nil, !sparse {
            throw ValidationError("\(model) needs the distance that serves; give it with --within")
        }
        if (openingCost != nil) != (model == "uflp") {
            throw ValidationError(
                "uflp, and no other model, needs --opening-cost: what each candidate costs to open")
        }
        if openingCost != nil, candidates == nil {
            throw ValidationError("--opening-cost is a field of the layer of --candidates")
        }
        if sparse, matrix == nil { throw ValidationError("--sparse is for a --matrix") }
        if isOfCandidates, matrix == nil, demand != nil, demand != candidates {
            throw ValidationError(
                "\(model) is of the candidates alone: leave --demand out")
        }
        try requirements.check(self)
    }

    /// A question that was read, with the layers it is of.
    struct Asked {
        var problem: SitingProblem
        /// Makes the same without a greatest distance; `nil` where there is none.
        var widened: () async throws -> SitingProblem?
        /// The candidates, as the problem numbers them.
        var candidates: FeatureBatch?
        /// The demand, as the problem numbers it.
        var demand: FeatureBatch?
        /// Where the demand is, as the problem numbers it.
        var places: Places?
        var provenance: Provenance
        /// What the question is of, for titles.
        var title: String
        /// Whether costs are metres.
        var isMeasured: Bool
    }

    /// Reads the inputs.
    ///
    /// - Parameter operation: What the result's provenance is to say.
    /// - Returns: The problem with what it was made from.
    /// - Throws: What reading throws, and `SitingError` for a question that cannot be meant.
    func read(_ operation: String) async throws -> Asked {
        var provenance = input.provenance(operation)
        provenance.set("model", model)
        provenance.set("candidates", candidates)
        provenance.set("demand", demand)
        provenance.set("matrix", matrix)
        provenance.set("weight", weight)
        provenance.set("within", within.map { .double($0.distance.metres) })
        provenance.set("opening_cost", openingCost)
        if sparse { provenance.set("sparse", .bool(true)) }
        if !force.isEmpty { provenance.set("force", force.joined(separator: ",")) }
        if !forbid.isEmpty { provenance.set("forbid", forbid.joined(separator: ",")) }
        if leaveUnreachable { provenance.set("leave_unreachable", .bool(true)) }
        requirements.tell(&provenance)
        let layers = try readLayers(&provenance)
        let table = try readMatrix(&provenance)
        let competitors = try SitesCompetitors(self, &provenance)
        let whole = try await whole(layers, table, within?.distance)
        let plain = try question(whole, layers, competitors)
        let asked = SitesRequirementOptions.Layers(
            candidates: try layers.candidates.map {
                try Self.rows(plain.candidateIDs, $0.batch, $0.ids, layer: candidates)
            },
            demand: try layers.demand.map {
                try Self.rows(plain.demandIDs, $0.batch, $0.read.ids, layer: demand ?? candidates)
            }, candidateName: InputOptions.title(of: candidates ?? ""),
            demandName: InputOptions.title(of: demand ?? ""),
            close: requirements.mandatory == nil
                ? nil
                : try question(
                    await self.whole(layers, table, requirements.mandatory?.distance), layers,
                    competitors
                ).costs)
        let places = try asked.demand.map { try Places(of: $0, layer: demand ?? candidates ?? "") }
        var problem = try requirements.apply(to: plain, asked, input, &provenance)
        if let competitors {
            problem = try competitors.applied(
                to: problem, asked.candidates, places, matrix == nil ? nil : whole)
        }
        let complete = problem
        return Asked(
            problem: problem,
            widened: {
                within == nil
                    ? nil
                    : try question(
                        await self.whole(layers, table, nil), layers, competitors
                    ).taking(complete)
            }, candidates: asked.candidates, demand: asked.demand, places: places,
            provenance: provenance,
            title: matrix
                ?? (candidates ?? "") + (isOfCandidates ? "" : " for \(demand ?? "")"),
            isMeasured: matrix == nil)
    }

    /// The features of some identifiers, in their order.
    private static func rows(
        _ ids: [String], _ batch: FeatureBatch, _ own: [String], layer: String?
    ) throws -> FeatureBatch {
        if ids == own { return batch }
        let places = Dictionary(zip(own, own.indices)) { first, _ in first }
        return batch.taking(
            try ids.map { id in
                if let place = places[id] { return place }
                throw SitingError(
                    .unknownID, at: layer ?? "", "has no feature \"\(id)\", which the matrix names",
                    remedy: "give the layer the identifiers of the matrix")
            })
    }

    private typealias Layers = (
        candidates: FacilityLayer?,
        demand: (batch: FeatureBatch, read: SitingProblem.DemandLayer)?
    )

    private func readLayers(_ provenance: inout Provenance) throws -> Layers {
        let facilities = try candidates.map { reference in
            let whole = try input.readAll(reference)
            provenance.add(whole)
            return try FacilityLayer.all([whole])[0]
        }
        if demand == nil, matrix == nil, isOfCandidates, let facilities {
            let read = try SitingProblem.DemandLayer(
                facilities.batch, layer: facilities.name, weightField: weight)
            return (facilities, (batch: facilities.batch, read: read))
        }
        let served = try demand.map { reference in
            let whole = try input.readAll(reference)
            provenance.add(whole)
            let read = try SitingProblem.DemandLayer(
                whole.batch, layer: InputOptions.title(of: reference), weightField: weight)
            return (batch: whole.batch, read: read)
        }
        if let served, served.read.uncounted > 0, let demand {
            input.note(
                "\(Figures.count(served.read.uncounted, "feature")) of \(demand) without a place"
                    + (weight.map { " or \($0)" } ?? "") + ", counted as 0")
        }
        return (facilities, served)
    }

    private func readMatrix(_ provenance: inout Provenance) throws -> CostTable? {
        guard let matrix else { return nil }
        var source = try input.open(matrix).source
        var table = CostTable(
            name: InputOptions.title(of: matrix), weightField: demand == nil ? weight : nil)
        while let batch = try source.next() { try table.append(batch) }
        provenance.add(source.collection.inputs)
        return table
    }

    /// All candidates of the layers or the matrix, competitors among them.
    private func whole(
        _ layers: Layers, _ table: CostTable?, _ limit: Distance?
    ) async throws -> SitingProblem {
        if let table {
            let given = layers.demand.map { layer in
                Dictionary(zip(layer.read.ids, layer.read.weights)) { first, _ in first }
            }
            return try table.problem(
                within: limit?.metres, isSparse: sparse || within != nil, weights: given)
        } else if let served = layers.demand, let facilities = layers.candidates {
            return try await SitingProblem.measuring(
                served.read, to: facilities, within: limit, tasks: effort.tasks)
        } else {
            throw ValidationError("give --candidates and --demand, or a --matrix")
        }
    }

    /// The problem with what is settled of its candidates.
    private func question(
        _ whole: SitingProblem, _ layers: Layers, _ competitors: SitesCompetitors?
    ) throws -> SitingProblem {
        let problem = try matrix == nil ? whole : competitors?.removed(from: whole) ?? whole
        guard let openingCost, let facilities = layers.candidates else {
            return try problem.with(forced: force, forbidden: forbid)
        }
        let rows = try Self.rows(
            problem.candidateIDs, facilities.batch, facilities.ids, layer: candidates)
        let costs = try SitingProblem.openingCosts(
            of: rows, field: openingCost, layer: InputOptions.title(of: candidates ?? ""))
        return try problem.with(openingCosts: costs).with(forced: force, forbidden: forbid)
    }
}
