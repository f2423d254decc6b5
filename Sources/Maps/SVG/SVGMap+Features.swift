internal import Geometry

extension SVGMap {
    /// The features: areas lowest, lines on them, points on top; the first layer above the others.
    func features() -> [String] {
        var out: [String] = []
        for dimension in [2, 1, 0] {
            for number in content.layers.indices.reversed() {
                out += features(of: number, dimension)
            }
        }
        return out
    }

    /// The features of a layer whose highest dimension is the one given, in a group for each colour.
    private func features(of number: Int, _ dimension: Int) -> [String] {
        let layer = style.layers[number]
        var groups = [[String]](repeating: [], count: layer.entries.count)
        for (row, shape) in map.layers[number].enumerated() {
            guard let shape, shape.dimension == dimension else { continue }
            groups[layer.rows[row]].append(
                "<path d=\"\(path(shape, layer.marker, layer.radius(row)))\"/>")
        }
        var out: [String] = []
        for (entry, elements) in groups.enumerated() where !elements.isEmpty {
            let color = layer.entries[entry].color
            let drawn = Self.attributes(
                color, dimension, isColored: layer.isColored, isSized: layer.radii != nil)
            out.append("<g class=\"features\" \(drawn)>")
            out += elements
            out.append("</g>")
        }
        return out
    }

    /// How shapes of a dimension are filled and edged.
    static func attributes(
        _ color: String, _ dimension: Int, isColored: Bool, isSized: Bool
    ) -> String {
        switch dimension {
        case 2:
            "fill=\"\(color)\" fill-opacity=\"\(isColored ? ".78" : ".26")\" fill-rule=\"evenodd\" "
                + "stroke=\"\(isColored ? "#fff" : color)\" stroke-width=\".9\" "
                + "stroke-linejoin=\"round\""
        case 1:
            "fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.6\" stroke-linecap=\"round\" "
                + "stroke-linejoin=\"round\""
        default:
            "fill=\"\(color)\" fill-opacity=\"\(isSized ? ".7" : "1")\" stroke=\"#fff\" "
                + "stroke-width=\".7\""
        }
    }

    /// The path of a shape with all its parts.
    private func path(_ shape: Shape, _ marker: Marker, _ radius: Double) -> String {
        var text = ""
        for ring in shape.polygons.joined() {
            text += sheet.path(ring, closed: true, tolerance: 0.15)
        }
        for line in shape.lines { text += sheet.path(line, closed: false, tolerance: 0.15) }
        for point in shape.points {
            let at = sheet.put(point)
            text += marker.path(at.x, at.y, radius)
        }
        return text
    }
}
