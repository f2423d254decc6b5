internal import Features
internal import Formats
internal import Geometry

/// A map in the form that another tool opens, with the colours, classes and sizes it has here.
public struct HandedMap {
    let content: MapContent
    let style: MapStyle

    /// A file of a map.
    public struct File: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let text: String
    }

    /// Prepares the map.
    ///
    /// - Parameters:
    ///   - content: What it shows.
    ///   - design: By which attributes it is drawn.
    /// - Throws: ``MapError`` where there is nothing to draw or a field is none.
    public init(_ content: MapContent, _ design: MapDesign = MapDesign()) throws(MapError) {
        self.content = content
        self.design = design
        style = try MapStyle(content.layers, design)
        guard content.layers.contains(where: { $0.drawnCount > 0 }) else {
            throw MapError(
                .empty, at: content.layers.map(\.name.english).joined(separator: ", "),
                "holds no feature with a geometry, so there is nothing to hand over",
                remedy: "name a layer or a result that holds geometries")
        }
    }

    let design: MapDesign

    /// The files of the map, the one to open first.
    ///
    /// - Parameters:
    ///   - tool: The tool.
    ///   - name: The name of the file to open; others begin with it, without its ending.
    /// - Returns: The files, all of which lie in one folder. The same content gives the same bytes.
    public func files(for tool: MapTool, named name: String) -> [File] {
        let stem = name.hasSuffix(tool.ending) ? String(name.dropLast(tool.ending.count)) : name
        switch tool {
        case .qgis: return QGISProject(self, stem).files
        case .maplibre: return [File(name: name, text: MapLibreStyle(self).json.text + "\n")]
        case .kepler: return [File(name: name, text: KeplerMap(self).json.text + "\n")]
        case .mapbox, .geojsonIO:
            return [File(name: name, text: SimpleStyle(self).collection(nil).text + "\n")]
        case .felt:
            let style = SimpleStyle(self)
            guard content.layers.count > 1 else {
                return [File(name: name, text: style.collection(nil).text + "\n")]
            }
            return zip(content.layers.indices, layerNames).map { number, layer in
                File(
                    name: number == 0 ? name : "\(stem).\(layer)\(tool.ending)",
                    text: style.collection(number).text + "\n")
            }
        }
    }

    /// Names of the layers that can stand in names of files, each once.
    var layerNames: [String] {
        var taken: Set<String> = []
        return content.layers.map { layer in
            let plain = layer.name.english.lowercased().map { letter in
                letter.isLetter || letter.isNumber ? letter : "-"
            }
            let name = plain.isEmpty ? "layer" : String(plain)
            var candidate = name
            var number = 2
            while !taken.insert(candidate).inserted {
                candidate = "\(name)-\(number)"
                number += 1
            }
            return candidate
        }
    }

    /// The colour of a feature.
    func color(_ layer: Int, _ row: Int) -> String {
        let own = style.layers[layer]
        return own.entries.indices.contains(own.rows[row])
            ? own.entries[own.rows[row]].color : MapPalette.none
    }

    /// The attributes of a feature, the names of people's use before them.
    func properties(_ layer: Int, _ row: Int) -> [JSONValue.Member] {
        content.layers[layer].batch.columns.map { field in
            JSONValue.Member(name: field.name, value: Self.value(field.column[row]))
        }
    }

    /// A feature of GeoJSON (RFC 7946) with properties; `nil` for one without a place.
    func feature(_ layer: Int, _ row: Int, _ more: [JSONValue.Member] = []) -> JSONValue? {
        let batch = content.layers[layer].batch
        guard let shape = batch.geometry[row], !shape.isEmpty else { return nil }
        let own = properties(layer, row).filter { one in !more.contains { $0.name == one.name } }
        var members: [JSONValue.Member] = [.init(name: "type", value: .string("Feature"))]
        if let id = batch.id(row) { members.append(.init(name: "id", value: .string(id))) }
        members.append(.init(name: "properties", value: .object(own + more)))
        members.append(.init(name: "geometry", value: GeometryJSON.of(shape)))
        return .object(members)
    }

    /// A collection of features.
    static func collection(_ features: [JSONValue], _ more: [JSONValue.Member] = []) -> JSONValue {
        .object(
            [.init(name: "type", value: .string("FeatureCollection"))] + more
                + [.init(name: "features", value: .array(features))])
    }

    /// What the map was made from, as a member of a collection.
    var provenance: JSONValue? {
        (content.provenance?.member.json).flatMap { try? JSONValue.parse(Array($0.utf8)) }
    }

    /// The box around all that is drawn, in degrees.
    var box: Envelope {
        var box: Envelope?
        for layer in content.layers {
            for row in 0..<layer.batch.count {
                guard let own = layer.batch.geometry[row]?.envelope else { continue }
                box = box?.union(own) ?? own
            }
        }
        return box ?? Envelope(Position(127, 36))
    }

    private static func value(_ value: Value) -> JSONValue {
        if let json = try? JSONValue.parse(Array(JSONText.of(value).utf8)) { return json }
        return .string(value.description)
    }
}

/// Geometry as GeoJSON holds it, to seven decimals; exterior rings turn against the clock.
enum GeometryJSON {
    static func of(_ shape: Shape) -> JSONValue {
        if case .collection(let parts) = shape {
            return .object([
                "type": .string("GeometryCollection"), "geometries": .array(parts.map(of)),
            ])
        }
        let (type, coordinates): (String, JSONValue)
        switch shape {
        case .point(let at): (type, coordinates) = ("Point", position(at))
        case .multiPoint(let all): (type, coordinates) = ("MultiPoint", .array(all.map(position)))
        case .lineString(let line): (type, coordinates) = ("LineString", chain(line))
        case .multiLineString(let lines):
            (type, coordinates) = ("MultiLineString", .array(lines.map(chain)))
        case .polygon(let rings): (type, coordinates) = ("Polygon", polygon(rings))
        case .multiPolygon(let all):
            (type, coordinates) = ("MultiPolygon", .array(all.map(polygon)))
        case .collection: (type, coordinates) = ("GeometryCollection", .null)
        }
        return .object(["type": .string(type), "coordinates": coordinates])
    }

    private static func position(_ at: Position) -> JSONValue {
        .array([at.x, at.y].map { .double(($0 * 1e7).rounded() / 1e7) })
    }

    private static func chain(_ line: [Position]) -> JSONValue { .array(line.map(position)) }

    private static func polygon(_ rings: [[Position]]) -> JSONValue {
        .array(
            rings.enumerated().map { number, ring in
                var area = 0.0
                for (a, b) in zip(ring, ring.dropFirst()) { area += a.x * b.y - b.x * a.y }
                return chain((area > 0) == (number == 0) ? ring : ring.reversed())
            })
    }
}
