internal import Features
internal import Formats
internal import Geometry

/// A map as kepler.gl saves and opens it: data sets of the form v1, and a configuration of the form
/// v1 (https://docs.kepler.gl/docs/user-guides/k-save-and-export).
///
/// A layer without `--color` has its colour in the configuration; one with it has the colours of its
/// classes as `fillColor` and `lineColor` of each feature, which kepler.gl takes up. With `--size`
/// a column of its own holds how large each point is.
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
        if style.radii != nil { fields.append(field(Self.radius, "real", "FLOAT")) }
        let rows = try (0..<layer.batch.count).compactMap { row -> JSONValue? in
            let color = Self.color(map.color(number, row))
            let isLine = layer.batch.geometry[row]?.dimension == 1
            let own: [JSONValue.Member] =
                style.isColored
                ? [
                    .init(name: "fillColor", value: color),
                    .init(name: "lineColor", value: isLine ? color : Self.white),
                ] : []
            guard let feature = try map.feature(number, row, own, without: Self.reserved) else {
                return nil
            }
            let properties = map.properties(number, row)
            return .array(
                [feature]
                    + columns.map { column in
                        properties.first { $0.name == column }?.value ?? .null
                    } + (style.radii.map { [.double(Self.pixels($0[row]))] } ?? []))
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
        let isOfItsColor = dimension == 1 || dimension == 2 && !style.isColored
        let radii = (style.radii ?? []).map(Self.pixels)
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
                    "strokeColor": isOfItsColor ? Self.color(style.entries[0].color) : Self.white,
                    "radius": .int(Int64(style.radius.rounded(.up)) + 2),
                    "radiusRange": radii.isEmpty
                        ? nil
                        : .array([radii.min() ?? 0, radii.max() ?? 0].map(JSONValue.double)),
                    "stroked": .bool(true), "filled": .bool(dimension != 1),
                ]),
            ]),
            "visualChannels": .object([
                "colorField": JSONValue.null, "colorScale": .string("quantile"),
                "sizeField": JSONValue.null, "sizeScale": .string("linear"),
                "radiusField": radii.isEmpty
                    ? JSONValue.null
                    : .object(["name": .string(Self.radius), "type": .string("real")]),
                "radiusScale": .string("linear"),
            ]),
        ])
    }

    /// The column that says how large points are, in pixels: other tools' classes of sizes begin at
    /// the least number, and leave out what has none.
    private static let radius = "map:radius"

    /// Properties of a feature by which kepler.gl draws it; a radius would be metres.
    private static let reserved: Set<String> = [
        "fillColor", "lineColor", "lineWidth", "radius", "elevation", "elevationOffset",
    ]

    private static func pixels(_ radius: Double) -> Double { (radius * 100).rounded() / 100 }

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
