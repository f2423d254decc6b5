import Features
import Geometry

extension FeatureBatch {
    /// The batch with coordinates rounded.
    func rounded(decimals: Int) -> FeatureBatch {
        var batch = self
        batch.geometry = GeometryColumn(geometry.shapes.map { $0?.rounded(decimals: decimals) })
        return batch
    }

    /// The batch with a column before all others.
    func inserting(_ name: String, _ column: Column) -> FeatureBatch {
        var batch = FeatureBatch(geometry: geometry, ids: ids, firstIndex: firstIndex)
        batch.set(name, column)
        for named in columns { batch.set(named.name, named.column) }
        return batch
    }

    /// The batch for a table: points as two columns of numbers, other geometries as well-known text.
    func tabulated(isInDegrees: Bool) -> FeatureBatch {
        var (x, y): ([Double?], [Double?]) = ([], [])
        var texts: [String?] = []
        for shape in geometry.shapes {
            var text: String?
            var place: Position?
            if case .point(let position)? = shape, position.z == nil {
                place = position.isFinite ? position : nil
            } else {
                text = shape.map { $0.wkt(decimals: isInDegrees ? 7 : 3) }
            }
            x.append(place?.x)
            y.append(place?.y)
            texts.append(text)
        }
        var batch = self
        batch.geometry = GeometryColumn([Shape?](repeating: nil, count: count))
        func free(_ names: [String]) -> String {
            names.first { name in !columns.contains { $0.name.lowercased() == name } }
                ?? "geometry_\(names[0])"
        }
        if x.contains(where: { $0 != nil }) {
            batch.set(free(isInDegrees ? ["lon", "longitude"] : ["x", "easting"]), .double(x))
            batch.set(free(isInDegrees ? ["lat", "latitude"] : ["y", "northing"]), .double(y))
        }
        if texts.contains(where: { $0 != nil }) {
            batch.set(free(["wkt", "geometry", "geom"]), .string(texts))
        }
        return batch
    }
}
