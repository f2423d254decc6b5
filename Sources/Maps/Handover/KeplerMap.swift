internal import Features
internal import Formats
internal import Geometry

/// A map as kepler.gl saves and opens it: data sets of the form v1, and a configuration of the form
/// v1 (https://docs.kepler.gl/docs/user-guides/k-save-and-export).
///
/// A layer without `--color` has its colour in the configuration; one with it has the colours of its
/// classes as `fillColor` and `lineColor` of each feature, which kepler.gl takes up. With `--size`
/// each feature has a `radius`, which kepler.gl multiplies by that of its layer.
struct KeplerMap {
    private let map: HandedMap

    init(_ map: HandedMap) { self.map = map }

    func json() throws -> JSONValue {
        let names = map.layerNames
        let numbers = Array(map.content.layers.indices)
        let box = map.box
        return try .object([
            "datasets": .array(
                numbers.map { number in
                    try .object(["version": .string("v1"), "data": dataset(number, names[number])])
                }),
            "config": .object([
                "version": .string("v1"),
                "config": .object([
                    "visState": .object([
                        "filters": .array([]),
                        "layers": .array(numbers.map { layer($0, names[$0]) }),
                        "interactionConfig": .object([
                            "tooltip": .object([
                                "enabled": .bool(true),
                                "fieldsToShow": .object(
                                    numbers.map {
                                        .init(name: names[$0], value: tooltip($0))
                                    }),
                            ])
                        ]),
                        "layerBlending": .string("normal"),
                    ]),
                    "mapState": .object([
                        "bearing": .int(0), "pitch": .int(0),
                        "latitude": .double((box.centre.y * 1e5).rounded() / 1e5),
                        "longitude": .double((box.centre.x * 1e5).rounded() / 1e5),
                        "zoom": .double(map.zoom),
                    ]),
                    "mapStyle": .object(["styleType": .string("light")]),
                ]),
            ]),
            "info": .object([
                "app": .string("kepler.gl"),
                "title": .string(map.content.title.lines.joined(separator: " · ")),
                "description": .string(map.content.sources.joined(separator: "\n")),
            ]),
        ])
    }

    private func dataset(_ number: Int, _ name: String) throws -> JSONValue {
        let layer = map.content.layers[number]
        let columns = layer.batch.columns.map(\.name)
        var fields = [field("_geojson", "geojson", "GEOMETRY")]
        for column in layer.batch.columns {
            switch column.column.kind {
            case .int: fields.append(field(column.name, "integer", "INT"))
            case .double: fields.append(field(column.name, "real", "FLOAT"))
            case .bool: fields.append(field(column.name, "boolean", "BOOLEAN"))
            default: fields.append(field(column.name, "string", "STRING"))
            }
        }
        let style = map.style.layers[number]
        let isColored = style.isColored
        let rows = try (0..<layer.batch.count).compactMap { row -> JSONValue? in
            let color = Self.color(map.color(number, row))
            var own: [JSONValue.Member] = []
            // What kepler.gl would take for its own is said, where a feature has another meaning of it.
            if isColored || columns.contains("fillColor") {
                own.append(.init(name: "fillColor", value: color))
            }
            if isColored || columns.contains("lineColor") {
                own.append(.init(name: "lineColor", value: color))
            }
            if style.radii != nil || columns.contains("radius") {
                let radius = style.radius(row) / greatest(number)
                own.append(
                    .init(name: "radius", value: .double((radius * 1000).rounded() / 1000)))
            }
            guard let feature = try map.feature(number, row, own) else { return nil }
            let properties = map.properties(number, row)
            return .array(
                [feature]
                    + columns.map { column in
                        properties.first { $0.name == column }?.value ?? .null
                    })
        }
        return .object([
            "id": .string(name), "label": .string(layer.name.lines.joined(separator: " · ")),
            "color": Self.color(map.style.layers[number].entries[0].color),
            "allData": .array(rows), "fields": .array(fields),
        ])
    }

    private func field(_ name: String, _ type: String, _ analyzed: String) -> JSONValue {
        .object([
            "name": .string(name), "type": .string(type), "format": .string(""),
            "analyzerType": .string(analyzed),
        ])
    }

    private func layer(_ number: Int, _ name: String) -> JSONValue {
        let style = map.style.layers[number]
        let dimension =
            (0..<map.content.layers[number].batch.count).compactMap {
                map.content.layers[number].batch.geometry[$0]?.dimension
            }.max() ?? 0
        return .object([
            "id": .string("layer-\(number + 1)"), "type": .string("geojson"),
            "config": .object([
                "dataId": .string(name),
                "label": .string(map.content.layers[number].name.lines.joined(separator: " · ")),
                "color": Self.color(style.entries[0].color),
                "columns": .object(["geojson": .string("_geojson")]),
                "isVisible": .bool(true),
                "visConfig": .object([
                    "opacity": .double(
                        dimension == 2
                            ? MapPalette.areaOpacity(isColored: style.isColored) : 0.9),
                    "strokeOpacity": .double(0.9), "thickness": .double(dimension == 1 ? 1.5 : 0.5),
                    "strokeColor": dimension == 1 ? Self.color(style.entries[0].color) : Self.white,
                    "radius": .int(
                        style.radii == nil
                            ? Int64(style.radius.rounded(.up)) + 2
                            : Int64(greatest(number).rounded())),
                    "stroked": .bool(true), "filled": .bool(dimension != 1),
                ]),
            ]),
            "visualChannels": .object([
                "colorField": JSONValue.null, "colorScale": .string("quantile"),
                "sizeField": JSONValue.null, "sizeScale": .string("linear"),
            ]),
        ])
    }

    /// The radius of the largest point of a layer, of which features say their share.
    private func greatest(_ number: Int) -> Double {
        let style = map.style.layers[number]
        return max(style.radii?.max() ?? style.radius, 1)
    }

    private func tooltip(_ number: Int) -> JSONValue {
        let layer = map.content.layers[number]
        let names = [layer.nameColumns.korean, layer.nameColumns.english, map.design.color]
        return .array(
            names.compactMap { $0 }.filter { layer.batch[$0] != nil }.map {
                .object(["name": .string($0), "format": JSONValue.null])
            })
    }

    private static let white = JSONValue.array([.int(255), .int(255), .int(255)])

    /// A colour as its three parts.
    static func color(_ hexadecimal: String) -> JSONValue {
        let digits = Array(hexadecimal.dropFirst())
        return .array(
            [0, 2, 4].map { .int(Int64(String(digits[$0...($0 + 1)]), radix: 16) ?? 0) })
    }
}
