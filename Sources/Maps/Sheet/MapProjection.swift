internal import Features
internal import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The plane on which a map is drawn, in metres: x east, y north.
enum MapProjection {
    /// Korea's unified coordinate system, EPSG:5179: true in angles, and in lengths within a
    /// thousandth over Korea.
    case korea(Transformation)
    /// Equidistant cylindrical, true along the meridians and one parallel, for anything else
    /// (J. P. Snyder, Map Projections, USGS Professional Paper 1395, 1987, p. 91).
    case cylindrical(latitude: Double, metresAcross: Double)
    /// Web Mercator, EPSG:3857, of the tiles of online maps: lengths are too great by one over the
    /// cosine of the latitude.
    case mercator(Transformation)

    private static let degree = 6_371_008.8 * Double.pi / 180

    /// Chooses the plane for a box of longitudes and latitudes.
    init(for box: Envelope) throws {
        if box.minX >= 118, box.maxX <= 138, box.minY >= 28, box.maxY <= 46 {
            self = .korea(
                try Transformation(from: .wgs84, to: CoordinateReferenceSystem("EPSG:5179")))
        } else {
            let latitude = min(max(box.centre.y, -80), 80)
            self = .cylindrical(
                latitude: latitude, metresAcross: Self.degree * cos(latitude * .pi / 180))
        }
    }

    /// The plane of the tiles of online maps.
    static func ofTiles() throws -> MapProjection {
        .mercator(try Transformation(from: .wgs84, to: CoordinateReferenceSystem("EPSG:3857")))
    }

    /// What readers of the map are told of it.
    var title: String {
        switch self {
        case .korea: "EPSG:5179"
        case .mercator: "EPSG:3857"
        case .cylindrical(let latitude, _):
            "equidistant cylindrical, \(MapFigures.number(latitude, decimals: 1))°"
        }
    }

    /// Metres for a degree of longitude on the equidistant cylindrical plane; `nil` on the other.
    var metresAcross: Double? {
        if case .cylindrical(_, let across) = self { across } else { nil }
    }

    /// Puts positions on the plane.
    func project(_ positions: [Position]) throws -> [Position] {
        switch self {
        case .korea(let transformation), .mercator(let transformation):
            var x = positions.map(\.x)
            var y = positions.map(\.y)
            try transformation.apply(&x, &y)
            return zip(x, y).map { Position($0, $1) }
        case .cylindrical(_, let across):
            return positions.map { Position($0.x * across, $0.y * Self.degree) }
        }
    }

    /// Puts a shape on the plane; the vertices move, and the edges between them stay straight.
    func project(_ shape: Shape) throws -> Shape {
        var positions: [Position] = []
        shape.forEachPosition { positions.append($0) }
        let projected = try project(positions)
        var at = 0
        return shape.mapPositions { _ in
            defer { at += 1 }
            return projected[at]
        }
    }

    /// Puts shapes on the plane; `nil` stays.
    func project(_ geometry: GeometryColumn) throws -> [Shape?] {
        try (0..<geometry.count).map { row in
            guard let shape = geometry[row], !shape.isEmpty else { return nil }
            return try project(shape)
        }
    }

    /// Back from the plane to longitude and latitude.
    func unproject(_ position: Position) throws -> Position {
        switch self {
        case .korea(let transformation), .mercator(let transformation):
            var x = [position.x]
            var y = [position.y]
            try transformation.applyInverse(&x, &y)
            return Position(x[0], y[0])
        case .cylindrical(_, let across):
            return Position(position.x / across, position.y / Self.degree)
        }
    }
}
