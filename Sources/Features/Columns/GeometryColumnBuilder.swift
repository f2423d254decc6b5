public import Geometry

/// Builds a geometry column row by row, in the layout of the first kind for as long as all rows
/// are of that kind, and as well-known binary from the first row that is not.
public struct GeometryColumnBuilder: Sendable {
    private var kind: Shape.Kind?
    private var isMixed = false
    private var hasHeights = false
    private var coordinates = GeometryColumn.Coordinates()
    private var rings = [0]
    private var polygons = [0]
    private var offsets = [0]
    private var binary: [UInt8] = []
    private var validity = Validity()

    /// Creates a builder of no rows.
    public init() {}

    /// The number of rows.
    public var count: Int { validity.count }

    /// Appends a point, the way that costs least.
    ///
    /// - Parameters:
    ///   - x: Longitude in degrees.
    ///   - y: Latitude in degrees.
    public mutating func appendPoint(_ x: Double, _ y: Double) {
        guard kind == .point, !isMixed, !hasHeights else {
            return append(.point(Position(x, y)))
        }
        coordinates.x.append(x)
        coordinates.y.append(y)
        validity.append(true)
    }

    /// Appends a row.
    ///
    /// - Parameter shape: Its geometry, `nil` for none.
    public mutating func append(_ shape: Shape?) {
        guard let shape else { return appendNull() }
        if kind == nil { begin(shape) }
        if !isMixed, !fits(shape) { mix() }
        if isMixed {
            WellKnownBinary.append(shape, to: &binary)
            offsets.append(binary.count)
        } else {
            put(shape)
        }
        validity.append(true)
    }

    private mutating func appendNull() {
        if isMixed {
            offsets.append(binary.count)
        } else if let kind {
            putNull(kind)
        }
        validity.append(false)
    }

    private mutating func begin(_ first: Shape) {
        kind = first.kind
        hasHeights = Self.heights(first) == .all
        coordinates.z = hasHeights ? [] : nil
        isMixed = first.kind == .collection
        for _ in 0..<count {
            if isMixed { offsets.append(0) } else { putNull(first.kind) }
        }
    }

    private enum Heights { case none, all, some }

    private static func heights(_ shape: Shape) -> Heights {
        var with = 0
        var all = 0
        shape.forEachPosition {
            all += 1
            if $0.z != nil { with += 1 }
        }
        return with == 0 ? .none : with == all ? .all : .some
    }

    private func fits(_ shape: Shape) -> Bool {
        guard shape.kind == kind else { return false }
        return switch Self.heights(shape) {
        case .none: !hasHeights || shape.isEmpty
        case .all: hasHeights
        case .some: false
        }
    }

    private mutating func putNull(_ kind: Shape.Kind) {
        if kind == .point { coordinates.append(.empty) } else { endRow(kind) }
    }

    private mutating func put(_ shape: Shape) {
        switch shape {
        case .point(let position): coordinates.append(position)
        case .multiPoint(let positions), .lineString(let positions): put(positions)
        case .polygon(let parts), .multiLineString(let parts): put(rings: parts)
        case .multiPolygon(let parts):
            for polygon in parts {
                put(rings: polygon)
                polygons.append(rings.count - 1)
            }
        case .collection: break
        }
        if shape.kind != .point { endRow(shape.kind) }
    }

    private mutating func put(_ positions: [Position]) {
        for position in positions { coordinates.append(position) }
    }

    private mutating func put(rings parts: [[Position]]) {
        for part in parts {
            put(part)
            rings.append(coordinates.count)
        }
    }

    private mutating func endRow(_ kind: Shape.Kind) {
        switch kind {
        case .multiPoint, .lineString: offsets.append(coordinates.count)
        case .polygon, .multiLineString: offsets.append(rings.count - 1)
        case .multiPolygon: offsets.append(polygons.count - 1)
        case .point, .collection: break
        }
    }

    private mutating func mix() {
        let before = finish()
        self = GeometryColumnBuilder()
        kind = before.kind
        isMixed = true
        for row in 0..<before.count { append(before[row]) }
    }

    /// The column of all rows appended so far; one of points where no row holds a geometry.
    ///
    /// - Returns: The column.
    public func finish() -> GeometryColumn {
        if isMixed { return GeometryColumn(.binary(binary, offsets: offsets), validity: validity) }
        let layout: GeometryColumn.Layout
        switch kind {
        case .multiPoint, .lineString:
            layout = .chains(coordinates, offsets: offsets, kind: kind ?? .lineString)
        case .polygon, .multiLineString:
            layout = .rings(coordinates, rings: rings, offsets: offsets, kind: kind ?? .polygon)
        case .multiPolygon:
            layout = .polygons(coordinates, rings: rings, polygons: polygons, offsets: offsets)
        case .point:
            layout = .points(coordinates)
        case nil, .collection:
            let none = [Double](repeating: .nan, count: count)
            layout = .points(.init(x: none, y: none))
        }
        return GeometryColumn(layout, validity: validity)
    }
}
