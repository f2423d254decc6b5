internal import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The column beside a map: what its signs mean, how long a length is, where north is.
struct SVGLegend {
    private(set) var elements: [String] = []
    /// How far down it reaches.
    private(set) var bottom: Double

    private let x = SVGMap.column
    private let width = SVGMap.width - SVGMap.column - SVGMap.left
    private let lines: (MapName) -> [String]

    init(_ picture: SVGMap) {
        bottom = picture.sheet.frame.minY + 12
        lines = picture.lines
        let design = picture.style
        for (number, layer) in design.layers.enumerated() {
            let shapes = picture.map.layers[number]
            let dimension = shapes.compactMap { $0?.dimension }.max() ?? 0
            if layer.isColored {
                words(picture.content.layers[number].name, indent: 0)
                if let name = design.colorName { words(name, indent: 0, isEntry: true) }
                bottom += 4
            }
            for entry in layer.entries {
                sign(entry.color, dimension, layer)
                words(entry.name, indent: 28, isEntry: true)
            }
            bottom += 8
        }
        if let name = design.sizeName {
            words(name, indent: 0, isEntry: true)
            bottom += 6
            sizes(design.sizes)
        }
        bottom += 30
        scaleBar(picture.sheet.scale)
        bottom += 64
        north(picture)
        bottom += 26
    }

    private mutating func sign(_ color: String, _ dimension: Int, _ layer: LayerStyle) {
        let y = bottom + 1
        let attributes = SVGMap.attributes(
            color, dimension, isColored: layer.isColored, isSized: layer.radii != nil)
        let path: String
        switch dimension {
        case 2:
            path = "M\(SVGText.number(x)) \(SVGText.number(y - 6))h20v12h-20z"
        case 1: path = "M\(SVGText.number(x)) \(SVGText.number(y))h20"
        default: path = layer.marker.path(x + 10, y, 5.5)
        }
        elements.append("<path d=\"\(path)\" \(attributes)/>")
    }

    private mutating func words(_ name: MapName, indent: Double, isEntry: Bool = false) {
        for (i, text) in lines(name).enumerated() {
            let size = i == 0 ? 12.0 : 10.0
            for line in SVGText.wrapped(text, width: width - indent, size: size) {
                elements.append(
                    SVGText.words(
                        x + indent, bottom + 5, line, size,
                        i == 0 ? MapPalette.ink : MapPalette.grey,
                        weight: i == 0 && !isEntry ? 600 : nil))
                bottom += size * 1.3
            }
        }
        bottom += 5
    }

    private mutating func sizes(_ sizes: [(value: Double, radius: Double)]) {
        for size in sizes {
            bottom += max(0, size.radius - 6)
            elements.append(
                "<path d=\"\(Marker.circle.path(x + 16, bottom + 1, size.radius))\" fill=\"none\" "
                    + "stroke=\"\(MapPalette.ink)\"/>")
            elements.append(SVGText.words(x + 42, bottom + 5, MapFigures.plain(size.value), 12))
            bottom += max(18, size.radius + 8)
        }
    }

    /// A round length of up to the width of the column.
    private mutating func scaleBar(_ metresAPixel: Double) {
        let greatest = (width - 30) * metresAPixel
        var length = 1.0
        while length * 10 <= greatest { length *= 10 }
        length *= length * 5 <= greatest ? 5 : length * 2 <= greatest ? 2 : 1
        let part = length / metresAPixel / 4
        for i in 0..<4 {
            elements.append(
                "<path d=\"M\(SVGText.number(x + 6 + Double(i) * part)) \(SVGText.number(bottom))"
                    + "h\(SVGText.number(part))v6h\(SVGText.number(-part))z\" "
                    + "fill=\"\(i % 2 == 0 ? MapPalette.ink : "#fff")\" stroke=\"\(MapPalette.ink)\" "
                    + "stroke-width=\".8\"/>")
        }
        let unit = length >= 1000 ? 1000.0 : 1
        for (share, text) in [
            (0.0, "0"), (0.5, MapFigures.plain(length / unit / 2)),
            (1, MapFigures.plain(length / unit) + (unit == 1 ? " m" : " km")),
        ] {
            elements.append(
                SVGText.words(
                    x + 6 + 4 * part * share, bottom - 5, text, 10.5, anchor: "middle"))
        }
    }

    /// An arrow along the meridian through the middle of the map.
    private mutating func north(_ picture: SVGMap) {
        var turn = 0.0
        let middle = picture.sheet.position(picture.sheet.frame.centre)
        if let from = try? picture.map.projection.unproject(middle),
            let to = try? picture.map.projection.project([Position(from.x, from.y + 0.1)])
        {
            turn = atan2(to[0].x - middle.x, to[0].y - middle.y) * 180 / .pi
        }
        let (a, b) = (SVGText.number(x + 16), SVGText.number(bottom - 12))
        elements.append(
            "<g transform=\"rotate(\(SVGText.number(turn)) \(a) \(b))\"><path d=\"M\(a) "
                + "\(SVGText.number(bottom - 38))l8 26-8-6-8 6z\" fill=\"\(MapPalette.ink)\"/></g>")
        elements.append(SVGText.words(x + 16, bottom + 4, "N", 13, weight: 700, anchor: "middle"))
    }
}
