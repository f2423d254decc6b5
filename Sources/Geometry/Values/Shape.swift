/// A geometry as a value, in the kinds of Simple Features and GeoJSON.
///
/// Positions are longitude, latitude (degrees, EPSG:4326) unless the place a shape comes from says
/// otherwise. A shape says nothing of validity: rings may cross themselves until
/// ``Shape/validity()`` has been asked. It is the form of one geometry for people and for GEOS; a
/// column of many geometries is laid out flat in the `Features` module.
public enum Shape: Hashable, Sendable {
    /// One position; ``Position/empty`` stands for an empty point.
    case point(Position)
    /// Several positions.
    case multiPoint([Position])
    /// A chain of straight segments.
    case lineString([Position])
    /// Several chains.
    case multiLineString([[Position]])
    /// Closed rings, the outer one first, holes after it.
    case polygon([[Position]])
    /// Several polygons.
    case multiPolygon([[[Position]]])
    /// Shapes of any kinds.
    case collection([Shape])

    /// The kind of this shape.
    public var kind: Kind {
        switch self {
        case .point: .point
        case .multiPoint: .multiPoint
        case .lineString: .lineString
        case .multiLineString: .multiLineString
        case .polygon: .polygon
        case .multiPolygon: .multiPolygon
        case .collection: .collection
        }
    }

    /// The kinds of geometry; the raw value is the code that WKB uses.
    public enum Kind: UInt32, Hashable, Sendable, CaseIterable {
        /// One position.
        case point = 1
        /// A chain of segments.
        case lineString = 2
        /// Rings around an area.
        case polygon = 3
        /// Several positions.
        case multiPoint = 4
        /// Several chains.
        case multiLineString = 5
        /// Several polygons.
        case multiPolygon = 6
        /// Shapes of any kinds.
        case collection = 7

        /// The name that GeoJSON uses, for example `MultiPolygon`.
        public var geoJSONName: String {
            switch self {
            case .point: "Point"
            case .lineString: "LineString"
            case .polygon: "Polygon"
            case .multiPoint: "MultiPoint"
            case .multiLineString: "MultiLineString"
            case .multiPolygon: "MultiPolygon"
            case .collection: "GeometryCollection"
            }
        }
    }

    /// 0 for points, 1 for lines, 2 for areas; the greatest of its parts for a collection and
    /// nothing for an empty one.
    public var dimension: Int? {
        switch self {
        case .point, .multiPoint: 0
        case .lineString, .multiLineString: 1
        case .polygon, .multiPolygon: 2
        case .collection(let parts): parts.compactMap(\.dimension).max()
        }
    }

    /// Whether the shape holds no position at all.
    public var isEmpty: Bool {
        switch self {
        case .point(let position): position.x.isNaN && position.y.isNaN
        case .multiPoint(let positions): positions.isEmpty
        case .lineString(let line): line.isEmpty
        case .multiLineString(let lines): lines.allSatisfy(\.isEmpty)
        case .polygon(let rings): rings.allSatisfy(\.isEmpty)
        case .multiPolygon(let polygons): polygons.allSatisfy { $0.allSatisfy(\.isEmpty) }
        case .collection(let parts): parts.allSatisfy(\.isEmpty)
        }
    }
}
