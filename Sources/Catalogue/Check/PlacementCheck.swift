internal import Formats
internal import Geometry

/// Checks that places lie in the municipality they name, by the catalogue's own outlines.
struct PlacementCheck {
    private let areas: [(code: String, name: String, shape: Shape, area: PreparedArea)]
    private let rows: [String: Int]
    /// How far an outline may lie from the true boundary, in metres.
    private let tolerance: Double

    /// Creates a check.
    ///
    /// - Parameters:
    ///   - municipalities: The records of municipalities.
    ///   - outlines: Their outlines by identifier.
    ///   - tolerance: How far an outline may lie from the true boundary, in metres.
    /// - Throws: `GeometryError` where an outline is broken.
    init(
        municipalities: [PlaceHeading], outlines: [String: Shape], tolerance: Double
    ) throws {
        areas = try municipalities.compactMap { place in
            guard let code = place.municipalityCode, place.listing == .main,
                let shape = outlines[place.id]
            else { return nil }
            return (code, place.nameKO, shape, try PreparedArea(shape))
        }
        rows = Dictionary(
            areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.tolerance = tolerance
    }

    /// What is wrong with where a place lies; `nil` where nothing is.
    ///
    /// Within the tolerance of the outlines a place may lie on either side of a boundary, and within
    /// its own accuracy off the coast.
    ///
    /// - Complexity: O(n) in municipalities where the place lies outside the one it names.
    func fault(
        at position: Position, code: String, name: String, accuracy: Double
    ) throws -> String? {
        guard let row = rows[code] else {
            // A city that has districts is itself no municipality of the table.
            return "there is no municipality \(code) (\(name))"
        }
        let claimed = areas[row]
        if claimed.name.filter({ $0 != " " }) != name.filter({ $0 != " " }) {
            return "the municipality \(code) is called \(claimed.name), not \(name)"
        }
        if try claimed.area.covers(position) { return nil }
        let other = try areas.first { try $0.area.covers(position) }
        let reach = other == nil ? max(tolerance, accuracy) : tolerance
        let around = try claimed.shape.buffered(by: Distance(metres: reach))
        if try PreparedArea(around).covers(position) { return nil }
        let there = other.map { "in \($0.name) (\($0.code))" } ?? "in no municipality"
        return "lies \(there), not in \(claimed.name) (\(code))"
    }
}
