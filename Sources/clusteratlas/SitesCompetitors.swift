import Analysis
import Features
import Geometry
import Siting

/// The competitors of a question of `huff`: a layer, and where they are in a matrix.
struct SitesCompetitors {
    private let layer: String
    private let batch: FeatureBatch
    private let ids: [String]
    private let question: SitesQuestion

    /// Reads the layer of a question; `nil` where none is named.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - provenance: Takes up what was read.
    /// - Throws: What reading throws.
    init?(_ question: SitesQuestion, _ provenance: inout Provenance) throws {
        guard let layer = question.requirements.competitors else { return nil }
        let whole = try question.input.readAll(layer)
        provenance.add(whole)
        self.layer = layer
        self.question = question
        let batch = whole.batch
        self.batch = batch
        ids = (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
    }

    /// The problem of a matrix without the competitors that it names.
    func removed(from problem: SitingProblem) throws -> SitingProblem {
        try problem.dividing(competitors: ids).problem
    }

    private func attractions(_ batch: FeatureBatch?, _ count: Int, _ layer: String) throws
        -> [Double]
    {
        guard let field = question.requirements.attraction, let batch else {
            return Array(repeating: 1, count: count)
        }
        return try SitingProblem.numbers(of: batch, field: field, layer: layer, role: "attraction")
    }

    /// Puts the competitors into a problem.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - candidates: The candidates, as it numbers them.
    ///   - demand: Where the demand is, as it numbers it.
    ///   - matrix: The problem of the matrix with the competitors; `nil` without one.
    /// - Returns: The problem with its market.
    /// - Throws: `SitingError` for what is missing or wrong.
    func applied(
        to problem: SitingProblem, _ candidates: FeatureBatch?, _ demand: Places?,
        _ matrix: SitingProblem?
    ) throws -> SitingProblem {
        let asked = question.requirements
        let own = try attractions(
            candidates, problem.candidateIDs.count, question.candidates ?? "")
        let theirs = try attractions(batch, batch.count, layer)
        let exponent = asked.exponent ?? 2
        guard let matrix else {
            guard let demand else { return problem }
            return try problem.with(
                attractions: own, competitors: FacilityLayer(name: layer, batch), theirs,
                demand: demand, within: question.within?.distance, exponent: exponent,
                floor: asked.floor?.distance.metres ?? 100)
        }
        let rivals = try matrix.dividing(competitors: ids).rivals
        if asked.floor == nil, matrix.costs.distances.contains(0) {
            throw SitingError(
                .badCost, at: question.matrix ?? "", "a cost is 0, at which a site draws everybody",
                remedy: "say with --floor below which cost all count alike")
        }
        return try problem.with(
            attractions: own, rivals: rivals, theirs, exponent: exponent,
            floor: asked.floor?.distance.metres ?? .leastNormalMagnitude)
    }
}
