import Catalogue
import Formats
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Service

/// What is said while a layer cannot be read.
struct ReadinessTests {
    @Test func `a layer that cannot be read is named until it can`() async throws {
        let command = try CommandRunner()
        let sound = try command.text(of: "catalogue/schools.geojson")
        try command.write("{", to: "catalogue/schools.geojson")
        let service = AtlasService(
            try PlaceCatalogue(folder: command.folder.appending(path: "catalogue").path))
        func get(_ target: String) async throws -> (HTTPResponse.Status, String) {
            let answer = await service.respond(to: ServiceRequest(.get, target))
            return (answer.status, String(decoding: answer.body, as: UTF8.self))
        }
        #expect(try await get("/readyz").1.contains("problem:starting"))
        var told: [String] = []
        await service.warmUp { told.append($0) }
        #expect(told.count == 1 && told[0].hasPrefix("schools: "))
        let (status, text) = try await get("/readyz")
        #expect(status == .serviceUnavailable)
        #expect(text.contains("problem:unreadable") && text.contains("schools"))
        #expect(!text.contains(command.folder.path))
        // The others are served without it.
        let page = "<title>"
        #expect(try await get("/map").1.contains(page))
        let items = "/collections/schools/items"
        #expect(try await get("/openapi.json").1.contains(items) == false)
        try command.write(sound, to: "catalogue/schools.geojson")
        #expect(try await get("/readyz").0 == .ok)
        #expect(try await get("/openapi.json").1.contains(items))
        #expect(try await get("/map").1.contains("\"id\":\"schools\""))
    }
}
