public import Geometry

/// Areas at whose edge features are cut.
public struct ClipArea {
    private let area: Shape
    private let prepared: PreparedArea

    /// Joins the areas of a batch.
    ///
    /// - Parameter batch: Features with areas; others are passed over.
    /// - Throws: ``GeometryError`` where there is no area, or one is invalid.
    public init(_ batch: FeatureBatch) throws(GeometryError) {
        let areas = batch.geometry.shapes.compactMap { $0 }.filter { !$0.polygons.isEmpty }
        guard !areas.isEmpty else {
            throw GeometryError(
                .badArgument, "there is no area to clip with",
                remedy: "name a layer with polygons")
        }
        area = try Shape.unionAll(areas)
        prepared = try PreparedArea(area)
    }

    /// Returns what of the features lies in the areas.
    ///
    /// - Parameter batch: The features.
    /// - Returns: Those that lie in the areas, cut at their edge; what is left of a line or an area
    ///   is of its own dimension only. Features without a geometry are left out.
    /// - Throws: ``GeometryError`` naming the feature, from 1, that is invalid.
    public func clipped(_ batch: FeatureBatch) throws(GeometryError) -> FeatureBatch {
        var rows: [Int] = []
        var shapes: [Shape?] = []
        for row in 0..<batch.count {
            guard let shape = batch.geometry[row], !shape.isEmpty else { continue }
            do throws(GeometryError) {
                if try prepared.covers(shape) {
                    rows.append(row)
                    shapes.append(shape)
                } else if try prepared.intersects(shape) {
                    let cut = try Self.part(of: shape.intersection(area), like: shape)
                    guard let cut else { continue }
                    rows.append(row)
                    shapes.append(cut)
                }
            } catch {
                throw error.at("feature \(batch.firstIndex + row + 1)")
            }
        }
        var clipped = batch.takingSome(rows)
        clipped.geometry = GeometryColumn(shapes)
        return clipped
    }

    /// The parts of a cut that have the dimension of what was cut.
    private static func part(of cut: Shape, like whole: Shape) -> Shape? {
        guard let dimension = whole.dimension, cut.dimension != nil else {
            return cut.isEmpty ? nil : cut
        }
        if case .collection = whole { return cut.isEmpty ? nil : cut }
        switch dimension {
        case 2:
            let polygons = cut.polygons
            return polygons.isEmpty ? nil : .area(of: polygons)
        case 1:
            let lines = cut.lines
            return lines.isEmpty
                ? nil : lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines)
        default: return cut.isEmpty ? nil : cut
        }
    }
}
