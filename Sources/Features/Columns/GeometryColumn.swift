public import Geometry

/// A column of geometries, laid out as GeoArrow lays them out.
///
/// Geometries of one kind are coordinates in two (or three) arrays with offsets into them, so that
/// a million points are two arrays of numbers and no objects. Where kinds, or heights and no
/// heights, are mixed, the rows hold well-known binary. Rows without a geometry are null.
/// See https://geoarrow.org/format.html.
public struct GeometryColumn: Hashable, Sendable {
    /// The geometries of all rows, in one of the layouts.
    public enum Layout: Hashable, Sendable {
        /// Points: one coordinate a row (NaN where the row is null or the point empty).
        case points(Coordinates)
        /// Multipoints or line strings: `offsets[row] ..< offsets[row + 1]` are its coordinates.
        case chains(Coordinates, offsets: [Int], kind: Shape.Kind)
        /// Polygons or multi line strings: `offsets` lead to rings, rings to coordinates.
        case rings(Coordinates, rings: [Int], offsets: [Int], kind: Shape.Kind)
        /// Multipolygons: `offsets` lead to polygons, polygons to rings, rings to coordinates.
        case polygons(Coordinates, rings: [Int], polygons: [Int], offsets: [Int])
        /// Mixed kinds: `offsets[row] ..< offsets[row + 1]` are the bytes of its WKB.
        case binary([UInt8], offsets: [Int])
    }

    /// Coordinates as separate arrays of equal length.
    public struct Coordinates: Hashable, Sendable {
        /// Longitudes in degrees.
        public var x: [Double]
        /// Latitudes in degrees.
        public var y: [Double]
        /// Heights in metres, where all geometries of the column have them.
        public var z: [Double]?

        /// Creates coordinates from arrays.
        ///
        /// - Parameters:
        ///   - x: Longitudes in degrees.
        ///   - y: Latitudes in degrees.
        ///   - z: Heights in metres, if any.
        /// - Precondition: The arrays are of equal length.
        public init(x: [Double] = [], y: [Double] = [], z: [Double]? = nil) {
            precondition(x.count == y.count && (z == nil || z?.count == x.count))
            self.x = x
            self.y = y
            self.z = z
        }

        /// The number of positions.
        public var count: Int { x.count }

        /// The position at an index.
        ///
        /// - Parameter index: The index, from 0.
        /// - Returns: The position.
        public subscript(index: Int) -> Position { Position(x[index], y[index], z?[index]) }

        /// Whether both hold the same numbers; NaN, which stands for none, is the same as NaN.
        public static func == (a: Coordinates, b: Coordinates) -> Bool {
            func same(_ a: [Double], _ b: [Double]) -> Bool {
                a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
            }
            return same(a.x, b.x) && same(a.y, b.y) && (a.z == nil) == (b.z == nil)
                && same(a.z ?? [], b.z ?? [])
        }

        /// Hashes the numbers, every NaN alike.
        public func hash(into hasher: inout Hasher) {
            for value in x { hasher.combine(value.isNaN ? .nan : value) }
            for value in y { hasher.combine(value.isNaN ? .nan : value) }
        }

        mutating func append(_ position: Position) {
            x.append(position.x)
            y.append(position.y)
            z?.append(position.z ?? .nan)
        }

        func positions(_ range: Range<Int>) -> [Position] { range.map { self[$0] } }
    }

    /// The geometries.
    public let layout: Layout
    /// Which rows hold a geometry.
    public let validity: Validity

    /// Creates a column from its parts.
    ///
    /// - Parameters:
    ///   - layout: The geometries of all rows.
    ///   - validity: Which rows hold one.
    public init(_ layout: Layout, validity: Validity) {
        self.layout = layout
        self.validity = validity
    }

    /// Creates a column of points.
    ///
    /// - Parameters:
    ///   - x: Longitudes in degrees; NaN makes a row null.
    ///   - y: Latitudes in degrees.
    public init(longitudes x: [Double], latitudes y: [Double]) {
        var validity = Validity()
        for i in x.indices { validity.append(!x[i].isNaN && !y[i].isNaN) }
        self.init(.points(Coordinates(x: x, y: y)), validity: validity)
    }

    /// Creates a column of geometries.
    ///
    /// - Parameter shapes: One a row, `nil` for none.
    public init(_ shapes: some Sequence<Shape?>) {
        var builder = GeometryColumnBuilder()
        for shape in shapes { builder.append(shape) }
        self = builder.finish()
    }

    /// The number of rows.
    public var count: Int { validity.count }

    /// The kind of all geometries, or `nil` where kinds are mixed.
    public var kind: Shape.Kind? {
        switch layout {
        case .points: .point
        case .chains(_, _, let kind), .rings(_, _, _, let kind): kind
        case .polygons: .multiPolygon
        case .binary: nil
        }
    }

    /// The geometry of a row as a value, or `nil` where there is none.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: The geometry.
    public subscript(row: Int) -> Shape? {
        guard validity[row] else { return nil }
        switch layout {
        case .points(let coordinates):
            return .point(coordinates[row])
        case .chains(let coordinates, let offsets, let kind):
            let positions = coordinates.positions(offsets[row]..<offsets[row + 1])
            return kind == .multiPoint ? .multiPoint(positions) : .lineString(positions)
        case .rings(let coordinates, let rings, let offsets, let kind):
            let parts = (offsets[row]..<offsets[row + 1]).map {
                coordinates.positions(rings[$0]..<rings[$0 + 1])
            }
            return kind == .polygon ? .polygon(parts) : .multiLineString(parts)
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            return .multiPolygon(
                (offsets[row]..<offsets[row + 1]).map { polygon in
                    (polygons[polygon]..<polygons[polygon + 1]).map {
                        coordinates.positions(rings[$0]..<rings[$0 + 1])
                    }
                })
        case .binary(let bytes, let offsets):
            return try? WellKnownBinary.decode(bytes[offsets[row]..<offsets[row + 1]])
        }
    }

    /// The geometries of all rows as values.
    public var shapes: [Shape?] { (0..<count).map { self[$0] } }
}
