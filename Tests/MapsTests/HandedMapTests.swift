import Features
import Formats
import Foundation
import Geometry
import Maps
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Maps for other tools") struct HandedMapTests {
    private static let square = [
        Position(127, 36), Position(127, 37), Position(128, 37), Position(128, 36),
        Position(127, 36),
    ]

    /// Points, some without a number, and a layer of areas and lines.
    private static let content: MapContent = {
        var places = FeatureBatch(
            geometry: GeometryColumn([
                .point(Position(127.1, 36.2)), .point(Position(127.5, 36.5)), nil,
                .point(Position(127.9, 36.9)),
            ]), ids: .string(["a", "b", "c", "d"]))
        places.set("name_ko", .string(["가 & 나", "b", "c", "d"]))
        places.set("people", .int([10, 400, 3, nil]))
        places.set("kind's", .string(["it's", "\"q\"", nil, "it's"]))
        var mixed = FeatureBatch(
            geometry: GeometryColumn([
                // Turned with the clock.
                .polygon([square]), .lineString([Position(127, 36), Position(128, 37)]),
            ]))
        mixed.set("people", .int([50, 60]))
        return MapContent(
            title: MapName("지도", "Map <1>"),
            layers: [
                MapLayer(name: MapName("곳", "Places"), batch: places),
                MapLayer(name: MapName(nil, "Zones & ways"), batch: mixed),
            ], land: [.polygon([square.reversed()])], sources: ["here & there"],
            provenance: Provenance(operation: "map"))
    }()

    private func json(
        _ tool: MapTool, _ name: String, _ design: MapDesign = MapDesign(color: "people")
    ) throws -> JSONValue {
        let files = try HandedMap(Self.content, design).files(for: tool, named: name)
        #expect(files.first?.name == name)
        #expect(try HandedMap(Self.content, design).files(for: tool, named: name) == files)
        return try JSONValue.parse(Array((files.first?.text ?? "").utf8))
    }

    private func isColor(_ value: JSONValue?) -> Bool {
        (value?.string ?? "").wholeMatch(of: #/#[0-9a-f]{6}/#) != nil
    }

    /// Whether a property says what simplestyle-spec 1.1.0 has it say; others say what they will.
    private func isSimpleStyle(_ name: String, _ value: JSONValue) -> Bool {
        switch name {
        case "marker-color", "stroke", "fill": isColor(value)
        case "marker-size": ["small", "medium", "large"].contains(value.string ?? "")
        case "stroke-opacity", "fill-opacity": (0...1).contains(value.number ?? -1)
        case "stroke-width": (value.number ?? -1) >= 0
        case "title", "description", "marker-symbol": value.string != nil
        default: true
        }
    }

    @Test(arguments: [MapTool.mapbox, .geojsonIO, .felt])
    func `no property of simplestyle-spec says what it may not`(tool: MapTool) throws {
        for file in try HandedMap(Self.content).files(for: tool, named: "m.geojson") {
            let features = try JSONValue.parse(Array(file.text.utf8))["features"]?.array ?? []
            #expect(!features.isEmpty)
            for feature in features {
                for member in feature["properties"]?.members ?? [] {
                    let isSaid = isSimpleStyle(member.name, member.value)
                    #expect(isSaid, "\(member.name): \(member.value)")
                }
            }
        }
    }

    @Test(arguments: [MapTool.mapbox, .geojsonIO])
    func `every feature of GeoJSON says how it is drawn, by simplestyle-spec`(tool: MapTool) throws
    {
        let features = try json(tool, "map.geojson")["features"]?.array ?? []
        #expect(features.count == 5)
        let types = features.compactMap { $0["geometry"]?["type"]?.string }
        #expect(types == ["Polygon", "LineString", "Point", "Point", "Point"])
        for feature in features {
            let said = feature["properties"]
            switch feature["geometry"]?["type"]?.string {
            case "Point":
                #expect(isColor(said?["marker-color"]))
                #expect(
                    ["small", "medium", "large"].contains(said?["marker-size"]?.string ?? ""))
            case "LineString": #expect(isColor(said?["stroke"]) && said?["fill"] == nil)
            default:
                #expect(isColor(said?["fill"]) && isColor(said?["stroke"]))
                #expect((0...1).contains(said?["fill-opacity"]?.number ?? -1))
            }
        }
        #expect(features[2]["properties"]?["title"]?.string == "가 & 나")
        #expect(features[2]["properties"]?["people"]?.int == 10)
        // The exterior ring turns against the clock (RFC 7946).
        let ring = features[0]["geometry"]?["coordinates"]?[0]?.array ?? []
        #expect(ring.count == 5 && ring[1][0]?.number == 128 && ring[1][1]?.number == 36)
    }

    @Test func `Felt takes a file a layer`() throws {
        let files = try HandedMap(Self.content).files(for: .felt, named: "m.geojson")
        #expect(files.map(\.name) == ["m.geojson", "m.zones---ways.geojson"])
        let counts = try files.map {
            try JSONValue.parse(Array($0.text.utf8))["features"]?.array?.count
        }
        #expect(counts == [3, 2])
    }

    @Test func `a MapLibre style holds all it draws`() throws {
        let style = try json(.maplibre, "style.json")
        #expect(style["version"]?.int == 8)
        let sources = style["sources"]?.members?.map(\.name) ?? []
        #expect(sources == ["land", "zones---ways", "places"])
        let layers = style["layers"]?.array ?? []
        let ids = layers.compactMap { $0["id"]?.string }
        #expect(Set(ids).count == layers.count)
        #expect(
            ids == [
                "background", "land", "zones---ways-areas", "zones---ways-edges",
                "zones---ways-lines", "places-points",
            ])
        let kinds: Set = ["background", "fill", "line", "circle"]
        for layer in layers {
            let kind = layer["type"]?.string ?? ""
            #expect(kinds.contains(kind))
            #expect(kind == "background" || sources.contains(layer["source"]?.string ?? ""))
            let names = layer["paint"]?.members?.map(\.name) ?? []
            #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix(kind + "-") })
        }
        #expect(style["sources"]?["places"]?["data"]?["features"]?.array?.count == 3)
        for part in ["glyphs", "sprite"] { #expect(style[part] == nil) }
        let zoom = style["zoom"]?.number ?? 0
        #expect(zoom > 7 && zoom < 10 && style["center"]?[0]?.number == 127.5)
    }

    @Test(arguments: [MapDesign(color: "people"), MapDesign(color: "kind's", size: "people")])
    func `a MapLibre style keeps the rules of version 8`(design: MapDesign) throws {
        let style = try json(.maplibre, "style.json", design)
        func names(_ value: JSONValue?) -> Set<String> {
            Set((value?.members ?? []).filter { $0.value != .null }.map(\.name))
        }
        let root: Set = [
            "version", "name", "metadata", "center", "zoom", "bearing", "pitch", "sources",
            "layers",
        ]
        #expect(names(style).isSubset(of: root))
        for source in style["sources"]?.members ?? [] {
            #expect(names(source.value).isSubset(of: ["type", "data", "attribution"]))
            #expect(source.value["type"]?.string == "geojson")
        }
        // What paint may say of each kind of layer, and from which number to which.
        let rules: [String: [String: ClosedRange<Double>?]] = [
            "background": ["background-color": nil],
            "fill": ["fill-color": nil, "fill-outline-color": nil, "fill-opacity": 0...1],
            "line": ["line-color": nil, "line-width": 0...100, "line-opacity": 0...1],
            "circle": [
                "circle-color": nil, "circle-radius": 0...100, "circle-stroke-color": nil,
                "circle-stroke-width": 0...100, "circle-opacity": 0...1,
            ],
        ]
        for layer in style["layers"]?.array ?? [] {
            let members: Set = ["id", "type", "source", "filter", "paint"]
            #expect(names(layer).isSubset(of: members))
            let rule = try #require(rules[layer["type"]?.string ?? ""])
            for paint in layer["paint"]?.members ?? [] {
                let range = try #require(rule[paint.name], "\(paint.name)")
                // What each feature says for itself is an expression.
                if let expression = paint.value.array {
                    #expect(expression.first?.string == "get" && expression.count == 2)
                } else if let range {
                    #expect(range.contains(paint.value.number ?? -1), "\(paint.name)")
                } else {
                    #expect(isColor(paint.value), "\(paint.name)")
                }
            }
            guard let filter = layer["filter"]?.array else { continue }
            // match: an input, labels with an output, and an output for all else.
            #expect(filter.first?.string == "match" && filter.count == 5)
            #expect(filter[1].array?.compactMap(\.string) == ["geometry-type"])
            let labels = filter[2].array?.compactMap(\.string) ?? []
            #expect(labels.count == 2 && Set(labels).count == 2)
        }
        for source in style["sources"]?.members ?? [] where source.name != "land" {
            for feature in source.value["data"]?["features"]?.array ?? [] {
                #expect(isColor(feature["properties"]?["map:color"]))
                #expect((feature["properties"]?["map:radius"]?.number ?? -1) > 0)
            }
        }
    }

    @Test func `a kepler.gl map has rows as long as its fields, and layers of its data`() throws {
        let map = try json(.kepler, "map.json")
        #expect(map["info"]?["app"]?.string == "kepler.gl")
        var ids: Set<String> = []
        for one in map["datasets"]?.array ?? [] {
            #expect(one["version"]?.string == "v1")
            let data = one["data"]
            ids.insert(data?["id"]?.string ?? "")
            let fields = data?["fields"]?.array ?? []
            #expect(fields.first?["name"]?.string == "_geojson")
            for row in data?["allData"]?.array ?? [] { #expect(row.array?.count == fields.count) }
        }
        #expect(ids == ["places", "zones---ways"])
        let first = map["datasets"]?[0]?["data"]?["allData"]?[0]?[0]
        #expect(first?["properties"]?["fillColor"]?.array?.count == 3)
        let layers = map["config"]?["config"]?["visState"]?["layers"]?.array ?? []
        #expect(Set(layers.compactMap { $0["config"]?["dataId"]?.string }) == ids)
    }

    @Test func `kepler.gl is told how large each point is, and from which number to which`() throws
    {
        let map = try json(.kepler, "map.json", MapDesign(size: "people"))
        let data = map["datasets"]?[0]?["data"]
        let names = data?["fields"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names.last == "map:radius")
        let drawn = (data?["allData"]?.array ?? []).compactMap { $0.array?.last?.number }
        // Areas grow with the numbers: 10 and 400 people; nobody knows how many, the least.
        #expect(drawn.count == 3 && drawn[1] == 16 && drawn[2] == 2)
        #expect(abs(drawn[0] - 16 * (10.0 / 400).squareRoot()) < 0.01)
        let layer = map["config"]?["config"]?["visState"]?["layers"]?[0]
        let range = layer?["config"]?["visConfig"]?["radiusRange"]?.array?.compactMap(\.number)
        #expect(range == [2, 16])
        #expect(layer?["visualChannels"]?["radiusField"]?["name"]?.string == "map:radius")
        let alike = try json(.kepler, "map.json")["config"]?["config"]?["visState"]?["layers"]?[0]
        #expect(alike?["visualChannels"]?["radiusField"] == .null)
    }

    @Test func `attributes that kepler.gl would take for its own stay in their columns`() throws {
        var batch = FeatureBatch(geometry: GeometryColumn([.point(Position(127, 36))]))
        batch.set("radius", .double([500]))
        batch.set("fillColor", .string(["blue"]))
        let content = MapContent(
            title: MapName(nil, "x"), layers: [MapLayer(name: MapName(nil, "x"), batch: batch)])
        let text = try HandedMap(content).files(for: .kepler, named: "m.json")[0].text
        let data = try JSONValue.parse(Array(text.utf8))["datasets"]?[0]?["data"]
        let row = data?["allData"]?[0]?.array ?? []
        #expect(row.count == 3 && row[1].number == 500 && row[2].string == "blue")
        #expect(row.first?["properties"]?.members?.isEmpty == true)
    }

    @Test(arguments: [MapTool.maplibre, .qgis])
    func `a layer that is called land does not take the land's place`(tool: MapTool) throws {
        let batch = FeatureBatch(geometry: GeometryColumn([.polygon([Self.square])]))
        let content = MapContent(
            title: MapName(nil, "x"),
            layers: [MapLayer(name: MapName("땅", "Land"), batch: batch)],
            land: [.polygon([Self.square])])
        let files = try HandedMap(content).files(for: tool, named: "m" + tool.ending)
        #expect(Set(files.map(\.name)).count == files.count)
        if tool == .maplibre {
            let style = try JSONValue.parse(Array(files[0].text.utf8))
            #expect(style["sources"]?.members?.map(\.name) == ["land", "land-2"])
        } else {
            #expect(files.map(\.name).contains("m.land-2.geojson"))
        }
    }

    @Test func `parts of a mixed layer take no other layer's file`() throws {
        let mixed = FeatureBatch(
            geometry: GeometryColumn([
                .point(Position(127, 36)), .lineString([Position(127, 36), Position(128, 37)]),
            ]))
        let points = FeatureBatch(geometry: GeometryColumn([.point(Position(127, 36))]))
        let content = MapContent(
            title: MapName(nil, "x"),
            layers: [
                MapLayer(name: MapName(nil, "a"), batch: mixed),
                MapLayer(name: MapName(nil, "a-points"), batch: points),
            ])
        let names = try HandedMap(content).files(for: .qgis, named: "m.qgs").map(\.name)
        #expect(Set(names).count == names.count && names.count == 7, "\(names)")
    }

    @Test func `what crosses the antimeridian is cut there, as results are`() throws {
        let batch = FeatureBatch(
            geometry: GeometryColumn([.lineString([Position(179, 10), Position(181, 10)])]))
        let content = MapContent(
            title: MapName(nil, "x"), layers: [MapLayer(name: MapName(nil, "x"), batch: batch)])
        let text = try HandedMap(content).files(for: .geojsonIO, named: "m.geojson")[0].text
        let geometry = try JSONValue.parse(Array(text.utf8))["features"]?[0]?["geometry"]
        #expect(geometry?["type"]?.string == "MultiLineString")
    }

    /// Writes the files of a project of QGIS, and gives their folder.
    private func project(_ design: MapDesign) throws -> (folder: URL, files: [HandedMap.File]) {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "clusteratlas-지도-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = try HandedMap(Self.content, design).files(for: .qgis, named: "map.qgs")
        for file in files { try Data(file.text.utf8).write(to: folder.appending(path: file.name)) }
        return (folder, files)
    }

    @Test func `a project of QGIS names files that are there, and is XML`() throws {
        let (folder, files) = try project(MapDesign(color: "kind's"))
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = files.map(\.name)
        #expect(Set(names).count == names.count)
        let sources = files[0].text.matches(of: #/<datasource>.\/([^<]*)</#).map { String($0.1) }
        #expect(sources.count == 4 && sources.allSatisfy(names.contains))
        for file in files where !file.name.hasSuffix(".geojson") {
            #expect(XMLParser(data: Data(file.text.utf8)).parse(), "\(file.name)")
        }
        #expect(files[0].text.contains("'it''s'"))
    }

    @Test func `QGIS opens the project, and finds every feature in a class of its own`() throws {
        // The interpreter of the system is the one that knows Debian's QGIS.
        let python = URL(filePath: "/usr/bin/python3")
        guard FileManager.default.isExecutableFile(atPath: python.path),
            try SharedData.run(python, ["-c", "import qgis.core"]).code == 0
        else {
            print("skipped: python3-qgis is not installed")
            return
        }
        for (design, rules) in [
            (MapDesign(color: "people"), "3"), (MapDesign(color: "kind's", size: "people"), "3"),
        ] {
            let (folder, _) = try project(design)
            defer { try? FileManager.default.removeItem(at: folder) }
            let script = """
                import sys
                from qgis.core import *
                app = QgsApplication([], False); app.initQgis()
                project = QgsProject.instance()
                print("read", project.read(sys.argv[1]), project.crs().authid())
                for layer in project.layerTreeRoot().layerOrder():
                    drawn = layer.featureCount()
                    renderer = layer.renderer().clone()
                    context = QgsRenderContext()
                    context.expressionContext().appendScopes(
                        QgsExpressionContextUtils.globalProjectLayerScopes(layer))
                    renderer.startRender(context, layer.fields())
                    hits = 0
                    for feature in layer.getFeatures():
                        context.expressionContext().setFeature(feature)
                        hits += len(renderer.symbolsForFeature(feature, context)) == 1
                    renderer.stopRender(context)
                    print(layer.name(), layer.isValid(), drawn, hits)
                alone = QgsVectorLayer(sys.argv[2], "alone", "ogr")
                print("alone", alone.renderer().type())
                project.clear(); app.exitQgis()
                """
            let result = try SharedData.run(
                python,
                [
                    "-c", script, folder.appending(path: "map.qgs").path,
                    folder.appending(path: "map.places.geojson").path,
                ], environment: ["QT_QPA_PLATFORM": "offscreen"])
            let said = String(decoding: result.output, as: UTF8.self)
            #expect(said.contains("read True EPSG:5179"), "\(result.errors)")
            #expect(said.contains("곳 · Places True 3 \(rules)"), "\(said)")
            #expect(said.contains("Zones & ways, areas True 1 1"), "\(said)")
            #expect(said.contains("alone RuleRenderer"), "\(said)")
        }
    }
}
