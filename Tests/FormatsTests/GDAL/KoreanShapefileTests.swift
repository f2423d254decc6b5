import Features
import Formats
import Foundation
import Geometry
import TestSupport
import Testing

/// Two shapefiles as Korean offices publish them, compared with the same districts from elsewhere.
struct KoreanShapefileTests {
    @Test func `districts of Seoul in EPSG 5179 and CP949 lie where they should`() throws {
        guard let file = SharedData.file("shapefile_cp949/LARD_ADM_SECT_SGG_11.shp"),
            let reference = SharedData.file("sigungu_detailed.geojson")
        else { return }
        var source = try openSource(file.path)
        let batch = try source.readAll()
        #expect(batch.count == 25)
        #expect(
            batch.columns.map(\.name) == ["ADM_SECT_C", "SGG_NM", "SGG_OID", "COL_ADM_SE", "GID"])
        let names = try #require(batch["SGG_NM"])
        #expect((0..<25).contains { names[$0] == .string("강남구") })
        var districts = try openSource(reference.path)
        let others = try districts.readAll()
        let labels = others.columns.map(\.name).filter { name in
            others[name].map { column in
                (0..<others.count).contains { column[$0] == .string("강남구") }
            } ?? false
        }
        let label = try #require(labels.first)
        let column = try #require(others[label])
        var compared = 0
        for row in 0..<batch.count {
            guard let shape = batch.geometry[row], let centre = try shape.centroid() else {
                continue
            }
            // Some names have the city before them; 중구 is a name of several: the nearest counts.
            let name = try #require(names[row].text).replacing("서울시", with: "")
            let distances = try (0..<others.count).filter { column[$0].text == name }.compactMap {
                try others.geometry[$0]?.centroid().map {
                    Geodesic.wgs84.distance(from: centre, to: $0)
                }
            }
            // Two outlines of one district, generalised differently.
            #expect(try #require(distances.min()) < 150)
            compared += 1
        }
        #expect(compared == 25)
    }

    @Test func `a shapefile without a system is refused, and read with one that is named`() throws {
        guard let file = SharedData.file("shapefile_cp949/TL_SCCO_EMD.shp") else { return }
        let error = #expect(throws: FormatError.self) {
            var source = try openSource(file.path)
            _ = try source.readAll()
        }
        #expect(error?.code == .projected)
        #expect(error?.remedy?.contains("--assume-crs") == true)
        var source = try openSource(file.path, options: ReadingOptions(assumedCRS: "EPSG:5179"))
        let batch = try source.readAll()
        #expect(batch.count == 467)
        #expect(batch["EMD_KOR_NM"]?[0] == .string("청운동"))
        #expect(batch["EMD_ENG_NM"]?[0] == .string("Cheongun-dong"))
        let centre = try #require(try batch.geometry[0]?.centroid())
        // The hall of 청운효자동.
        #expect(Geodesic.wgs84.distance(from: centre, to: Position(126.9706, 37.5841)) < 1000)
        #expect(source.collection.inputs.map(\.name).contains("TL_SCCO_EMD.dbf"))
    }
}
