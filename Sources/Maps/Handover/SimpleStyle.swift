internal import Features
internal import Formats
internal import Geometry

/// A map as GeoJSON that says of each feature how it is drawn, by simplestyle-spec 1.1.0
/// (https://github.com/mapbox/simplestyle-spec).
struct SimpleStyle {
    private let map: HandedMap

    init(_ map: HandedMap) { self.map = map }

    /// The features of a layer, or of all, as one collection; points come last, so that tools that
    /// draw in order draw them on top.
    func collection(_ only: Int?) throws -> JSONValue {
        let numbers = only.map { [$0] } ?? Array(map.content.layers.indices.reversed())
        var features: [[JSONValue]] = [[], [], []]
        for number in numbers {
            let layer = map.content.layers[number]
            for row in 0..<layer.batch.count {
                guard let shape = layer.batch.geometry[row], let dimension = shape.dimension else {
                    continue
                }
                guard let feature = try map.feature(number, row, style(number, row, shape)) else {
                    continue
                }
                features[2 - dimension].append(feature)
            }
        }
        let more = map.provenance.map { [JSONValue.Member(name: "clusteratlas", value: $0)] } ?? []
        return HandedMap.collection(Array(features.joined()), more)
    }

    private func style(_ number: Int, _ row: Int, _ shape: Shape) -> [JSONValue.Member] {
        let layer = map.content.layers[number]
        let color = JSONValue.string(map.color(number, row))
        var members: [JSONValue.Member] = []
        if layer.batch["title"] == nil, let name = layer.name(ofRow: row) {
            members.append(
                .init(name: "title", value: .string(name.lines.joined(separator: " · "))))
        }
        if layer.batch["description"] == nil {
            members.append(
                .init(
                    name: "description",
                    value: .string(layer.name.lines.joined(separator: " · "))))
        }
        let isColored = map.style.layers[number].isColored
        switch shape.dimension ?? 0 {
        case 2:
            members += [
                .init(name: "fill", value: color),
                .init(
                    name: "fill-opacity",
                    value: .double(MapPalette.areaOpacity(isColored: isColored))),
                .init(name: "stroke", value: isColored ? .string(MapPalette.edge) : color),
                .init(name: "stroke-opacity", value: .int(1)),
                .init(name: "stroke-width", value: .int(1)),
            ]
        case 1:
            members += [
                .init(name: "stroke", value: color), .init(name: "stroke-opacity", value: .int(1)),
                .init(name: "stroke-width", value: .int(2)),
            ]
        default:
            let radius = map.style.layers[number].radius(row)
            members += [
                .init(name: "marker-color", value: color),
                .init(
                    name: "marker-size",
                    value: .string(radius > 9 ? "large" : radius > 4 ? "medium" : "small")),
            ]
        }
        return members
    }
}
