/// A p-median or facility location problem with capacities as arrays: demand that counts, and sites that
/// may be chosen.
struct CapacitatedInstance {
    /// The demand of each row.
    let demand: [Int]
    /// The candidate of each place.
    let sites: [Int]
    let isForced: [Bool]
    let opening: [Double]
    let capacity: [Double]
    let load: [Double]
    let p: Int?
    /// Whether a row may be divided among places.
    let isSplit: Bool
    /// The cost of each row at each place, not more than the true one; a line of places a row.
    private(set) var cost: [Double]

    /// Takes a p-median or facility location problem.
    init(_ problem: SitingProblem, _ model: SitingModel) {
        demand = problem.demandIDs.indices.filter { problem.weights[$0] > 0 }
        sites = problem.rules.indices.filter { problem.rules[$0] != .forbidden }
        isForced = sites.map { problem.rules[$0] == .forced }
        opening = sites.map { model == .facilityLocation ? problem.openingCosts[$0] : 0 }
        capacity = sites.map { problem.requirements.capacities[$0] }
        load = demand.map { problem.load($0) }
        p = model.p
        isSplit = problem.requirements.isSplit
        var places = [Int](repeating: -1, count: problem.candidateIDs.count)
        for (place, site) in sites.enumerated() { places[site] = place }
        cost = Array(repeating: .infinity, count: demand.count * sites.count)
        for (row, demand) in demand.enumerated() {
            for entry in problem.reach(demand) where places[Int(entry.site)] >= 0 {
                cost[row * sites.count + places[Int(entry.site)]] = OutwardSum.product(
                    problem.weights[demand], entry.cost)
            }
        }
    }

    var rows: Int { load.count }
    var width: Int { capacity.count }

    /// What a place may serve where a choice is checked, whose sums are rounded.
    func room(_ place: Int) -> Double { (capacity[place] * (1 + 2e-9) + 2e-9).nextUp }

    /// What no choice costs less than, as multipliers prove it; `nil` where they are not one a row, and
    /// then one a triple that is not negative.
    func bound(_ multipliers: [Double], triples: [[Int]] = []) -> Double? {
        guard multipliers.count == rows + triples.count, multipliers.allSatisfy(\.isFinite),
            multipliers.dropFirst(rows).allSatisfy({ $0 >= 0 }), triples.isEmpty || !isSplit,
            let triples = RowTriples(triples, rows: rows)
        else { return nil }
        var dual = CapacitatedDual(self, from: multipliers, triples)
        return dual.relax(multipliers, isExact: !isSplit).bound
    }
}
