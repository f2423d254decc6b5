import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct PairsTests {
    @Test func `a pair is a line with rank, distance and bearing`() throws {
        var random = SeededGenerator(seed: 53)
        let (features, near, far) = (random.korea(20), random.korea(30), random.korea(2))
        let from = FeatureBatch(
            points: features + [nil], ids: .string((0...20).map { $0 == 4 ? nil : "f\($0)" }),
            firstIndex: 100
        ).with("name", .string((0...20).map { $0 == 2 ? nil : "feature \($0)" }))
        let targets = [
            try FacilityLayer("near", near),
            try FacilityLayer("far", far, ids: .string(["x", "y"])),
        ]
        let k = 3
        let pairs = try Proximity(targets: targets, k: k).measure(from, layer: "places")
            .pairs(firstIndex: 7)
        #expect(pairs.firstIndex == 7)
        #expect(
            pairs.columns.map(\.name) == [
                "from_id", "from_name", "to_layer", "to_id", "to_name", "rank", "distance_m",
                "azimuth_deg",
            ])
        var at = 0
        for (row, feature) in features.enumerated() {
            for (target, positions) in [("near", near), ("far", far)] {
                for (rank, found) in scan(positions, from: feature).prefix(k).enumerated() {
                    let end = positions[found.index]
                    let line = Geodesic.wgs84.inverse(from: feature, to: end)
                    #expect(pairs.geometry[at] == .lineString([feature, end]))
                    // A feature without an identifier is known by its place in the whole flow.
                    #expect(pairs.texts("from_id")[at] == (row == 4 ? "105" : "f\(row)"))
                    #expect(pairs.texts("from_name")[at] == (row == 2 ? nil : "feature \(row)"))
                    #expect(pairs.texts("to_layer")[at] == target)
                    #expect(
                        pairs.texts("to_id")[at]
                            == (target == "far" ? ["x", "y"][found.index] : "\(found.index + 1)"))
                    #expect(pairs.texts("to_name")[at] == nil)
                    #expect(pairs.numbers("rank")[at] == Double(rank + 1))
                    let distance = try #require(pairs.numbers("distance_m")[at])
                    #expect(abs(distance - line.distance) <= micrometre)
                    let azimuth = try #require(pairs.numbers("azimuth_deg")[at])
                    #expect(azimuth >= 0 && azimuth < 360)
                    // Written to a millionth of a degree.
                    let off = (azimuth - line.azimuth).remainder(dividingBy: 360)
                    #expect(abs(off) <= 0.5001e-6)
                    at += 1
                }
            }
        }
        #expect(pairs.count == at)
    }

    @Test func `bearings run clockwise from north, from 0 to below 360`() throws {
        let place = Position(127, 0)
        let ends = [
            Position(127, 1), Position(128, 0), Position(127, -1), Position(126, 0), place,
            // So little west of north that the bearing would round to 360.
            Position(127 - 1e-12, 1),
        ]
        let bearings = try ends.map { end in
            let layer = try FacilityLayer("labs", [end])
            let pairs = try Proximity(targets: [layer]).measure(
                FeatureBatch(points: [place]), layer: "places"
            ).pairs()
            return try #require(pairs.numbers("azimuth_deg").first ?? nil)
        }
        #expect(Array(bearings[0..<4]) == [0, 90, 180, 270])
        #expect(bearings[5] == 0)
        for bearing in bearings {
            #expect(bearing >= 0 && bearing < 360)
            #expect(bearing.sign == .plus)
        }
    }

    @Test func `a facility that is no point is drawn to a position inside it`() throws {
        let area = Shape.polygon([box(127.2, 36.2, 127.24, 36.23, step: 1)])
        let place = Position(127.1, 36.215)
        let layer = try FacilityLayer(name: "sites", FeatureBatch(shapes: [area]))
        let pairs = try Proximity(targets: [layer]).measure(
            FeatureBatch(points: [place]), layer: "places"
        ).pairs()
        let inside = try #require(try area.interiorPoint())
        #expect(pairs.geometry[0] == .lineString([place, inside]))
        let distance = try #require(pairs.numbers("distance_m")[0])
        #expect(distance < karney(place, inside))
        // Towards the inside, as the line is drawn.
        let azimuth = Geodesic.wgs84.inverse(from: place, to: inside).azimuth
        #expect(abs((pairs.numbers("azimuth_deg")[0] ?? 0) - azimuth) < 1e-6)
    }

    @Test func `nothing within the limit makes no pair`() throws {
        let layer = try FacilityLayer("labs", [Position(128, 36), Position(127, 36.001)])
        let pairs = try Proximity(targets: [layer], k: 2, within: .kilometres(1)).measure(
            FeatureBatch(points: [Position(127, 36), nil, Position(130, 36)]), layer: "places"
        ).pairs()
        #expect(pairs.texts("to_id") == ["2"])
    }
}
