import Formats
import Geometry

/// The geometries of a filter in JSON (RFC 7946).
enum CQLGeoJSON {
    /// Reads a geometry.
    static func shape(
        _ json: JSONValue, _ pointer: String, _ depth: Int
    ) throws(CQLError) -> Shape {
        guard depth < 16 else {
            throw CQLError(at: .pointer(pointer), "collections nest deeper than 16")
        }
        let name = json["type"]?.string ?? ""
        if name == Shape.Kind.collection.geoJSONName {
            guard let parts = json["geometries"]?.array else {
                throw CQLError(at: .pointer(pointer + "/geometries"), "expected an array")
            }
            var shapes: [Shape] = []
            for (at, part) in parts.enumerated() {
                shapes.append(try shape(part, "\(pointer)/geometries/\(at)", depth + 1))
            }
            return .collection(shapes)
        }
        guard let kind = Shape.Kind.allCases.first(where: { $0.geoJSONName == name }) else {
            throw CQLError(
                at: .pointer(pointer + "/type"),
                "expected a kind of geometry, found \"\(name.prefix(40))\"")
        }
        let place = pointer + "/coordinates"
        guard let coordinates = json["coordinates"] else {
            throw CQLError(at: .pointer(place), "expected coordinates, found none")
        }
        return switch kind {
        case .point: .point(try position(coordinates, place))
        case .multiPoint: .multiPoint(try list(coordinates, place, position))
        case .lineString: .lineString(try list(coordinates, place, position))
        case .multiLineString: .multiLineString(try list(coordinates, place, chain))
        case .polygon: .polygon(try list(coordinates, place, chain))
        default: .multiPolygon(try list(coordinates, place, rings))
        }
    }

    private static func position(
        _ json: JSONValue, _ pointer: String
    ) throws(CQLError) -> Position {
        let numbers = json.array?.compactMap(\.number) ?? []
        guard (2...4).contains(numbers.count), numbers.count == json.array?.count else {
            throw CQLError(at: .pointer(pointer), "expected a position of two or three numbers")
        }
        return Position(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : nil)
    }

    private static func chain(
        _ json: JSONValue, _ pointer: String
    ) throws(CQLError) -> [Position] {
        try list(json, pointer, position)
    }

    private static func rings(
        _ json: JSONValue, _ pointer: String
    ) throws(CQLError) -> [[Position]] {
        try list(json, pointer, chain)
    }

    private static func list<Part>(
        _ json: JSONValue, _ pointer: String,
        _ part: (JSONValue, String) throws(CQLError) -> Part
    ) throws(CQLError) -> [Part] {
        guard let items = json.array else {
            throw CQLError(at: .pointer(pointer), "expected an array")
        }
        var parts: [Part] = []
        for (at, item) in items.enumerated() { parts.append(try part(item, "\(pointer)/\(at)")) }
        return parts
    }

    /// The geometry as JSON, all digits kept.
    static func json(_ shape: Shape) -> JSONValue {
        func position(_ position: Position) -> JSONValue {
            .array(
                ([position.x, position.y] + (position.z.map { [$0] } ?? [])).map(JSONValue.double))
        }
        func chain(_ chain: [Position]) -> JSONValue { .array(chain.map(position)) }
        func rings(_ rings: [[Position]]) -> JSONValue { .array(rings.map(chain)) }
        let coordinates: JSONValue
        switch shape {
        case .collection(let parts):
            return .object([
                "type": .string(shape.kind.geoJSONName), "geometries": .array(parts.map(json)),
            ])
        case .point(let place): coordinates = position(place)
        case .multiPoint(let places), .lineString(let places): coordinates = chain(places)
        case .multiLineString(let lines), .polygon(let lines): coordinates = rings(lines)
        case .multiPolygon(let polygons): coordinates = .array(polygons.map(rings))
        }
        return .object([
            "type": .string(shape.kind.geoJSONName), "coordinates": coordinates,
        ])
    }
}
