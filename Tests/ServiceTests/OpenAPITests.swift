import Formats
import HTTPTypes
import TestSupport
import Testing

@testable import Service

struct OpenAPITests {
    @Test func `every route is described, and what is described is answered`() async throws {
        let document = try await ServiceFixture.json("/openapi.json")
        let service = try ServiceFixture.shared.get()
        let paths = try #require(document["paths"]?.members)
        for route in service.routes where !route.takesAttributes {
            #expect(paths.contains { $0.name == route.template }, "\(route.template)")
        }
        for collection in service.shelf.collections {
            #expect(paths.contains { $0.name == "/collections/\(collection.id)/items" })
        }
        let words = [
            "{collectionId}": "universities", "{featureId}": "un-kaist", "{name}": "map.js",
            "{z}": "6", "{y}": "24", "{x}": "54",
        ]
        for path in paths {
            var target = path.name
            for (variable, word) in words { target = target.replacing(variable, with: word) }
            let status = try await ServiceFixture.get(target).status.code
            let described = path.value["get"]?["responses"]?.members?.map(\.name) ?? []
            #expect(described.contains(String(status)), "\(target) \(status)")
        }
    }

    @Test func `every parameter that is described is taken, and others are not`() async throws {
        let document = try await ServiceFixture.json("/openapi.json")
        let examples = [
            "f": "json", "limit": "3", "bbox": "126,33,128,38",
            "bbox-crs": "http://www.opengis.net/def/crs/EPSG/0/4326",
            "crs": "http://www.opengis.net/def/crs/EPSG/0/3857", "datetime": "2020-01-01/..",
            "cursor": "after-0", "filter": "level = 'university'",
        ]
        // These tell of a filter, and are nothing without one.
        let dependents = [
            "filter-lang": "cql2-text&filter=TRUE",
            "filter-crs": "http://www.opengis.net/def/crs/EPSG/0/4326&filter=TRUE",
        ]
        let operation = try #require(
            document["paths"]?["/collections/universities/items"]?["get"])
        for parameter in operation["parameters"]?.array ?? [] {
            let name = try #require(parameter["name"]?.string)
            let value =
                examples[name] ?? (parameter["schema"]?["type"]?.string == "string" ? "a" : "1")
            let items = "/collections/universities/items?\(RequestTarget.encoded(name))="
            let response = try await ServiceFixture.get(
                items + (dependents[name] ?? RequestTarget.encoded(value)))
            #expect(response.status == .ok, "\(name)")
        }
        #expect(
            try await ServiceFixture.get("/collections/universities/items?zz=1").status
                == .badRequest)
    }

    @Test func `references lead to schemas that are there`() async throws {
        let document = try await ServiceFixture.json("/openapi.json")
        let schemas = Set(document["components"]?["schemas"]?.members?.map(\.name) ?? [])
        var references: Set<String> = []
        func walk(_ value: JSONValue) {
            for member in value.members ?? [] {
                if member.name == "$ref", let text = member.value.string {
                    references.insert(String(text.split(separator: "/").last ?? ""))
                }
                walk(member.value)
            }
            for item in value.array ?? [] { walk(item) }
        }
        walk(document)
        #expect(references.isSubset(of: schemas) && references.count >= 5)
    }
}
