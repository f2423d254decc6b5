internal import Features
internal import Geometry

/// A map as a picture for print: SVG with title, legend, scale bar, north arrow, graticule and
/// sources.
///
/// The same content gives the same bytes. Every feature with a geometry is one element of a group
/// of the class `features`; coordinates are on EPSG:5179 where all lies around Korea, and equidistant
/// cylindrical at the middle latitude elsewhere. The scale bar holds within a thousandth over Korea.
public struct SVGMap {
    let content: MapContent
    let style: MapStyle
    let map: ProjectedMap
    let sheet: MapSheet
    /// What the identifiers in the picture begin with, where it is part of a page.
    private let part: String?
    /// Whether what the picture shows is said in Korean; in a page its legend too, which else is in both
    /// languages.
    private let isKorean: Bool

    static let width = 900.0
    static let left = 14.0
    static let column = 662.0
    /// A layer with more names than this has none drawn.
    private static let mostNames = 32

    /// Prepares the picture.
    ///
    /// - Parameters:
    ///   - content: What it shows.
    ///   - design: By which attributes it is drawn.
    ///   - part: For a picture in a page, what the identifiers in it begin with; the title, the
    ///     sources and the provenance are then left to the page.
    ///   - isKorean: Whether what the picture shows is said in Korean, else in English; in a page also
    ///     whether its legend is.
    /// - Throws: ``MapError`` where there is nothing to draw or a field is none; `GeometryError`
    ///   for a position that cannot be projected.
    public init(
        _ content: MapContent, _ design: MapDesign = MapDesign(), inPage part: String? = nil,
        inKorean isKorean: Bool = false
    ) throws {
        self.content = content
        self.part = part
        self.isKorean = isKorean
        style = try MapStyle(content.layers, design)
        map = try ProjectedMap(content)
        var top = 24.0
        if part == nil {
            for line in Self.titleLines(content.title) { top += line.size * 1.3 }
        } else {
            top = 4
        }
        sheet = MapSheet(
            map.home, left: Self.left, top: top, width: 630,
            heights: part == nil ? 440...900 : 340...760)
    }

    /// The lines of a name in the legend.
    func lines(of name: MapName) -> [String] {
        part == nil ? name.lines : name.lines(inKorean: isKorean)
    }

    private static func titleLines(_ title: MapName) -> [(text: String, size: Double)] {
        title.lines.enumerated().flatMap { i, text in
            let size = i == 0 ? 21.0 : 15.0
            return SVGText.wrapped(text, width: width - 2 * left, size: size).map { ($0, size) }
        }
    }

    /// In what it is drawn: `EPSG:5179`.
    package var projection: String { map.projection.title }

