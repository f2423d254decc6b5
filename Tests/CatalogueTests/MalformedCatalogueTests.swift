import Catalogue
import Features
import Formats
import Foundation
import Geometry
import TestSupport
import Testing

/// Catalogues with a fault, each made from `Tests/Fixtures/catalogue`.
struct MalformedCatalogueTests {
    private let runner: CommandRunner

    init() throws { runner = try CommandRunner() }

    private var folder: String { runner.folder.appending(path: "catalogue").path }

    /// Writes a file of the catalogue anew, with a text exchanged.
    private func change(_ file: String, _ old: String, to new: String) throws {
        let text = try runner.text(of: "catalogue/\(file)")
        #expect(text.contains(old))
        try runner.write(text.replacingOccurrences(of: old, with: new), to: "catalogue/\(file)")
    }

    private func load() throws {
        let catalogue = try PlaceCatalogue(folder: folder)
        for name in catalogue.layerNames { _ = try catalogue.features(of: name) }
    }

    @Test func `the catalogue that is changed is sound`() throws { try load() }

    @Test func `a folder without a manifest is named`() throws {
        try FileManager.default.removeItem(atPath: folder + "/datapackage.json")
        let error = #expect(throws: CatalogueError.self) { try load() }
        #expect(error?.code == .notFound)
        #expect(error?.place == folder)
        #expect(error?.problem.contains("datapackage.json") == true)
    }

    @Test(arguments: [
        (#""id": "sc-gureum","#, "", "record 2", "id"),
        (#""name_ko": "구름과학원","#, "", "sc-gureum", "name_ko"),
        (#""name_en": "Byeolnim University""#, #""name_en": """#, "sc-byeol", "name_en"),
        (#""name_en": "Byeolnim University""#, #""name_en": null"#, "sc-byeol", "name_en"),
        (
            #""kind": "school",\#n        "name_ko": "구름과학원""#, #""name_ko": "구름과학원""#,
            "sc-gureum", "kind"
        ),
        (
            #"{ "type": "Point", "coordinates": [127.3700, 36.3600] }"#,
            #"{ "type": "LineString", "coordinates": [[127, 36], [128, 36]] }"#, "sc-gureum",
            "point"
        ),
        (
            #"{ "type": "Point", "coordinates": [127.3700, 36.3600] }"#,
            #"{ "type": "Point", "coordinates": [127.37] }"#, "sc-gureum", "point"
        ),
        (#""listing": "main""#, #""listing": "maine""#, "sc-byeol", "maine"),
    ])
    func `a record with a fault is named with its file`(
        old: String, new: String, record: String, word: String
    ) throws {
        try change("schools.geojson", old, to: new)
        let error = #expect(throws: CatalogueError.self) { try load() }
        #expect(error?.code == .malformed)
        #expect(error?.place.hasPrefix(folder + "/schools.geojson") == true)
        #expect(error?.place.contains(record) == true)
        #expect(error?.problem.contains(word) == true)
        #expect(error?.remedy != nil)
    }

    @Test(arguments: [
        (#""name": "new-towns","#, "", "name"), (#""title_ko": "신도시","#, "", "title_ko"),
        (#""path": "new-towns.geojson","#, #""path": 3,"#, "path"),
        (#""resources""#, #""resource""#, "no layers"),
    ])
    func `a manifest with a fault is named`(old: String, new: String, word: String) throws {
        try change("datapackage.json", old, to: new)
        let error = #expect(throws: CatalogueError.self) { try load() }
        #expect(error?.code == .malformed)
        #expect(error?.place == folder + "/datapackage.json")
        #expect(error?.problem.contains(word) == true)
    }

    @Test(arguments: ["datapackage.json", "schools.geojson"])
    func `a file that is cut short is named`(file: String) throws {
        let text = try runner.text(of: "catalogue/\(file)")
        try runner.write(String(text.dropLast(40)), to: "catalogue/\(file)")
        let error = #expect(throws: FormatError.self) { try load() }
        #expect(error?.place.hasPrefix(folder + "/" + file) == true)
    }

    @Test func `a layer's file that is missing is named`() throws {
        try FileManager.default.removeItem(atPath: folder + "/schools.geojson")
        let error = #expect(throws: FormatError.self) { try load() }
        #expect(error?.place == folder + "/schools.geojson")
    }

    @Test func `a position that is not in degrees is named`() throws {
        try change("schools.geojson", "[127.3700, 36.3600]", to: "[36.36, 127.37]")
        let error = #expect(throws: CatalogueError.self) { try load() }
        #expect(error?.description.contains("swapped") == true)
        #expect(error?.place.contains("sc-gureum") == true)
    }
}
