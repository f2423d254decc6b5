internal import Features
internal import Formats
internal import Geometry

/// A map as a project of QGIS 3 (.qgs), with each layer as GeoJSON and its style beside it (.qml,
/// which QGIS takes up where the GeoJSON is opened alone).
///
/// Colours are rules on the attribute itself, so that a legend shows them and they can be changed.
/// A layer of several kinds of geometry becomes one of each, as QGIS needs.
struct QGISProject {
    private let map: HandedMap
    private let stem: String

    init(_ map: HandedMap, _ stem: String) {
        self.map = map
        self.stem = stem
    }

    /// A layer of the project: the features of one dimension of a layer of the map.
    private struct Part {
        let number: Int
        let dimension: Int
        let name: String
        let title: String
        let rows: [Int]
    }

    func files() throws -> [HandedMap.File] {
        let parts = parts
        var files = [HandedMap.File(name: stem + ".qgs", text: project(parts))]
        for part in parts {
            let features = try part.rows.compactMap { try map.feature(part.number, $0) }
            let more =
                map.provenance.map { [JSONValue.Member(name: "clusteratlas", value: $0)] } ?? []
            files.append(
                .init(
                    name: "\(stem).\(part.name).geojson",
                    text: HandedMap.collection(features, more).text + "\n"))
            files.append(
                .init(
                    name: "\(stem).\(part.name).qml",
                    text: """
                        <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
                        <qgis version="3.22.0" styleCategories="Symbology">
                        \(renderer(part))
                        </qgis>

                        """))
        }
        if !map.content.land.isEmpty {
            files.append(.init(name: stem + ".land.geojson", text: try map.land().text + "\n"))
        }
        return files
    }

    private var parts: [Part] {
        let names = map.layerNames
        var taken = Set(names)
        return [0, 1, 2].flatMap { dimension in
            map.content.layers.indices.compactMap { number -> Part? in
                let layer = map.content.layers[number]
                let dimensions = (0..<layer.batch.count).map { row in
                    layer.batch.geometry[row].flatMap { $0.isEmpty ? nil : $0.dimension }
                }
                let rows = dimensions.indices.filter { dimensions[$0] == dimension }
                if rows.isEmpty { return nil }
                let isMixed = Set(dimensions.compactMap { $0 }).count > 1
                let kind = ["points", "lines", "areas"][dimension]
                var name = names[number]
                if isMixed {
                    // Another layer may be called so already.
                    repeat { name += "-\(kind)" } while !taken.insert(name).inserted
                }
                return Part(
                    number: number, dimension: dimension, name: name,
                    title: layer.name.lines.joined(separator: " · ") + (isMixed ? ", \(kind)" : ""),
                    rows: rows)
            }
        }
    }

    // MARK: The project

    private func project(_ parts: [Part]) -> String {
        let hasLand = !map.content.land.isEmpty
        let ids =
            parts.enumerated().map { (Self.identifier($0.offset + 1), $0.element.title) }
            + (hasLand ? [(Self.identifier(0), "시·도 · Provinces")] : [])
        let tree = ids.map { id, title in
            "<layer-tree-layer id=\"\(id)\" name=\"\(SVGText.escaped(title))\" checked=\"Qt::Checked\" "
                + "expanded=\"1\" providerKey=\"ogr\"/>"
        }.joined(separator: "\n")
        var layers = parts.enumerated().map { number, part in
            layer(
                Self.identifier(number + 1), part.title, "\(stem).\(part.name).geojson",
                ["Point", "Line", "Polygon"][part.dimension], renderer(part))
        }
        if hasLand {
            let symbol = self.symbol(
                0, 2, MapPalette.edge, fill: MapPalette.land, opacity: 1, radius: 0, size: nil)
            layers.append(
                layer(
                    Self.identifier(0), "시·도 · Provinces", stem + ".land.geojson", "Polygon",
                    "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\"><symbols>\(symbol)</symbols></renderer-v2>"
                ))
        }
        let title = SVGText.escaped(map.content.title.lines.joined(separator: " · "))
        let credits = SVGText.escaped(map.content.sources.joined(separator: "; "))
        return """
            <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
            <qgis version="3.22.0" projectname="\(title)">
            <title>\(title)</title>
            <projectCrs>\(Self.system(crs))</projectCrs>
            <layer-tree-group>
            \(tree)
            </layer-tree-group>
            <mapcanvas name="theMapCanvas"><units>\(isKorea ? "meters" : "degrees")</units><extent>\(extent)</extent><destinationsrs>\(Self.system(crs))</destinationsrs></mapcanvas>
            <projectlayers>
            \(layers.joined(separator: "\n"))
            </projectlayers>
            <layerorder>\(ids.map { "<layer id=\"\($0.0)\"/>" }.joined())</layerorder>
            <properties><SpatialRefSys><ProjectionsEnabled type="int">1</ProjectionsEnabled></SpatialRefSys><Paths><Absolute type="bool">false</Absolute></Paths></properties>
            <projectMetadata><title>\(title)</title><abstract>\(credits)</abstract></projectMetadata>
            </qgis>

            """
    }

