public import Features
public import Geometry

extension Catchment {
    /// Draws the catchments.
    ///
    /// Each feature is a facility with its own attributes and `area_km2` (on the ellipsoid),
    /// `demand_count`, `demand_weight`, `mean_distance_m` (weighted) and `max_distance_m`; the
    /// latter are null without demand. A facility without an area (no place, outside the boundary,
    /// or at the position of an earlier one) has no geometry and a `note` that says why. An
    /// attribute of the facilities that bears one of these names is kept as `facility_<name>`.
    /// Areas are drawn on a grid of 1e-7 degrees, and measured as drawn.
    ///
    /// - Parameters:
    ///   - boundary: What is divided: polygons, which may overlap. `nil` for the convex
    ///     surroundings of the facilities and the demand; see ``surroundings(_:)``.
    ///   - tally: What the demand adds up to; `nil` where there is none.
    /// - Returns: One feature a facility, in the order of the layer.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) where facilities and boundary lie too far apart,
    ///   or the boundary holds no area.
    public func areas(dividing boundary: Shape?, _ tally: CatchmentTally? = nil) throws
        -> FeatureBatch
    {
        do {
            let whole = try boundary.map { try Boundary.dissolved($0) } ?? surroundings(tally)
            let region = try limited(whole)
            let located = sites.indices.filter { sites[$0] != nil }
            let parts =
                try weighted.map { weighted in
                    let all = try Shape.thiessenAreas(of: weighted, dividing: region)
                    return located.map { all[$0] }
                }
                ?? Shape.thiessenAreas(of: located.compactMap { sites[$0] }, dividing: region)
            var shapes: [Shape?] = Array(repeating: nil, count: facilities.count)
            for (facility, part) in zip(located, parts) where !part.isEmpty {
                let drawn = part.rounded(decimals: 7)
                shapes[facility] = drawn.isEmpty ? nil : drawn
            }
            return batch(shapes, tally)
        } catch let error as GeometryError {
            throw AnalysisError(
                .cannotDraw, at: facilities.source, error.problem, remedy: error.remedy)
        }
    }

    /// The convex surroundings of the facilities and the demand, which are divided where no
    /// boundary is given: their convex hull with a margin of a tenth of its extent, at least 5 km.
    ///
    /// - Parameter tally: What the demand adds up to; `nil` where there is none.
    /// - Returns: A polygon.
    /// - Throws: ``GeometryError`` where it would cross the antimeridian or come near a pole.
    public func surroundings(_ tally: CatchmentTally?) throws -> Shape {
        try Boundary.surroundings(of: sites.compactMap { $0 } + (tally?.hull ?? []))
    }

    /// What of a region lies within the limit of any facility.
    private func limited(_ region: Shape) throws -> Shape {
        guard let limit else { return region }
        let discs = try Set(sites.compactMap { $0 }).sorted { ($0.x, $0.y) < ($1.x, $1.y) }.map {
            try Shape.disc(around: $0, radius: limit)
        }
        return .area(of: try region.intersection(.unionAll(discs)).polygons)
    }

    /// The attributes that a catchment gets.
    private static let fields = [
        "area_km2", "demand_count", "demand_weight", "mean_distance_m", "max_distance_m", "note",
    ]

    private func batch(_ shapes: [Shape?], _ tally: CatchmentTally?) -> FeatureBatch {
        var result = facilities.batch
        result.geometry = GeometryColumn(shapes)
        for name in Self.fields where result[name] != nil {
            result.remove("facility_\(name)")
            result.rename(name, to: "facility_\(name)")
        }
        let rows = 0..<facilities.count
        result.set(
            "area_km2", .double(shapes.map { $0?.geodesicArea.toSquareKilometres }))
        result.set("demand_count", .int(rows.map { tally?.counts[$0] }))
        result.set("demand_weight", .double(rows.map { tally?.weights[$0] }))
        result.set(
            "mean_distance_m", .double(rows.map { tally?.meanDistance($0)?.toMicrometre }))
        result.set("max_distance_m", .double(rows.map { tally?.maxDistance($0)?.toMicrometre }))
        let notes = rows.map { shapes[$0] == nil ? note($0) : nil }
        if notes.contains(where: { $0 != nil }) { result.set("note", .string(notes)) }
        return result
    }

    /// Why a facility has no area.
    private func note(_ facility: Int) -> String {
        if let weighted { return weightedNote(facility, weighted) }
        guard let site = sites[facility] else { return "has no place" }
        if let first = sites.firstIndex(of: site), first < facility {
            return "at the same position as \(facilities.label(first))"
        }
        return "no part of the boundary is nearest to it"
    }
}
