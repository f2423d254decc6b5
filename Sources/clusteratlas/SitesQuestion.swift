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
            "What is chosen for: \(SitingModel.names.joined(separator: ", ")).",
            valueName: "model"))
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

    @OptionGroup var input: InputOptions
    @OptionGroup var effort: EffortOptions

    private static func list(_ text: String) throws -> [String] {
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
                    + (near.map { "; did you mean \($0)?" } ?? "")
                    + " The models are \(SitingModel.names.joined(separator: ", ")).")
        }
        if matrix == nil, candidates == nil || demand == nil {
            throw ValidationError("give --candidates and --demand, or a --matrix")
        }
        if ["lscp", "mclp"].contains(model), within == nil, !sparse {
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
    }

    /// A question that was read, with the layers it is of.
    struct Asked {
        var problem: SitingProblem
        /// Makes the same without a greatest distance; `nil` where there is none.
        var widened: () async throws -> SitingProblem?
        /// The candidates, as the problem numbers them.
        var candidates: FeatureBatch?
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
        let layers = try readLayers(&provenance)
        let table = try readMatrix(&provenance)
        let problem = try await problem(layers, table, within?.distance)
        return Asked(
            problem: problem,
            widened: {
                within == nil ? nil : try await self.problem(layers, table, nil)
            },
            candidates: try layers.candidates.map {
                try Self.rows(problem.candidateIDs, $0.batch, $0.ids, layer: candidates)
            },
            places: try layers.demand.map {
                try Places(
                    of: Self.rows(problem.demandIDs, $0.batch, $0.read.ids, layer: demand),
                    layer: demand ?? "")
            }, provenance: provenance, title: matrix ?? "\(candidates ?? "") for \(demand ?? "")",
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

    private func problem(
        _ layers: Layers, _ table: CostTable?, _ limit: Distance?
    ) async throws -> SitingProblem {
        let problem: SitingProblem
        if let table {
            let given = layers.demand.map { layer in
                Dictionary(zip(layer.read.ids, layer.read.weights)) { first, _ in first }
            }
            problem = try table.problem(
                within: limit?.metres, isSparse: sparse || within != nil, weights: given)
        } else if let served = layers.demand, let facilities = layers.candidates {
            problem = try await SitingProblem.measuring(
                served.read, to: facilities, within: limit, tasks: effort.tasks)
        } else {
            throw ValidationError("give --candidates and --demand, or a --matrix")
        }
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