    /// What names a layer in the project; QGIS takes none of ten letters or fewer.
    private static func identifier(_ number: Int) -> String { "clusteratlas_layer_\(number)" }

    /// A reference system; QGIS reads its name only where its own number stands beside it.
    private static func system(_ name: String) -> String {
        let number = name == "EPSG:4326" ? 3452 : 28043
        return "<spatialrefsys><srsid>\(number)</srsid><authid>\(name)</authid></spatialrefsys>"
    }

    private var projection: MapProjection? { try? MapProjection(for: map.box) }

    private var isKorea: Bool {
        if case .korea = projection { true } else { false }
    }

    private var crs: String { isKorea ? "EPSG:5179" : "EPSG:4326" }

    private var extent: String {
        var box = map.box
        if isKorea, let all = try? ProjectedMap(map.content) { box = all.home }
        return "<xmin>\(box.minX)</xmin><ymin>\(box.minY)</ymin><xmax>\(box.maxX)</xmax>"
            + "<ymax>\(box.maxY)</ymax>"
    }

    private func layer(
        _ id: String, _ title: String, _ file: String, _ kind: String, _ renderer: String
    ) -> String {
        """
        <maplayer type="vector" geometry="\(kind)" autoRefreshEnabled="0">
        <id>\(id)</id>
        <datasource>./\(SVGText.escaped(file))</datasource>
        <layername>\(SVGText.escaped(title))</layername>
        <srs>\(Self.system("EPSG:4326"))</srs>
        <provider encoding="UTF-8">ogr</provider>
        \(renderer)
        </maplayer>
        """
    }

    // MARK: How a layer is drawn

    private func renderer(_ part: Part) -> String {
        let style = map.style.layers[part.number]
        let symbols = style.entries.enumerated().map { number, entry in
            symbol(
                number, part.dimension,
                style.isColored && part.dimension == 2 ? MapPalette.edge : entry.color,
                fill: entry.color,
                opacity: part.dimension == 2
                    ? MapPalette.areaOpacity(isColored: style.isColored) : 1,
                radius: style.radius, size: size(part))
        }
        guard style.isColored, let field = map.design.color else {
            return "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\"><symbols>"
                + "\(symbols.joined())</symbols></renderer-v2>"
        }
        let rules = style.entries.enumerated().compactMap { number, entry -> String? in
            guard let filter = filter(part, field, number) else { return nil }
            let label = SVGText.escaped(entry.name.lines.joined(separator: " · "))
            return "<rule key=\"r\(number)\" symbol=\"\(number)\" label=\"\(label)\" "
                + "filter=\"\(SVGText.escaped(filter))\"/>"
        }
        return """
            <renderer-v2 type="RuleRenderer" symbollevels="0"><rules key="root">
            \(rules.joined(separator: "\n"))
            </rules><symbols>\(symbols.joined())</symbols></renderer-v2>
            """
    }

