import Features
import Foundation
import Geometry
import Maps
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads an SVG as XML, and counts what lies in groups of features.
private final class Reading: NSObject, XMLParserDelegate {
    var features = 0
    var texts: [String] = []
    private var stack: [(name: String, isGroup: Bool)] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        if stack.last?.isGroup == true { features += 1 }
        if name == "text" { texts.append("") }
        stack.append((name, attributes["class"] == "features"))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if stack.last?.name == "text" { texts[texts.count - 1] += text }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) { stack.removeLast() }

    static func of(_ svg: String) -> Reading? {
        let reading = Reading()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reading
        return parser.parse() ? reading : nil
    }
}

struct SVGMapTests {
    private func batch(_ shapes: [Shape?], names: [String?]? = nil) -> FeatureBatch {
        var batch = FeatureBatch(geometry: GeometryColumn(shapes))
        if let names { batch.set("name_ko", .string(names)) }
        return batch
    }

    private let square = Shape.polygon([
        [
            Position(127, 36), Position(128, 36), Position(128, 37), Position(127, 37),
            Position(127, 36),
        ]
    ])

    private func content(_ layers: MapLayer...) -> MapContent {
        MapContent(
            title: MapName("가 <나> & \"다\"", "A map"), layers: layers, land: [square],
            sources: ["Source: here & there"], provenance: Provenance(operation: "map"))
    }

    @Test func `every feature with a place is drawn once, whatever its kind`() throws {
        let mixed = batch([
            .point(Position(127.5, 36.5)), nil, square,
            .lineString([Position(127, 36), Position(128, 37)]),
            .multiPoint([Position(127.1, 36.1), Position(127.2, 36.2)]), .point(.empty),
            .collection([square, .point(Position(127.3, 36.3))]),
        ])
        var points = batch((0..<400).map { .point(Position(126 + Double($0) / 200, 35.2)) })
        points.set("value", .int((0..<400).map { $0 % 7 == 0 ? nil : $0 }))
        let map = content(
            MapLayer(name: MapName("섞인 것", "mixed"), batch: mixed),
            MapLayer(name: MapName(nil, "points"), batch: points))
        for design in [
            MapDesign(), MapDesign(color: "value"), MapDesign(color: "value", method: .quantile),
            MapDesign(color: "value", method: .equal, classCount: 9, size: "value"),
        ] {
            let svg = try SVGMap(map, design).svg()
            let reading = try #require(Reading.of(svg), "no XML")
            #expect(reading.features == 405)
            #expect(try SVGMap(map, design).svg() == svg)
            #expect(!svg.contains("nan") && !svg.contains("inf"))
        }
    }

    @Test func `the legend tells both names, each class, and what has no value`() throws {
        var points = batch((0..<10).map { .point(Position(127 + Double($0) / 10, 36)) })
        points.set("area_km2", .double((0..<10).map { $0 == 9 ? nil : Double($0 / 3) }))
        let layer = MapLayer(name: MapName("장소", "places"), batch: points)
        let texts = try #require(
            Reading.of(try SVGMap(content(layer), MapDesign(color: "area_km2")).svg())
        ).texts
        for text in [
            "장소", "places", "면적 (km²)", "area, km²", "0", "1", "2", "값 없음", "no value", "N",
            "가 <나> & \"다\"", "A map",
        ] {
            #expect(texts.contains(text), "\(text)")
        }
        #expect(texts.contains { $0.hasSuffix(" km") })
        #expect(texts.contains("127° 30′ E"))
    }

    @Test func `kinds of one attribute get a colour each, and many of them share the last`() throws
    {
        var points = batch((0..<40).map { .point(Position(127 + Double($0) / 40, 36)) })
        points.set("kind", .string((0..<40).map { "k\($0 % 20)" }))
        points.set("status", .string((0..<40).map { $0 % 2 == 0 ? "open" : "planned" }))
        let layer = MapLayer(name: MapName(nil, "places"), batch: points)
        let few = try SVGMap(content(layer), MapDesign(color: "status")).svg()
        #expect(Reading.of(few)?.texts.contains("open") == true)
        let many = try SVGMap(content(layer), MapDesign(color: "kind")).svg()
        #expect(Reading.of(many)?.texts.contains("14 others") == true)
        #expect(Reading.of(many)?.features == 40)
    }

    @Test func `names are drawn where they are few, and none lies on another`() throws {
        let names = (0..<12).map { "곳\($0)" }
        let apart = batch(
            (0..<12).map { .point(Position(126.5 + Double($0) / 5, 36)) }, names: names)
        let svg = try SVGMap(content(MapLayer(name: MapName(nil, "p"), batch: apart))).svg()
        let texts = try #require(Reading.of(svg)).texts
        #expect(names.allSatisfy(texts.contains))
        let together = batch(
            Array(repeating: .point(Position(127, 36)), count: 30),
            names: (0..<30).map { "이름이 긴 곳 \($0)" })
        let crowded = try SVGMap(content(MapLayer(name: MapName(nil, "p"), batch: together))).svg()
        let drawn = try #require(Reading.of(crowded)).texts.count { $0.hasPrefix("이름이") }
        #expect(drawn > 1 && drawn < 20)
    }

    @Test func `a field that no layer has is an error that names the nearest`() throws {
        var points = batch([.point(Position(127, 36))])
        points.set("people", .int([3]))
        let map = content(MapLayer(name: MapName(nil, "p"), batch: points))
        #expect {
            try SVGMap(map, MapDesign(color: "poeple"))
        } throws: {
            ($0 as? MapError)?.remedy?.contains("did you mean people?") == true
        }
        #expect(throws: MapError.self) { try SVGMap(map, MapDesign(size: "size")) }
        #expect(throws: MapError.self) {
            try SVGMap(content(MapLayer(name: MapName(nil, "none"), batch: batch([nil]))))
        }
    }

    @Test func `places anywhere on the globe are drawn`() throws {
        let far = batch([
            .point(Position(-179, -89)), .point(Position(179, 89)), .point(Position(0, 0)),
        ])
        let svg = try SVGMap(content(MapLayer(name: MapName(nil, "far"), batch: far))).svg()
        #expect(Reading.of(svg)?.features == 3)
        let one = batch([.point(Position(127, 36))])
        let single = try SVGMap(content(MapLayer(name: MapName(nil, "one"), batch: one))).svg()
        #expect(Reading.of(single)?.features == 1)
    }

    @Test func `colours of classes grow darker`() {
        for count in MapDesign.classCounts {
            let light = MapPalette.sequence(count).map { color in
                let value = Int(color.dropFirst(), radix: 16) ?? 0
                return 0.2126 * Double(value >> 16) + 0.7152 * Double(value >> 8 & 255)
                    + 0.0722 * Double(value & 255)
            }
            #expect(Set(MapPalette.sequence(count)).count == count)
            #expect(zip(light, light.dropFirst()).allSatisfy { $0 > $1 + 8 })
        }
    }
}