    /// The picture.
    ///
    /// - Returns: SVG 1.1 as text.
    /// - Throws: `GeometryError` where a shape has no inside to put its name on.
    public func svg() throws -> String {
        let frame = sheet.frame
        let legend = SVGLegend(self)
        var notes = part == nil ? content.sources : []
        if part == nil {
            notes.append(
                "Drawn in \(map.projection.title), north up. 도법 \(map.projection.title).")
        }
        let noteLines = notes.flatMap {
            SVGText.wrapped($0, width: Self.width - 2 * Self.left, size: 10.5)
        }
        let bottom = max(frame.maxY, legend.bottom) + 26
        let height = bottom + Double(noteLines.count) * 15 + 6
        let (w, h) = (SVGText.number(Self.width), SVGText.number(height))
        let title = content.title.lines.joined(separator: " · ")
        let mark = part.map { $0 + "-" } ?? ""
        var out = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(w) \(h)\" width=\"\(w)\" "
                + "height=\"\(h)\" font-family=\"\(SVGText.fonts)\" role=\"img\" "
                + "aria-labelledby=\"\(mark)title \(mark)desc\">",
            "<title id=\"\(mark)title\">\(SVGText.escaped(title))</title>",
            "<desc id=\"\(mark)desc\">\(SVGText.escaped(description))</desc>",
        ]
        if part == nil, let member = content.provenance?.member {
            out.append("<metadata>\(SVGText.escaped(member.json))</metadata>")
        }
        out.append("<path d=\"M0 0h\(w)v\(h)H0z\" fill=\"#fff\"/>")
        var y = 12.0
        for (i, line) in (part == nil ? Self.titleLines(content.title) : []).enumerated() {
            y += line.size * 1.3
            out.append(
                SVGText.words(
                    Self.left, y, line.text, line.size, i == 0 ? MapPalette.ink : MapPalette.grey,
                    weight: i == 0 ? 700 : nil))
        }
        let box =
            "M\(SVGText.number(frame.minX)) \(SVGText.number(frame.minY))H\(SVGText.number(frame.maxX))"
            + "V\(SVGText.number(frame.maxY))H\(SVGText.number(frame.minX))z"
        out += [
            "<clipPath id=\"\(mark)frame\"><path d=\"\(box)\"/></clipPath>",
            "<g clip-path=\"url(#\(mark)frame)\">",
            "<path d=\"\(box)\" fill=\"\(MapPalette.sea)\"/>",
        ]
        out += land()
        let (lines, names) = try graticule()
        out.append(
            "<path d=\"\(lines)\" fill=\"none\" stroke=\"\(MapPalette.graticule)\" stroke-width=\".6\"/>"
        )
        out += features()
        out += try labels()
        out += names
        out.append("</g>")
        out.append("<path d=\"\(box)\" fill=\"none\" stroke=\"\(MapPalette.grey)\"/>")
        out += legend.elements
        for (i, line) in noteLines.enumerated() {
            out.append(
                SVGText.words(Self.left, bottom + Double(i) * 15, line, 10.5, MapPalette.grey))
        }
        out.append("</svg>")
        return out.joined(separator: "\n") + "\n"
    }

    /// What the picture shows, for those who do not see it.
    private var description: String {
        let layers = zip(content.layers, map.layers).map { layer, shapes in
            return "\(layer.name.lines(inKorean: isKorean).joined()): \(shapes.count { $0 != nil })"
        }.joined(separator: "; ")
        return isKorean
            ? "지도, 위쪽이 북쪽. 그린 것의 수: \(layers)." : "A map; north is up. Features drawn: \(layers)."
    }

    private func land() -> [String] {
        let paths = map.land.compactMap { shape -> String? in
            let rings = shape.polygons.joined().filter { sheet.shows($0.map(sheet.put)) }
            let text = rings.map { sheet.path($0, closed: true, tolerance: 0.6) }.joined()
            return text.isEmpty ? nil : "<path d=\"\(text)\"/>"
        }
        if paths.isEmpty { return [] }
        return [
            "<g fill=\"\(MapPalette.land)\" stroke=\"#fff\" stroke-width=\".7\" stroke-linejoin=\"round\">"
        ] + paths
            + ["</g>"]
    }

    private func graticule() throws -> (path: String, names: [String]) {
        let frame = sheet.frame
        let a = sheet.position(Position(frame.minX, frame.maxY))
        let b = sheet.position(Position(frame.maxX, frame.minY))
        let graticule = try Graticule(
            in: Envelope(minX: a.x, minY: a.y, maxX: b.x, maxY: b.y), of: map.projection)
        var names: [String] = []
        for line in graticule.lines {
            let points = line.positions.map(sheet.put)
            if line.isMeridian {
                let turned = points.map { Position($0.y, $0.x) }
                if let x = Graticule.cut(turned, atX: frame.maxY), x > frame.minX + 30,
                    x < frame.maxX - 30
                {
                    names.append(
                        SVGText.words(
                            x, frame.maxY - 5, line.name, 9.5, MapPalette.grey, anchor: "middle"))
                }
            } else if let y = Graticule.cut(points, atX: frame.minX), y > frame.minY + 16,
                y < frame.maxY - 24
            {
                names.append(
                    SVGText.words(frame.minX + 4, y - 3, line.name, 9.5, MapPalette.grey))
            }
        }
        let path = graticule.lines.map {
            sheet.path($0.positions, closed: false, tolerance: 0.1)
        }.joined()
        return (path, names)
    }

    /// The names of features, of layers that hold few.
    private func labels() throws -> [String] {
        var named: [(at: Position, name: [String], room: Double?)] = []
        var all: [Position] = []
        // What several layers draw, as a place and its catchment, is named once.
        var told: Set<[String]> = []
        for (number, layer) in content.layers.enumerated() {
            let shapes = map.layers[number]
            for point in shapes.compactMap({ $0?.points.first }) { all.append(sheet.put(point)) }
            let rows = layer.batch.count <= 1000 ? Array(shapes.indices) : []
            let names = rows.compactMap { row in
                layer.name(ofRow: row).flatMap { name in shapes[row].map { (row, name, $0) } }
            }
            if names.count > Self.mostNames { continue }
            for (row, name, shape) in names {
                guard let at = try shape.points.first ?? shape.interiorPoint() else { continue }
                guard told.insert(name.lines).inserted else { continue }
                let room = shape.points.isEmpty ? nil : style.layers[number].radius(row) + 3
                // A page speaks one language first.
                let isForeign = part != nil && !isKorean
                named.append((sheet.put(at), isForeign ? name.lines.reversed() : name.lines, room))
            }
        }
        var placement = LabelPlacement(
            frame: sheet.frame, named: named.filter { $0.room != nil }.map(\.at), points: all)
        var out = [
            "<g stroke=\"#fff\" stroke-width=\"2.6\" stroke-linejoin=\"round\" "
                + "paint-order=\"stroke\">"
        ]
        let sizes = named.count <= 24 ? [11.5, 9.0] : [10.0]
        for one in named {
            var lines = zip(one.name, sizes).map { (text: $0, size: $1) }
            var box = placement.place(lines, at: one.at, room: one.room)
            if box == nil, lines.count > 1 {
                lines.removeLast()
                box = placement.place(lines, at: one.at, room: one.room)
            }
            guard let box else { continue }
            // Each line begins or ends at the point that it names.
            let aside = (box.centre.x - one.at.x) / box.width
            let (x, anchor) =
                aside > 0.3
                ? (box.minX, "start") : aside < -0.3 ? (box.maxX, "end") : (box.centre.x, "middle")
            var y = box.minY
            for (i, (text, size)) in lines.enumerated() {
                y += size * 1.08
                out.append(
                    SVGText.words(
                        x, y, text, size, i == 0 ? MapPalette.ink : "#444",
                        weight: i == 0 ? 600 : nil, anchor: anchor))
            }
        }
        return out + ["</g>"]
    }
}