    /// Which features of the whole layer an entry of the legend stands for.
    private func filter(_ part: Part, _ field: String, _ entry: Int) -> String? {
        let layer = map.content.layers[part.number]
        guard let column = layer.batch[field] else { return nil }
        let style = map.style.layers[part.number]
        let rows = style.rows.indices.filter { style.rows[$0] == entry }
        let name = "\"\(Self.doubled(field, "\""))\""
        guard let first = rows.first else { return nil }
        if column[first].plain.isNull { return "\(name) IS NULL" }
        let numbers = rows.compactMap { MapStyle.number(column, $0) }
        if numbers.count == rows.count, let least = numbers.min(), let greatest = numbers.max(),
            [.int, .double].contains(column.kind)
        {
            return "\(name) >= \(least) AND \(name) <= \(greatest)"
        }
        var values: [String] = []
        for row in rows {
            let text = "'\(Self.doubled(column[row].plain.description, "'"))'"
            if !values.contains(text) { values.append(text) }
        }
        return "to_string(\(name)) IN (\(values.joined(separator: ", ")))"
    }

    private static func doubled(_ text: String, _ mark: Character) -> String {
        String(text.flatMap { $0 == mark ? [$0, $0] : [$0] })
    }

    /// The expression that sets the size of points, in millimetres; `nil` for one size.
    private func size(_ part: Part) -> String? {
        guard let field = map.design.size, let greatest = map.style.sizes.first,
            let column = map.content.layers[part.number].batch[field]
        else { return nil }
        let most = (0..<column.count).compactMap { MapStyle.number(column, $0) }.max() ?? 0
        guard most > 0, greatest.value > 0 else { return nil }
        let diameter = Self.millimetres(2 * greatest.radius)
        return "max(1, \(diameter) * sqrt(max(0, coalesce(\"\(Self.doubled(field, "\""))\", 0)) "
            + "/ \(greatest.value)))"
    }

    private static func millimetres(_ pixels: Double) -> Double {
        (pixels * 25.4 / 96 * 100).rounded() / 100
    }

    private func symbol(
        _ number: Int, _ dimension: Int, _ stroke: String, fill: String, opacity: Double,
        radius: Double, size: String?
    ) -> String {
        func color(_ hexadecimal: String, _ opacity: Double = 1) -> String {
            let parts = KeplerMap.color(hexadecimal).array?.compactMap(\.int) ?? []
            return (parts.map(String.init) + ["\(Int(255 * opacity))"]).joined(separator: ",")
        }
        func option(_ name: String, _ value: String) -> String {
            "<Option type=\"QString\" name=\"\(name)\" value=\"\(value)\"/>"
        }
        let (type, kind, options): (String, String, [String])
        switch dimension {
        case 2:
            (type, kind) = ("fill", "SimpleFill")
            options = [
                option("color", color(fill, opacity)), option("style", "solid"),
                option("outline_color", color(stroke)), option("outline_style", "solid"),
                option("outline_width", "0.25"), option("outline_width_unit", "MM"),
            ]
        case 1:
            (type, kind) = ("line", "SimpleLine")
            options = [
                option("line_color", color(fill)), option("line_width", "0.45"),
                option("line_width_unit", "MM"), option("capstyle", "round"),
            ]
        default:
            (type, kind) = ("marker", "SimpleMarker")
            options = [
                option("name", "circle"), option("color", color(fill)),
                option("outline_color", "255,255,255,255"), option("outline_width", "0.2"),
                option("size", "\(Self.millimetres(2 * radius))"), option("size_unit", "MM"),
            ]
        }
        let sized =
            size.map { expression in
                "<data_defined_properties><Option type=\"Map\"><Option type=\"Map\" "
                    + "name=\"properties\"><Option type=\"Map\" name=\"size\"><Option type=\"bool\" "
                    + "name=\"active\" value=\"true\"/><Option type=\"QString\" name=\"expression\" "
                    + "value=\"\(SVGText.escaped(expression))\"/><Option type=\"int\" name=\"type\" "
                    + "value=\"3\"/></Option></Option><Option type=\"QString\" name=\"type\" "
                    + "value=\"collection\"/></Option></data_defined_properties>"
            } ?? ""
        return "<symbol type=\"\(type)\" name=\"\(number)\" alpha=\"1\" clip_to_extent=\"1\">"
            + "<layer class=\"\(kind)\" enabled=\"1\" pass=\"0\" locked=\"0\"><Option type=\"Map\">"
            + "\(options.joined())</Option>\(dimension == 0 ? sized : "")</layer></symbol>"
    }
}
