import Foundation
import Geometry
import TestSupport
import Testing

struct GeodesicTests {
    /// PROJ's own `geod_inverse` is at worst 7.45 nm from GeodTest; 15 nm is what is promised.
    @Test func `GeodTest's ten thousand lines agree to 15 nm`() throws {
        guard let file = SharedData.file("known-answers/geodesic/GeodTest-short.dat.gz"),
            let gunzip = SharedData.tool("gunzip")
        else { return }
        let text = try SharedData.run(gunzip, ["-c", file.path]).output
        var lines = 0
        var worst = 0.0
        var worstDirect = 0.0
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let v = line.split(separator: " ").compactMap { Double($0) }
            let start = Position(v[1], v[0])
            let end = Position(v[4], v[3])
            worst = max(worst, abs(Geodesic.wgs84.distance(from: start, to: end) - v[6]))
            let arrival = Geodesic.wgs84.direct(from: start, azimuth: v[2], distance: v[6]).position
            worstDirect = max(worstDirect, Geodesic.wgs84.distance(from: arrival, to: end))
            lines += 1
        }
        #expect(lines == 10_000)
        #expect(worst <= 15e-9)
        #expect(worstDirect <= 15e-9)
    }

    /// Made once with `geod` of PROJ 9.1.1.
    @Test func `Seoul to Busan is 324,915.30 m`() {
        let seoul = Position(126.9780, 37.5665)
        let busan = Position(129.0756, 35.1796)
        #expect(abs(Geodesic.wgs84.distance(from: seoul, to: busan) - 324_915.30) < 0.005)
    }

    /// GeographicLib's polygon test: the square of one degree at the equator.
    @Test func `a square of one degree has GeographicLib's area and perimeter`() {
        let ring = [Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 1), Position(0, 0)]
        let (area, perimeter) = Geodesic.wgs84.areaAndPerimeter(ofRing: ring)
        #expect(abs(area - 12_308_778_361.469452) < 1e-4)
        #expect(abs(perimeter - 443_770.91724830196) < 1e-8)
        #expect(Geodesic.wgs84.areaAndPerimeter(ofRing: ring.reversed()).area == -area)
    }

    @Test func `holes count less whatever their winding`() {
        let outer = [
            Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 1), Position(0, 0),
        ]
        let hole = [
            Position(0.4, 0.4), Position(0.6, 0.4), Position(0.6, 0.6), Position(0.4, 0.6),
            Position(0.4, 0.4),
        ]
        let expected = Shape.polygon([outer]).geodesicArea - Shape.polygon([hole]).geodesicArea
        #expect(Shape.polygon([outer, hole]).geodesicArea == expected)
        #expect(Shape.polygon([outer.reversed(), hole.reversed()]).geodesicArea == expected)
        #expect(Shape.point(Position(1, 1)).geodesicArea == 0)
    }
}

struct DistanceLabelTests {
    @Test(arguments: [
        (5000.0, "5km"), (250, "250m"), (1500, "1.5km"), (12_345, "12.345km"),
        (9019.378, "9019.378m"), (0.5, "0.5m"), (1e7, "10000km"),
    ])
    func `a distance has a short name that reads back as itself`(metres: Double, name: String) {
        #expect(Distance.metres(metres).label == name)
    }
}
