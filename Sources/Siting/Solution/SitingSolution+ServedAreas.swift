internal import Analysis
public import Features
public import Geometry

extension SitingSolution {
    /// The areas that sites serve, by who serves whom: with capacities, or costs that are no distances,
    /// that is not always the nearest site.
    ///
    /// Demand that is an area counts as itself; around points of demand it is what is nearest to each
    /// (Thiessen areas on the ellipsoid). Demand that is divided lies in the area of each of its sites,
    /// so that these overlap; what is nearest to demand that is not served lies in none. Each carries what
    /// ``sites(of:in:)`` has, and `area_km2` as drawn.
    ///
    /// - Parameters:
    ///   - demand: The demand, as the problem numbers it.
    ///   - candidates: The candidates, as the problem numbers them.
    ///   - problem: The problem that was solved.
    ///   - limit: The greatest distance from a site to what it serves; `nil` for any.
    /// - Returns: One feature a site, in the order of ``chosen``; without a geometry where it serves none.
    /// - Throws: `GeometryError` where the places lie too far apart to be drawn, and `AnalysisError` for
    ///   one that is not on the globe.
    /// - Complexity: O(n log n) for n demand.
    public func servedAreas(
        of demand: FeatureBatch, from candidates: FeatureBatch, in problem: SitingProblem,
        within limit: Distance? = nil
    ) throws -> FeatureBatch {
        var batch = sites(of: candidates, in: problem)
        let ends = try Places(of: batch, layer: "sites")
        let counting = problem.demandIDs.indices.filter { problem.weights[$0] > 0 }
        let cells = try cells(
            of: demand, counting, around: chosen.indices.compactMap { ends[$0] })
        var slots: [Int: Int] = [:]
        for (slot, candidate) in chosen.enumerated() { slots[candidate] = slot }
        var parts = [[Shape]](repeating: [], count: chosen.count)
        for share in served {
            guard let slot = slots[share.site], let cell = cells[share.demand] else { continue }
            parts[slot].append(cell)
        }
        let shapes = try chosen.indices.map { slot -> Shape? in
            var area = Shape.area(of: try Shape.unionAll(parts[slot]).polygons)
            if let limit, let site = ends[slot] {
                let disc = try Shape.disc(around: site, radius: limit)
                area = .area(of: try area.intersection(disc).polygons)
            }
            let drawn = area.rounded(decimals: 7)
            return drawn.isEmpty ? nil : drawn
        }
        batch.geometry = GeometryColumn(shapes)
        batch.set("area_km2", .double(shapes.map { $0.map { $0.geodesicArea / 1e6 } }))
        return batch
    }

    /// What stands for each demand that counts; nothing for one without a place.
    private func cells(
        of demand: FeatureBatch, _ rows: [Int], around sites: [Position]
    ) throws -> [Int: Shape] {
        let shapes = rows.map { demand.geometry[$0] }
        if shapes.allSatisfy({ !($0?.polygons.isEmpty ?? true) }) {
            let areas = try shapes.map { try $0.map { try Boundary.dissolved($0) } }
            return Dictionary(zip(rows, areas).compactMap { row, area in area.map { (row, $0) } }) {
                first, _ in first
            }
        }
        let places = try Places(of: demand, layer: "demand")
        var numbers: [Position: Int] = [:]
        var positions: [Position] = []
        for position in rows.compactMap({ places[$0] }) where numbers[position] == nil {
            numbers[position] = positions.count
            positions.append(position)
        }
        let region = try Boundary.surroundings(of: positions + sites)
        let parts = try Shape.thiessenAreas(of: positions, dividing: region)
        var cells: [Int: Shape] = [:]
        for row in rows {
            if let position = places[row], let number = numbers[position] {
                cells[row] = parts[number]
            }
        }
        return cells
    }
}
