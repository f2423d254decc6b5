internal import Geometry

/// A way to say in attributes how features are drawn.
public enum FeatureStyle: String, Hashable, Sendable, CaseIterable {
    /// simplestyle 1.1.0 (https://github.com/mapbox/simplestyle-spec), which geojson.io and GitHub
    /// draw: `marker-color` for points, `stroke` and `stroke-width` for lines and areas, `fill` and
    /// `fill-opacity` for areas. Attributes of these names stay as they are.
    case simplestyle

    /// Returns a batch with the attributes of the style.
    ///
    /// - Parameter batch: The features.
    /// - Returns: The same features.
    public func styled(_ batch: FeatureBatch) -> FeatureBatch {
        let dimensions = batch.geometry.shapes.map { $0?.dimension }
        func column(_ value: Value, _ wanted: Set<Int>) -> Column {
            var builder = ColumnBuilder()
            for dimension in dimensions {
                builder.append(dimension.map(wanted.contains) == true ? value : .null)
            }
            return builder.finish(as: .string)
        }
        var styled = batch
        func add(_ name: String, _ value: Value, _ wanted: Set<Int>) {
            guard batch[name] == nil,
                dimensions.contains(where: { $0.map(wanted.contains) == true })
            else { return }
            styled.set(name, column(value, wanted))
        }
        add("marker-color", .string("#1f6fb4"), [0])
        add("stroke", .string("#1f6fb4"), [1, 2])
        add("stroke-width", .int(2), [1, 2])
        add("fill", .string("#1f6fb4"), [2])
        add("fill-opacity", .double(0.25), [2])
        return styled
    }
}
