public import Features
public import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension HuffModel {
    /// Draws to which facility people are likeliest to go.
    ///
    /// A^α d^−β is greatest where d / A^(α/β) is least: the areas are multiplicatively weighted
    /// Thiessen areas, drawn within 1 m of equal probability. The floor, within which distances
    /// count alike, is not drawn.
    ///
    /// - Parameter region: What is divided: a valid polygon or several, which may not overlap.
    /// - Returns: The facilities with `attraction` and `area_km2`, in the order of the layer; without
    ///   geometry where a facility is nowhere the likeliest.
    /// - Throws: ``AnalysisError`` (`badArgument`) where there is a limit or β is not above 0;
    ///   (`cannotDraw`) where facilities are no points, or lie too far apart.
    public func likeliestAreas(dividing region: Shape) throws -> FeatureBatch {
        guard limit == nil, beta > 0 else {
            throw AnalysisError(
                .badArgument, at: "",
                "areas of the likeliest facility need distances without a limit and a beta above 0",
                remedy: "leave --within out, or draw contours")
        }
        let places = try Places(of: facilities.batch, layer: facilities.source)
        guard places.represented == 0 else {
            throw AnalysisError(
                .cannotDraw, at: facilities.source,
                "areas of the likeliest facility are drawn around points only",
                remedy: "give points, or draw contours")
        }
        let strongest = pulls.max() ?? 0
        let weights = pulls.indices.map { facility in
            places[facility] == nil || pulls[facility] == -.infinity
                ? 0 : exp((pulls[facility] - strongest) / beta)
        }
        do {
            let sites = try WeightedSites(
                (0..<places.count).map { places[$0] ?? Position(0, 0) }, weights: weights)
            let shapes = try Shape.thiessenAreas(of: sites, dividing: region).map {
                $0.rounded(decimals: 7)
            }
            var batch = facilities.batch
            batch.geometry = GeometryColumn(shapes.map { $0.isEmpty ? nil : $0 })
            batch.set("attraction", .double(attractions.map { $0 }))
            batch.set(
                "area_km2",
                .double(shapes.map { $0.isEmpty ? nil : $0.geodesicArea.toSquareKilometres }))
            return batch
        } catch {
            throw AnalysisError(
                .cannotDraw, at: facilities.source, error.problem, remedy: error.remedy)
        }
    }

    /// The area to draw in: a boundary's polygons as one, or the convex surroundings of the
    /// facilities.
    ///
    /// - Parameter boundary: Polygons, which may overlap; `nil` for the surroundings.
    /// - Returns: A valid polygon or several.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) where the boundary holds no polygon, or the
    ///   surroundings would cross the antimeridian.
    public func region(_ boundary: Shape?) throws -> Shape {
        do {
            if let boundary { return try Boundary.dissolved(boundary) }
            let places = try Places(of: facilities.batch, layer: facilities.source)
            return try Boundary.surroundings(of: (0..<places.count).compactMap { places[$0] })
        } catch let error as GeometryError {
            throw AnalysisError(
                .cannotDraw, at: facilities.source, error.problem, remedy: error.remedy)
        }
    }
}
