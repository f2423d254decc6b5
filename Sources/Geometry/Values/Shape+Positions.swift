extension Shape {
    /// Calls a closure with every position, in order, closing positions of rings included.
    ///
    /// - Parameter body: Called once a position.
    public func forEachPosition(_ body: (Position) throws -> Void) rethrows {
        switch self {
        case .point(let position):
            if !isEmpty { try body(position) }
        case .multiPoint(let positions), .lineString(let positions):
            try positions.forEach(body)
        case .multiLineString(let lines), .polygon(let lines):
            for line in lines { try line.forEach(body) }
        case .multiPolygon(let polygons):
            for rings in polygons { for ring in rings { try ring.forEach(body) } }
        case .collection(let parts):
            for part in parts { try part.forEachPosition(body) }
        }
    }

    /// Returns the shape with every position replaced.
    ///
    /// - Parameter transform: Gives the new position for each old one.
    /// - Returns: A shape of the same kind and structure.
    public func mapPositions(_ transform: (Position) throws -> Position) rethrows -> Shape {
        switch self {
        case .point(let position):
            isEmpty ? self : .point(try transform(position))
        case .multiPoint(let positions):
            .multiPoint(try positions.map(transform))
        case .lineString(let line):
            .lineString(try line.map(transform))
        case .multiLineString(let lines):
            .multiLineString(try lines.map { try $0.map(transform) })
        case .polygon(let rings):
            .polygon(try rings.map { try $0.map(transform) })
        case .multiPolygon(let polygons):
            .multiPolygon(try polygons.map { try $0.map { try $0.map(transform) } })
        case .collection(let parts):
            .collection(try parts.map { try $0.mapPositions(transform) })
        }
    }

    /// The number of positions, closing positions of rings included.
    public var positionCount: Int {
        switch self {
        case .point: isEmpty ? 0 : 1
        case .multiPoint(let positions), .lineString(let positions): positions.count
        case .multiLineString(let lines), .polygon(let lines): lines.reduce(0) { $0 + $1.count }
        case .multiPolygon(let polygons):
            polygons.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        case .collection(let parts): parts.reduce(0) { $0 + $1.positionCount }
        }
    }

    /// The smallest box around the shape, or `nil` for an empty one.
    public var envelope: Envelope? {
        var box: Envelope?
        forEachPosition { box = box?.including($0) ?? Envelope($0) }
        return box
    }

    /// The polygons of an areal shape: one, several, or those of a collection's members.
    public var polygons: [[[Position]]] {
        switch self {
        case .polygon(let rings): rings.isEmpty ? [] : [rings]
        case .multiPolygon(let polygons): polygons
        case .collection(let parts): parts.flatMap(\.polygons)
        default: []
        }
    }

    /// The chains of segments of a linear shape: one, several, or those of a collection's members.
    public var lines: [[Position]] {
        switch self {
        case .lineString(let line): line.isEmpty ? [] : [line]
        case .multiLineString(let lines): lines
        case .collection(let parts): parts.flatMap(\.lines)
        default: []
        }
    }

    /// The single positions of a puntal shape: one, several, or those of a collection's members.
    public var points: [Position] {
        switch self {
        case .point(let position): isEmpty ? [] : [position]
        case .multiPoint(let positions): positions
        case .collection(let parts): parts.flatMap(\.points)
        default: []
        }
    }

    /// Joins polygons into the simplest shape that holds them.
    ///
    /// - Parameter polygons: Rings of each polygon.
    /// - Returns: A polygon for exactly one, a multipolygon otherwise.
    public static func area(of polygons: [[[Position]]]) -> Shape {
        polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }
}
