import Catalogue
import Features
import Formats
import Geometry
import TestSupport
import Testing

/// How the layers of the built-in catalogue are named and read.
struct LayerTests {
    private let builtIn: BuiltIn

    init() throws { builtIn = try BuiltIn.load() }

    @Test func `the folder is found from where the tests were built`() throws {
        let found = try CatalogueFolder.find()
        #expect(try PlaceCatalogue(folder: found).layerNames == builtIn.catalogue.layerNames)
    }

    @Test func `groups name layers that are there`() {
        #expect(!builtIn.catalogue.groups.isEmpty)
        for group in builtIn.catalogue.groups {
            #expect(builtIn.catalogue.layers(named: group.name)?.map(\.name) == group.layers)
        }
    }

    @Test func `features of a layer are its main records`() throws {
        for (info, places) in builtIn.layers {
            let batch = try builtIn.catalogue.features(of: info.name)
            let main = places.filter { $0.listing == .main }
            #expect((0..<batch.count).map { batch.id($0) } == main.map(\.id))
            let all = try builtIn.catalogue.features(
                of: info.name, PlaceView(listings: Set(PlaceCatalogue.Listing.allCases)))
            #expect(all.count == places.count)
        }
    }

    @Test func `headings say what the records say`() throws {
        for (info, places) in builtIn.layers {
            #expect(try builtIn.catalogue.headings(of: info) == places.map(\.heading))
        }
    }

    @Test func `a record is found by its identifier`() throws {
        for (_, places) in builtIn.layers {
            let place = try #require(places.last)
            #expect(try builtIn.catalogue.place(place.id) == place)
        }
        let error = #expect(throws: CatalogueError.self) {
            try builtIn.catalogue.place("ic-bitgarm")
        }
        #expect(error?.remedy?.contains("did you mean ic-bitgaram?") == true)
    }

    @Test func `a layer that is not there is answered with the nearest name`() {
        let error = #expect(throws: CatalogueError.self) {
            try builtIn.catalogue.features(of: "universitys")
        }
        #expect(error?.code == .unknownName)
        #expect(error?.remedy?.contains("did you mean universities?") == true)
    }

    @Test func `footprints are circles of the recorded area, and say that they only indicate`()
        throws
    {
        let view = PlaceView(drawing: .footprint)
        let batch = try builtIn.catalogue.features(of: "innovation-cities", view)
        let areas = try #require(batch["area_km2"])
        let marks = try #require(batch["footprint"])
        var drawn = 0
        for row in 0..<batch.count {
            let shape = try #require(batch.geometry[row])
            guard let area = areas[row].number else {
                #expect(marks[row].isNull && shape.kind == .point)
                continue
            }
            drawn += 1
            #expect(marks[row].text == "indicative")
            let drawnArea = shape.geodesicArea
            #expect(abs(drawnArea / 1e6 - area) < 1e-4 * area, "\(batch.id(row) ?? "")")
        }
        #expect(drawn >= 10)
    }

    @Test func `outlines hold the points that stand for them`() throws {
        for layer in ["provinces", "municipalities"] {
            let points = try builtIn.catalogue.features(of: layer)
            let outlines = try builtIn.catalogue.features(of: layer, PlaceView(drawing: .outline))
            for row in 0..<points.count {
                let outline = try #require(outlines.geometry[row], "\(points.id(row) ?? "")")
                guard case .point(let position)? = points.geometry[row] else { continue }
                #expect(try PreparedArea(outline).covers(position), "\(points.id(row) ?? "")")
                #expect(try outline.validity().isValid)
            }
        }
        #expect(throws: CatalogueError.self) {
            try builtIn.catalogue.features(of: "universities", PlaceView(drawing: .outline))
        }
    }
}
