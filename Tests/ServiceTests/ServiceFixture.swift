import Catalogue
import Formats
import HTTPTypes
import Testing

@testable import Service

/// The built-in catalogue as a service, asked without a connection.
enum ServiceFixture {
    static let catalogue = Result { try PlaceCatalogue() }

    /// One service that tests share; they only read.
    static let shared = Result { AtlasService(try catalogue.get(), patient()) }

    /// A setup that lets answers take as long as they do beside all other tests.
    static func patient(folder: String? = nil, keys: KeyRing? = nil) -> AtlasService.Setup {
        var setup = AtlasService.Setup(folder: folder, keys: keys)
        setup.limits.waiting = .seconds(3600)
        setup.limits.filter = .seconds(3600)
        return setup
    }

    static func service(
        folder: String? = nil, keys: KeyRing? = nil, tell: (String) -> Void = { _ in }
    ) throws -> AtlasService {
        AtlasService(try catalogue.get(), patient(folder: folder, keys: keys), tell: tell)
    }

    /// Asks the shared service.
    static func get(
        _ target: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get
    ) async throws -> ServiceResponse {
        try await shared.get().respond(
            to: ServiceRequest(method, target, headers: headers, id: "t-1", host: "atlas.example"))
    }

    /// Asks the shared service, and reads the answer as JSON.
    static func json(
        _ target: String, status: HTTPResponse.Status = .ok,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let response = try await get(target)
        #expect(response.status == status, "\(target)", sourceLocation: location)
        return try JSONValue.parse(response.body)
    }
}

extension JSONValue {
    /// The identifiers of a collection's features.
    var ids: [String] { self["features"]?.array?.compactMap { $0["id"]?.string } ?? [] }

    /// The address of a link.
    func link(_ relation: String) -> String? {
        self["links"]?.array?.first { $0["rel"]?.string == relation }?["href"]?.string
    }

    /// The positions of a collection's points.
    var points: [[Double]] {
        self["features"]?.array?.compactMap { feature in
            feature["geometry"]?["coordinates"]?.array?.compactMap(\.number)
        } ?? []
    }
}
