internal import Features
internal import Formats
internal import Geometry

/// The data of a page as JSON: shapes as whole decimetres of the plane from the middle of the map,
/// the positions of lines and areas as steps from the one before, attributes column by column.
struct MapData {
    private let content: MapContent
    private let style: MapStyle
    private let map: ProjectedMap
    private let base: OnlineBase?
    private let origin: Position

    init(
        _ content: MapContent, _ style: MapStyle, _ map: ProjectedMap, _ base: OnlineBase? = nil
    ) {
        self.base = base
        self.content = content
        self.style = style
        self.map = map
        origin = map.box.centre
    }

    /// The JSON text, in which `<`, `>` and `&` stand as escapes: nothing in it can end the element
    /// that holds it.
    var json: String {
        var text = "{\"title\":\(Self.name(content.title)),\"home\":\(home)"
        text += ",\"sources\":[" + content.sources.map(Self.string).joined(separator: ",") + "]"
        text += ",\"projection\":\(Self.string(map.projection.title))"
        let across = map.projection.metresAcross.map { JSONText.number($0) } ?? "null"
        text += ",\"plane\":{\"origin\":[\(JSONText.number(origin.x)),\(JSONText.number(origin.y))]"
        text += ",\"across\":\(across)}"
        if let base {
            text += ",\"base\":{\"address\":\(Self.string(base.address))"
            text += ",\"credit\":\(Self.string(base.credit))}"
        }
        text += ",\"land\":["
        text += map.land.map { shape in
            "[" + shape.polygons.joined().map { steps($0, tolerance: 3000) }.joined(separator: ",")
                + "]"
        }.joined(separator: ",")
        text += "],\"graticule\":["
        let graticule =
            (try? Graticule(in: map.home, of: map.projection, reach: 4))?.lines ?? []
        text += graticule.map { steps($0.positions) }.joined(separator: ",")
        text += "],\"degrees\":["
        text += graticule.map { "[\(Self.string($0.name)),\($0.isMeridian)]" }
            .joined(separator: ",")
        text += "],\"sizes\":["
        text += style.sizes.map {
            "[\(Self.string(MapFigures.plain($0.value))),\(JSONText.number($0.radius))]"
        }.joined(separator: ",")
        text += "],\"sizeName\":\(style.sizeName.map(Self.name) ?? "null")"
        text += ",\"colorName\":\(style.colorName.map(Self.name) ?? "null")"
        text += ",\"layers\":["
        text += content.layers.indices.map(layer).joined(separator: ",\n") + "]"
        if let provenance = content.provenance {
            text += ",\"clusteratlas\":\(provenance.member.json)"
        }
        return Self.embedded(text + "}")
    }

    /// JSON that can stand in a script element; only texts hold these characters.
    static func embedded(_ json: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.utf8.count)
        for byte in json.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += Array("\\u003c".utf8)
            case UInt8(ascii: ">"): bytes += Array("\\u003e".utf8)
            case UInt8(ascii: "&"): bytes += Array("\\u0026".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func string(_ text: String) -> String { JSONText.of(.string(text)) }

    private static func name(_ name: MapName) -> String {
        "{\"ko\":\(name.korean.map(string) ?? "null"),\"en\":\(string(name.english))}"
    }

    private func x(_ position: Position) -> Int { Int(((position.x - origin.x) * 10).rounded()) }
    private func y(_ position: Position) -> Int { Int(((position.y - origin.y) * 10).rounded()) }

    private var home: String {
        let box = map.home
        let (a, b) = (Position(box.minX, box.minY), Position(box.maxX, box.maxY))
        return "[\(x(a)),\(y(a)),\(x(b)),\(y(b))]"
    }

    /// A chain as its first position and the steps from there, without those shorter than a
    /// tolerance in decimetres.
    private func steps(_ chain: [Position], tolerance: Int = 1) -> String {
        guard let first = chain.first else { return "[]" }
        var last = (x(first), y(first))
        var text = "[\(last.0),\(last.1)"
        for (i, position) in chain.enumerated().dropFirst() {
            let next = (x(position), y(position))
            let step = max((next.0 - last.0).magnitude, (next.1 - last.1).magnitude)
            if step < tolerance, i < chain.count - 1 { continue }
            text += ",\(next.0 - last.0),\(next.1 - last.1)"
            last = next
        }
        return text + "]"
    }

    private func layer(_ number: Int) -> String {
        let layer = content.layers[number]
        let style = style.layers[number]
        let shapes = map.layers[number]
        let batch = layer.batch
        let dimension = shapes.compactMap { $0?.dimension }.max() ?? 0
        var text = "{\"name\":\(Self.name(layer.name)),\"marker\":\(style.marker.rawValue)"
        text += ",\"colored\":\(style.isColored),\"dimension\":\(dimension)"
        text += ",\"radius\":\(JSONText.number(style.radius)),\"entries\":["
        text +=
            style.entries.map {
                "{\"color\":\"\($0.color)\",\"name\":\(Self.name($0.name))}"
            }.joined(separator: ",") + "]"
        if style.entries.count > 1 {
            text += ",\"rows\":[" + style.rows.map(String.init).joined(separator: ",") + "]"
        }
        if let radii = style.radii {
            text += ",\"radii\":["
            text += radii.map { SVGText.number($0) }.joined(separator: ",") + "]"
        }
        text += ",\"shapes\":[" + shapes.map(shape).joined(separator: ",") + "]"
        text += ",\"ids\":["
        if batch.ids != nil {
            text += (0..<batch.count).map { batch.id($0).map(Self.string) ?? "null" }
                .joined(separator: ",")
        }
        let columns = batch.columns.map(\.name)
        let names = layer.nameColumns
        func place(_ name: String?) -> String {
            name.flatMap(columns.firstIndex).map(String.init) ?? "-1"
        }
        text += "],\"nameKO\":\(place(names.korean)),\"nameEN\":\(place(names.english))"
        text += ",\"fields\":[\n"
        text += batch.columns.map { field in
            let values = (0..<batch.count).map { JSONText.of(field.column[$0]) }
            return
                "{\"key\":\(Self.string(field.name)),\"name\":\(Self.name(FieldName.of(field.name)))"
                + ",\"values\":[\(values.joined(separator: ","))]}"
        }.joined(separator: ",\n")
        return text + "]}"
    }

    /// A shape: 0 for none; two numbers for a point; else its points, lines and rings.
    private func shape(_ shape: Shape?) -> String {
        guard let shape else { return "0" }
        if case .point(let position) = shape { return "[\(x(position)),\(y(position))]" }
        let points = shape.points.map { "\(x($0)),\(y($0))" }.joined(separator: ",")
        let lines = shape.lines.map { steps($0) }.joined(separator: ",")
        let rings = shape.polygons.joined().map { steps($0) }.joined(separator: ",")
        return "[[\(points)],[\(lines)],[\(rings)]]"
    }
}
