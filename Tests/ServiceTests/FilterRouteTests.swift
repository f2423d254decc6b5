import Features
import Formats
import Geometry
import HTTPTypes
import Testing

@testable import Service

struct FilterRouteTests {
    private let items = "/collections/universities/items"

    private func ids(_ filter: String, _ rest: String = "") async throws -> [String] {
        try await ServiceFixture.json(
            "\(items)?limit=10000&filter=\(RequestTarget.encoded(filter))\(rest)"
        ).ids
    }

    @Test func `a filter keeps what a scan keeps, in text and in JSON`() async throws {
        let service = try ServiceFixture.shared.get()
        let content = try await service.shelf.collection("universities").content()
        let province = try #require(content.batch["province"])
        let rows = (0..<content.count).filter { row in
            guard case .point(let place)? = content.batch.geometry[row] else { return false }
            return province[row] == .string("경기도") && place.x < 127
        }
        let wanted = rows.compactMap { content.batch.id($0) }
        #expect(wanted.count > 10)
        let text = "province = '경기도' AND S_INTERSECTS(geometry, BBOX(120,30,127,40))"
        let text2 = text + " AND NOT S_INTERSECTS(geometry, LINESTRING(127 30, 127 40))"
        #expect(try await ids(text2) == wanted)
        let json =
            #"{"op":"and","args":[{"op":"=","args":[{"property":"province"},"경기도"]},"#
            + #"{"op":"s_within","args":[{"property":"geometry"},{"bbox":[120,30,127,40]}]}]}"#
        #expect(try await ids(json, "&filter-lang=cql2-json") == wanted)
    }

    @Test func `pages of a filter are the whole, forwards and backwards`() async throws {
        let filter = RequestTarget.encoded(
            "province LIKE '%도' AND S_DWITHIN(geometry, POINT(127 37), 90000)")
        let base = "\(items)?filter=\(filter)"
        let whole = try await ServiceFixture.json(base + "&limit=10000")
        #expect(whole.ids.count > 20)
        #expect(whole["numberMatched"]?.int == whole.ids.count)
        var pages: [String] = []
        var next: String? = base + "&limit=9"
        var last = ""
        while let target = next {
            last = target
            let page = try await ServiceFixture.json(target)
            pages += page.ids
            next = page.link("next").map { String($0.dropFirst("http://atlas.example".count)) }
        }
        #expect(pages == whole.ids)
        var back: [String] = []
        var previous: String? = last
        while let target = previous {
            let page = try await ServiceFixture.json(target)
            back = page.ids + back
            previous = page.link("prev").map { String($0.dropFirst("http://atlas.example".count)) }
        }
        #expect(back == whole.ids)
    }

    @Test func `a filter goes with a box and with attributes`() async throws {
        let province = RequestTarget.encoded("경기도")
        let both = try await ids("level = 'university'", "&bbox=126,37,127,38&province=\(province)")
        let alone = try await ids(
            "level = 'university' AND province = '경기도' AND "
                + "S_INTERSECTS(geometry, BBOX(126,37,127,38))")
        #expect(!both.isEmpty && both == alone)
    }

    @Test func `geometries of a filter stand in its system`() async throws {
        let degrees = try await ids("S_INTERSECTS(geometry, BBOX(127,36,128,37))")
        let turned = try await ids(
            "S_INTERSECTS(geometry, BBOX(36,127,37,128))", "&filter-crs=EPSG:4326")
        #expect(!degrees.isEmpty && degrees == turned)
        let filter = "S_INTERSECTS(geometry, BBOX(1940000,940000,1960000,970000))"
        let projected = try await ids(filter, "&filter-crs=EPSG:5179")
        let box = try await ServiceFixture.json(
            "\(items)?limit=10000&bbox=1940000,940000,1960000,970000&bbox-crs=EPSG:5179")
        #expect(!projected.isEmpty && projected == box.ids)
    }

    @Test(arguments: [
        ("EPSG:5179", "1940000,940000,1960000,970000"),
        ("EPSG:5186", "500000,180000,560000,220000"),
        ("EPSG:3857", "14100000,4400000,14200000,4600000"), ("EPSG:4326", "36,127,37,128"),
        ("EPSG:4326", "36,170,37,127"), ("CRS84", "170,36,127,37"),
        ("CRS84", "126,36,-1,127,37,99"), ("EPSG:4326", "36,126,-1,37,127,99"),
    ])
    func `a box of a filter keeps what the box of a request keeps, in each system`(
        system: String, sides: String
    ) async throws {
        let name = system == "CRS84" ? "OGC:CRS84" : system
        let box = try await ServiceFixture.json(
            "\(items)?limit=10000&bbox=\(sides)&bbox-crs=\(name)")
        let kept = try await ids(
            "S_INTERSECTS(geometry, BBOX(\(sides)))", "&filter-crs=\(name)")
        #expect(kept.count > 10 && kept == box.ids)
        let json = #"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[\#(sides)]}]}"#
        #expect(try await ids(json, "&filter-lang=cql2-json&filter-crs=\(name)") == kept)
    }

    @Test(arguments: [
        ("EPSG:3857", "20037000,4400000,-20037000,4600000", "west, 20037000.0, east"),
        ("EPSG:3857", "10,4400000,-10,4600000", "west, 10.0, east"),
        ("EPSG:5179", "1940000,970000,1960000,940000", "west, 970000.0, east"),
        ("EPSG:5186", "560000,180000,500000,220000", "south, 560000.0, north"),
        ("EPSG:3857", "14100000,4600000,14200000,4400000", "south, 4600000.0, north"),
        ("EPSG:4326", "37,127,36,128", "south, 37.0, north"),
        ("EPSG:4326", "127,36,128,37", "globe"),
    ])
    func `a box whose sides are the wrong way round in its system is refused`(
        system: String, sides: String, words: String
    ) async throws {
        let filter = RequestTarget.encoded("S_INTERSECTS(geometry, BBOX(\(sides)))")
        let problem = try await ServiceFixture.json(
            "\(items)?filter=\(filter)&filter-crs=\(system)", status: .badRequest)
        #expect(problem["detail"]?.string?.contains(words) == true, "\(problem.text)")
    }

    @Test(arguments: [
        ("filter=level%20%3D", "column 8"), ("filter=colour=1", "column 1"),
        ("filter=%7B%7D&filter-lang=cql2-json", "empty object"),
        ("filter-crs=EPSG:5179", "without"),
        ("filter=TRUE&filter-lang=cql", "cql2-text"),
        ("filter=TRUE&filter-crs=EPSG:1", "filter-crs"),
        ("filter=S_WITHIN(geometry,POINT(127%2037))&filter-crs=EPSG:4326", "globe"),
    ])
    func `a wrong filter is told with its place`(query: String, word: String) async throws {
        let problem = try await ServiceFixture.json("\(items)?\(query)", status: .badRequest)
        #expect(problem["detail"]?.string?.contains(word) == true, "\(problem.text)")
        #expect(problem["parameter"]?.string?.hasPrefix("filter") == true)
    }

    @Test func `the geometry is among the queryables, and functions are declared`() async throws {
        let schema = try await ServiceFixture.json("/collections/universities/queryables")
        #expect(schema["properties"]?["geometry"]?["format"]?.string == "geometry-any")
        #expect(schema["properties"]?["level"]?["type"]?.string == "string")
        let functions = try await ServiceFixture.json("/functions")
        #expect(functions["functions"]?[0]?["name"]?.string == "S_DWITHIN")
    }
}
