extension Shape {
    /// The same shape without members that hold no position: empty points of a multipoint, empty
    /// rings, empty parts of a collection.
    ///
    /// They mean nothing to an operation, but GEOS before 3.12 crashes on some of them (see its
    /// NEWS: unary union, distance, intersects, point on surface and centroid).
    var withoutEmptyMembers: Shape { hasEmptyMembers ? pruned : self }

    private var hasEmptyMembers: Bool {
        switch self {
        case .point, .lineString: false
        case .multiPoint(let positions): positions.contains { $0.x.isNaN && $0.y.isNaN }
        case .multiLineString(let lines), .polygon(let lines): lines.contains(where: \.isEmpty)
        case .multiPolygon(let polygons):
            polygons.contains { $0.isEmpty || $0.contains(where: \.isEmpty) }
        case .collection(let parts): parts.contains { $0.isEmpty || $0.hasEmptyMembers }
        }
    }

    private var pruned: Shape {
        switch self {
        case .point, .lineString: self
        case .multiPoint(let positions):
            .multiPoint(positions.filter { !($0.x.isNaN && $0.y.isNaN) })
        case .multiLineString(let lines): .multiLineString(lines.filter { !$0.isEmpty })
        case .polygon(let rings): .polygon(rings.filter { !$0.isEmpty })
        case .multiPolygon(let polygons):
            .multiPolygon(polygons.map { $0.filter { !$0.isEmpty } }.filter { !$0.isEmpty })
        case .collection(let parts):
            .collection(parts.filter { !$0.isEmpty }.map(\.withoutEmptyMembers))
        }
    }
}
