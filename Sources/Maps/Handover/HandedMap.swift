internal import Features
internal import Formats
internal import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
    /// - Throws: `FormatError` for a polygon that crosses the antimeridian and cannot be cut there.
    public func files(for tool: MapTool, named name: String) throws -> [File] {
        let stem = name.hasSuffix(tool.ending) ? String(name.dropLast(tool.ending.count)) : name
        switch tool {
        case .qgis: return try QGISProject(self, stem).files()
        case .maplibre: return [File(name: name, text: try MapLibreStyle(self).json().text + "\n")]
        case .kepler: return [File(name: name, text: try KeplerMap(self).json().text + "\n")]
        case .mapbox, .geojsonIO:
            return [File(name: name, text: try SimpleStyle(self).collection(nil).text + "\n")]
        case .felt:
            let style = SimpleStyle(self)
            guard content.layers.count > 1 else {
                return [File(name: name, text: try style.collection(nil).text + "\n")]
            }
            return try zip(content.layers.indices, layerNames).map { number, layer in
                File(
                    name: number == 0 ? name : "\(stem).\(layer)\(tool.ending)",
                    text: try style.collection(number).text + "\n")
            }
        }
    }

    /// Names of the layers that can stand in names of files, each once.
    var layerNames: [String] {
        // The land is a source and a file of its own.
        var taken: Set<String> = [Self.landName]
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

    /// A feature of GeoJSON (RFC 7946) with its properties but some, and more; `nil` for one without
    /// a place.
    func feature(
        _ layer: Int, _ row: Int, _ more: [JSONValue.Member] = [], without: Set<String> = []
    ) throws -> JSONValue? {
        let batch = content.layers[layer].batch
        guard let shape = batch.geometry[row], !shape.isEmpty else { return nil }
        let own = properties(layer, row).filter { one in
            !without.contains(one.name) && !more.contains { $0.name == one.name }
        }
        var members: [JSONValue.Member] = [.init(name: "type", value: .string("Feature"))]
        if let id = batch.id(row) { members.append(.init(name: "id", value: .string(id))) }
        members.append(.init(name: "properties", value: .object(own + more)))
        members.append(.init(name: "geometry", value: try JSONValue(geometry: shape)))
        return .object(members)
    }

    /// A collection of features.
    static func collection(_ features: [JSONValue], _ more: [JSONValue.Member] = []) -> JSONValue {
        .object(
            [.init(name: "type", value: .string("FeatureCollection"))] + more
                + [.init(name: "features", value: .array(features))])
    }

    /// What names the land among layers.
    static let landName = "land"

    /// The land as a collection of features.
    func land() throws -> JSONValue {
        Self.collection(
            try content.land.map { shape in
                try .object([
                    "type": .string("Feature"), "properties": .object([]),
                    "geometry": JSONValue(geometry: shape),
                ])
            })
    }

    /// The zoom at which all fits into 700 by 600 pixels, by tiles of 512 pixels in the projection
    /// of Mercator.
    var zoom: Double {
        let box = box
        func up(_ latitude: Double) -> Double {
            log(tan(.pi / 4 + min(max(latitude, -85), 85) * .pi / 360)) * 180 / .pi
        }
        let width = max(box.width, 0.02)
        let height = max(up(box.maxY) - up(box.minY), 0.02)
        let zoom = log2(min(360 / width * 700 / 512, 360 / height * 600 / 512)) - 0.2
        return (max(0, min(zoom, 18)) * 100).rounded() / 100
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
