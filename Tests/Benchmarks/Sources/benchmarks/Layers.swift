import ClusterAtlasKit

/// The seeded points of the peers as layers that are in memory before the clock starts.
enum Layers {
    /// Points with a number each, in batches of the usual size.
    static func demand(_ folder: String, _ name: String, field: String) throws -> [FeatureBatch] {
        let places = try NumpyFile("\(folder)/points_\(name).npy")
        let weights = try NumpyFile("\(folder)/weights_\(name).npy").values
        let (x, y) = (places.column(0), places.column(1))
        return stride(from: 0, to: x.count, by: FeatureBatch.usualCount).map { start in
            let range = start..<min(start + FeatureBatch.usualCount, x.count)
            var batch = FeatureBatch(
                geometry: GeometryColumn(longitudes: Array(x[range]), latitudes: Array(y[range])),
                firstIndex: start)
            batch.set(field, .double(Array(weights[range])))
            return batch
        }
    }

    /// Facilities with a capacity each.
    static func facilities(
        _ folder: String, _ name: String, inside boundary: Shape? = nil
    ) throws -> FeatureBatch {
        let sites = try NumpyFile("\(folder)/facilities_\(name).npy")
        let capacities = try NumpyFile("\(folder)/capacity_\(name).npy").values
        let (x, y) = (sites.column(0), sites.column(1))
        var rows = Array(x.indices)
        if let boundary {
            let area = try PreparedArea(boundary)
            rows = try rows.filter { try area.covers(Position(x[$0], y[$0])) }
        }
        var batch = FeatureBatch(
            geometry: GeometryColumn(
                longitudes: rows.map { x[$0] }, latitudes: rows.map { y[$0] }))
        batch.set("capacity", .double(rows.map { capacities[$0] }))
        return batch
    }

    /// The boundary of the peers' country.
    static func boundary(_ folder: String) throws -> Shape? {
        var source = try openSource("\(folder)/boundary.geojson")
        return try source.readAll().geometry.shapes.first ?? nil
    }
}
