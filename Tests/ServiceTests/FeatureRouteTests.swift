import Catalogue
import Features
import Formats
import Geometry
import HTTPTypes
import Testing

@testable import Service

struct FeatureRouteTests {
    @Test func `the landing page leads to all that there is`() async throws {
        let page = try await ServiceFixture.json("/")
        for relation in ["self", "service-desc", "service-doc", "conformance", "data"] {
            #expect(page.link(relation)?.hasPrefix("http://atlas.example/") == true, "\(relation)")
        }
        let classes = try await ServiceFixture.json("/conformance")["conformsTo"]?.array ?? []
        #expect(
            classes.contains(.string("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"))
        )
    }

    @Test func `every layer of the catalogue is a collection with its features`() async throws {
        let catalogue = try ServiceFixture.catalogue.get()
        let collections = try await ServiceFixture.json("/collections")["collections"]?.array ?? []
        let ids = collections.compactMap { $0["id"]?.string }
        for layer in catalogue.layers {
            #expect(ids.contains(layer.name))
            let items = try await ServiceFixture.json(
                "/collections/\(layer.name)/items?limit=10000")
            let places = try catalogue.records(of: layer).filter { $0.listing == .main }
            #expect(items.ids == places.map(\.id), "\(layer.name)")
            #expect(items["numberMatched"]?.int == places.count)
            #expect(items["numberReturned"]?.int == places.count)
        }
    }

    @Test func `features bear the numbers of the files`() async throws {
        let catalogue = try ServiceFixture.catalogue.get()
        let layer = try #require(catalogue.layers.first { $0.name == "universities" })
        let items = try await ServiceFixture.json("/collections/universities/items?limit=10000")
        let places = try catalogue.records(of: layer).filter { $0.listing == .main }
        #expect(
            items["features"]?.array?.map { $0["geometry"]?["coordinates"]?.array?.map(\.number) }
                == places.map { $0.position.map { [$0.x, $0.y] } })
    }

    @Test(arguments: ["", "province=경기도", "bbox=126,33,128,38", "bbox=126,33,128,38&province=경기도"])
    func `pages one after another are the whole, forwards and backwards`(
        question: String
    ) async throws {
        let question = question.replacing("경기도", with: RequestTarget.encoded("경기도"))
        let base = "/collections/universities/items?\(question)"
        let whole = try await ServiceFixture.json(base + "&limit=10000").ids
        #expect(whole.count > 20)
        var forwards: [String] = []
        var next: String? = base + "&limit=7"
        var last = ""
        while let target = next {
            last = target
            let page = try await ServiceFixture.json(target)
            #expect(page.ids.count <= 7)
            forwards += page.ids
            next = page.link("next").map { String($0.dropFirst("http://atlas.example".count)) }
        }
        #expect(forwards == whole)
        var backwards: [[String]] = []
        var previous: String? = last
        while let target = previous {
            let page = try await ServiceFixture.json(target)
            backwards.insert(page.ids, at: 0)
            previous = page.link("prev").map { String($0.dropFirst("http://atlas.example".count)) }
        }
        #expect(backwards.flatMap(\.self) == whole)
    }

    @Test func `a box holds what a scan finds, points and areas`() async throws {
        for (collection, box) in [
            ("universities", [126.8, 37.4, 127.2, 37.7]),
            ("municipalities-outlines", [127, 36, 127.4, 36.5]),
        ] {
            let service = try ServiceFixture.shared.get()
            let content = try await service.shelf.collection(collection).content()
            let wanted = BoxSelection.rows(
                of: content.batch,
                in: .init(minX: box[0], minY: box[1], maxX: box[2], maxY: box[3]))
            let text = box.map { "\($0)" }.joined(separator: ",")
            let items = try await ServiceFixture.json(
                "/collections/\(collection)/items?limit=10000&bbox=\(text)")
            #expect(items.ids == wanted.compactMap { content.batch.id($0) })
            #expect(!wanted.isEmpty)
            // Heights are passed over.
            let six = "\(box[0]),\(box[1]),0,\(box[2]),\(box[3]),100"
            let again = try await ServiceFixture.json(
                "/collections/\(collection)/items?limit=10000&bbox=\(six)")
            #expect(again.ids == items.ids)
        }
    }

    @Test func `a box across the antimeridian is both its sides`() async throws {
        let all = try await ServiceFixture.json("/collections/airports/items?limit=10000").ids
        let across = try await ServiceFixture.json(
            "/collections/airports/items?limit=10000&bbox=120,-90,-170,90")
        #expect(across.ids == all)
        let none = try await ServiceFixture.json(
            "/collections/airports/items?limit=10000&bbox=170,-90,100,90")
        #expect(none.ids.isEmpty)
        #expect(none["numberMatched"]?.int == 0)
    }

    @Test func `attributes choose features, alone and together`() async throws {
        let service = try ServiceFixture.shared.get()
        let content = try await service.shelf.collection("universities").content()
        let province = RequestTarget.encoded("대전광역시")
        let items = try await ServiceFixture.json(
            "/collections/universities/items?limit=10000&province=\(province)")
        let rows = (0..<content.count).filter {
            content.batch["province"]?[$0] == .string("대전광역시")
        }
        #expect(items.ids == rows.compactMap { content.batch.id($0) })
        #expect(items["numberMatched"]?.int == rows.count)
        let both = try await ServiceFixture.json(
            "/collections/universities/items?province=\(province)&name_en=KAIST")
        #expect(both.ids.count <= 1)
    }

    @Test func `a day shows the catalogue as it stood`() async throws {
        let catalogue = try ServiceFixture.catalogue.get()
        for day in ["2006-01-01", "2012-06-30", "2020-12-31"] {
            let date = try #require(PartialDate(day))
            let layer = try #require(catalogue.layers.first { $0.name == "research-zones" })
            let then = try catalogue.records(of: layer, asOf: date).filter { $0.listing == .main }
            let items = try await ServiceFixture.json(
                "/collections/research-zones/items?limit=100&datetime=\(day)")
            #expect(items.ids == then.map(\.id), "\(day)")
            let clock = try await ServiceFixture.json(
                "/collections/research-zones/items?limit=100&datetime=\(day)T10:00:00Z")
            #expect(clock.ids == items.ids)
        }
    }

    @Test func `an interval holds what was there on any of its days`() async throws {
        let until = try await ServiceFixture.json(
            "/collections/research-zones/items?limit=100&datetime=../2012-06-30"
        ).ids
        let on = try await ServiceFixture.json(
            "/collections/research-zones/items?limit=100&datetime=2012-06-30"
        ).ids
        let from = try await ServiceFixture.json(
            "/collections/research-zones/items?limit=100&datetime=2012-06-30/.."
        ).ids
        let all = try await ServiceFixture.json("/collections/research-zones/items?limit=100").ids
        #expect(Set(on).isSubset(of: until))
        #expect(from == all)
        #expect(on.count < all.count)
    }

    @Test func `one feature is that of the list, with links`() async throws {
        let list = try await ServiceFixture.json("/collections/innovation-cities/items?limit=100")
        let first = try #require(list["features"]?.array?.first)
        let id = try #require(first["id"]?.string)
        let one = try await ServiceFixture.json("/collections/innovation-cities/items/\(id)")
        #expect(one["properties"] == first["properties"])
        #expect(one["geometry"] == first["geometry"])
        #expect(one.link("collection")?.hasSuffix("/collections/innovation-cities?f=json") == true)
    }

    @Test(arguments: [
        ("/nothing", 404), ("/collections/no-such", 404),
        ("/collections/universities/items/no-such", 404),
        ("/collections/universities/items?limit=0", 400),
        ("/collections/universities/items?limit=-1", 400),
        ("/collections/universities/items?limit=ten", 400),
        ("/collections/universities/items?limit=1&limit=2", 400),
        ("/collections/universities/items?colour=red", 400),
        ("/collections/universities/items?bbox=1,2,3", 400),
        ("/collections/universities/items?bbox=126,38,128,33", 400),
        ("/collections/universities/items?bbox=126,33,128,nan", 400),
        ("/collections/universities/items?bbox=126,33,128,138", 400),
        ("/collections/universities/items?datetime=yesterday", 400),
        ("/collections/universities/items?datetime=2012-13-01", 400),
        ("/collections/universities/items?datetime=2012/2010", 400),
        ("/collections/universities/items?datetime=../..", 400),
        ("/collections/universities/items?cursor=after-x", 400),
        ("/collections/universities/items?crs=EPSG:2097", 400),
        ("/collections/universities/items?f=xml", 400),
        ("/collections?limit=1", 400), ("/collections/universities/items?%zz=1", 400),
        ("/collections/%ff", 400), ("/../etc/passwd", 404), ("/assets/../map", 404),
        ("/assets/..%2f..%2fetc%2fpasswd", 404), ("/collections/..%2f..%2fetc", 404),
        ("/assets/%2e%2e", 404), ("//", 404), ("/collections/%00", 400),
    ])
    func `what cannot be answered is a problem document`(target: String, status: Int) async throws {
        let response = try await ServiceFixture.get(target)
        #expect(response.status.code == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        let problem = try JSONValue.parse(response.body)
        #expect(problem["status"]?.int == status)
        #expect(problem["type"]?.string?.hasPrefix("urn:clusteratlas:problem:") == true)
        #expect(problem["detail"]?.string?.isEmpty == false)
    }

    @Test(arguments: ["limit=1&limit=2", "level=university&level=college"])
    func `a parameter that is given twice is told as that`(query: String) async throws {
        let problem = try await ServiceFixture.json(
            "/collections/universities/items?" + query, status: .badRequest)
        #expect(problem["type"]?.string == "urn:clusteratlas:problem:repeated-parameter")
        #expect(problem["parameter"]?.string == String(query.prefix { $0 != "=" }))
    }

    @Test func `a limit above the greatest is the greatest, and cursors past the end are empty`()
        async throws
    {
        let items = try await ServiceFixture.json(
            "/collections/universities/items?limit=99999999")
        #expect(items["numberReturned"]?.int == items["numberMatched"]?.int)
        let past = try await ServiceFixture.json(
            "/collections/universities/items?cursor=after-9999999999")
        #expect(past.ids.isEmpty)
        #expect(past.link("next") == nil)
        #expect(past.link("prev") != nil)
    }
}
