internal import Features
internal import Geometry

/// The features and the land of a map on the plane.
struct ProjectedMap {
    let projection: MapProjection
    /// The shapes of each layer's rows.
    let layers: [[Shape?]]
    let land: [Shape]
    /// The box around all features, in metres.
    let box: Envelope

    /// Puts what a map shows on the plane of tiles, or on the one that suits its place.
    init(_ content: MapContent, onTiles: Bool = false) throws {
        var degrees: Envelope?
        for layer in content.layers {
            if let box = layer.extent { degrees = degrees?.union(box) ?? box }
            for row in 0..<layer.batch.count {
                guard let box = layer.batch.geometry[row]?.envelope else { continue }
                degrees = degrees?.union(box) ?? box
            }
        }
        guard let degrees else {
            let names = content.layers.map { $0.name.english }.joined(separator: ", ")
            throw MapError(
                .empty, at: names, "holds no feature with a geometry, so there is nothing to draw",
                remedy: "name a layer or a result that holds geometries")
        }
        projection = try onTiles ? .ofTiles() : MapProjection(for: degrees)
        let projection = projection
        layers = try content.layers.map { try projection.project($0.batch.geometry) }
        land = try content.land.map { try projection.project($0) }
        var around: Envelope?
        let later = try content.layers.compactMap(\.extent).map { box in
            let corners = [Position(box.minX, box.minY), Position(box.maxX, box.maxY)]
            return Shape.multiPoint(try projection.project(corners))
        }
        for shape in layers.joined() + later {
            guard let box = shape?.envelope else { continue }
            around = around?.union(box) ?? box
        }
        box = around ?? Envelope(Position(0, 0))
    }

    /// The box around all features with some room, and no narrower than a town.
    ///
    /// Two or three places alone are shown with more of the land in which they lie.
    var home: Envelope {
        let count = layers.joined().count { $0 != nil }
        let room = max(box.width, box.height) * (count <= 3 ? 0.3 : 0.05)
        let width = max(box.width + 2 * room, 8000)
        let height = max(box.height + 2 * room, 8000)
        return Envelope(
            minX: box.centre.x - width / 2, minY: box.centre.y - height / 2,
            maxX: box.centre.x + width / 2, maxY: box.centre.y + height / 2)
    }
}
