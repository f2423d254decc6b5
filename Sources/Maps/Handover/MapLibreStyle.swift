internal import Features
internal import Formats
internal import Geometry

/// A map as a style of MapLibre GL, version 8 (https://maplibre.org/maplibre-style-spec/), which
/// holds its data and asks no server for anything.
///
/// It has no names written on the map, since the letters for them would come from a server.
struct MapLibreStyle {
    private let map: HandedMap

    init(_ map: HandedMap) { self.map = map }

    func json() throws -> JSONValue {
        var sources: [JSONValue.Member] = []
        var layers: [JSONValue] = [
            .object([
                "id": .string("background"), "type": .string("background"),
                "paint": .object(["background-color": .string(MapPalette.sea)]),
            ])
        ]
        if !map.content.land.isEmpty {
            sources.append(source(HandedMap.landName, try map.land()))
            layers.append(
                layer(
                    HandedMap.landName, "fill", of: HandedMap.landName,
                    .object([
                        "fill-color": .string(MapPalette.land),
                        "fill-outline-color": .string(MapPalette.edge),
                    ])))
        }
        let names = map.layerNames
        for number in map.content.layers.indices.reversed() {
            let batch = map.content.layers[number].batch
            let features = try (0..<batch.count).compactMap { row in
                try map.feature(
                    number, row,
                    [
                        .init(name: "map:color", value: .string(map.color(number, row))),
                        .init(
                            name: "map:radius",
                            value: .double(map.style.layers[number].radius(row))),
                    ])
            }
            sources.append(source(names[number], HandedMap.collection(features)))
        }
        for kind in ["Polygon", "LineString", "Point"] {
            for number in map.content.layers.indices.reversed() {
                let batch = map.content.layers[number].batch
                let dimension = kind == "Polygon" ? 2 : kind == "LineString" ? 1 : 0
                guard
                    (0..<batch.count).contains(where: { row in
                        batch.geometry[row].map { !$0.isEmpty && $0.dimension == dimension }
                            ?? false
                    })
                else { continue }
                layers += drawn(kind, names[number], map.style.layers[number].isColored)
            }
        }
        let box = map.box
        return .object([
            "version": .int(8),
            "name": .string(map.content.title.lines.joined(separator: " · ")),
            "metadata": map.provenance.map { .object(["clusteratlas": $0]) },
            "center": .array([
                .double((box.centre.x * 1e5).rounded() / 1e5),
                .double((box.centre.y * 1e5).rounded() / 1e5),
            ]),
            "zoom": .double(map.zoom),
            "sources": .object(sources),
            "layers": .array(layers),
        ])
    }

    private func source(_ name: String, _ data: JSONValue) -> JSONValue.Member {
        .init(
            name: name,
            value: .object([
                "type": .string("geojson"), "data": data,
                // Said once; a map lists those of all its sources.
                "attribution": name == map.layerNames[0]
                    ? .string(map.content.sources.map(SVGText.escaped).joined(separator: " · "))
                    : nil,
            ]))
    }

    private func layer(
        _ id: String, _ type: String, of source: String, _ paint: JSONValue,
        _ filter: JSONValue? = nil
    ) -> JSONValue {
        .object([
            "id": .string(id), "type": .string(type), "source": .string(source), "filter": filter,
            "paint": paint,
        ])
    }

    private func drawn(_ kind: String, _ name: String, _ isColored: Bool) -> [JSONValue] {
        let color = JSONValue.array([.string("get"), .string("map:color")])
        let filter = JSONValue.array([
            .string("match"), .array([.string("geometry-type")]),
            .array([.string(kind), .string("Multi" + kind)]), .bool(true), .bool(false),
        ])
        switch kind {
        case "Polygon":
            return [
                layer(
                    "\(name)-areas", "fill", of: name,
                    .object([
                        "fill-color": color,
                        "fill-opacity": .double(MapPalette.areaOpacity(isColored: isColored)),
                    ]), filter),
                layer(
                    "\(name)-edges", "line", of: name,
                    .object([
                        "line-color": isColored ? .string(MapPalette.edge) : color,
                        "line-width": .int(1),
                    ]), filter),
            ]
        case "LineString":
            return [
                layer(
                    "\(name)-lines", "line", of: name,
                    .object(["line-color": color, "line-width": .double(1.6)]), filter)
            ]
        default:
            return [
                layer(
                    "\(name)-points", "circle", of: name,
                    .object([
                        "circle-color": color,
                        "circle-radius": .array([.string("get"), .string("map:radius")]),
                        "circle-stroke-color": .string(MapPalette.edge),
                        "circle-stroke-width": .double(0.7),
                    ]), filter)
            ]
        }
    }
}
