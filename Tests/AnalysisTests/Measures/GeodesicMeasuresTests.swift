import Foundation
import Geometry
import TestSupport
import Testing

struct GeodesicMeasuresTests {
    @Test func `areas and lengths are those of pyproj`() throws {
        let file = SharedData.packageRoot.appending(path: "Tests/Fixtures/areas/pyproj-areas.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        var count = 0
        for line in lines where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            let area = try #require(Double(fields[0]))
            let length = try #require(Double(fields[1]))
            let shape = try Shape(wkt: String(fields[2]))
            // Both follow Karney's algorithm; what differs is the order of sums.
            #expect(abs(shape.geodesicArea / area - 1) <= 1e-9, "\(shape.geodesicArea) \(area)")
            #expect(abs(shape.geodesicLength / length - 1) <= 1e-9)
            count += 1
        }
        #expect(count == 30)
    }

    @Test func `neither winding nor the first corner changes an area`() throws {
        let file = SharedData.packageRoot.appending(path: "Tests/Fixtures/areas/pyproj-areas.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        for line in lines where !line.hasPrefix("#") {
            let shape = try Shape(wkt: String(line.split(separator: "\t")[2]))
            let turned = Shape.area(
                of: shape.polygons.map { rings in
                    rings.map { ring in
                        let open = Array(ring.dropLast().reversed())
                        let start = Array(open[2...] + open[..<2])
                        return start + start.prefix(1)
                    }
                })
            #expect(abs(turned.geodesicArea / shape.geodesicArea - 1) <= 1e-9)
            #expect(abs(turned.geodesicLength / shape.geodesicLength - 1) <= 1e-12)
        }
    }

    @Test func `points have neither area nor length, and lines no area`() {
        let line = [Position(127, 36), Position(127, 36.5), Position(128, 36.5)]
        #expect(Shape.multiPoint(line).geodesicArea == 0)
        #expect(Shape.multiPoint(line).geodesicLength == 0)
        #expect(Shape.lineString(line).geodesicArea == 0)
        let length = karney(line[0], line[1]) + karney(line[1], line[2])
        #expect(abs(Shape.lineString(line).geodesicLength - length) < 1e-6)
    }
}
