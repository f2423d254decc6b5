import Analysis
import Features
import Geometry
import Testing

/// What is said of positions that are not on the globe, by every operation alike.
struct BadPlacesTests {
    private static let layer = [Position(127, 36), Position(128, 36)]

    /// Three features, the third with latitude and longitude exchanged.
    private static func swapped(ids: Column?, firstIndex: Int = 0) -> FeatureBatch {
        FeatureBatch(
            points: [Position(127, 36), nil, Position(36.5, 127.4)], ids: ids,
            firstIndex: firstIndex)
    }

    private func expect(_ error: AnalysisError?, at place: String) {
        #expect(error?.code == .badPosition)
        #expect(error?.place == place)
        #expect(error?.problem.contains("36.5, 127.4") == true)
        #expect(error?.remedy?.contains("swapped") == true)
    }

    @Test func `a feature with swapped coordinates is named by its number and identifier`() throws {
        let layer = try FacilityLayer("labs", Self.layer)
        let proximity = try Proximity(targets: [layer])
        let coverage = try Coverage(by: layer, within: [.kilometres(5)])
        let catchment = try Catchment(of: layer)
        let batch = Self.swapped(ids: .string(["a", "b", "c"]), firstIndex: 65_536)
        let place = "places, feature 65539 (id \"c\")"
        expect(
            #expect(throws: AnalysisError.self) {
                _ = try proximity.measure(batch, layer: "places")
            }, at: place)
        expect(
            #expect(throws: AnalysisError.self) {
                _ = try coverage.measure(batch, layer: "places")
            },
            at: place)
        expect(
            #expect(throws: AnalysisError.self) {
                _ = try catchment.assign(batch, layer: "places")
            },
            at: place)
        expect(
            #expect(throws: AnalysisError.self) {
                _ = try proximity.measure(Self.swapped(ids: nil), layer: "places")
            }, at: "places, feature 3")
    }

    @Test func `a facility with swapped coordinates is named by its number and identifier`() {
        expect(
            #expect(throws: AnalysisError.self) {
                try FacilityLayer(name: "labs", Self.swapped(ids: .int([7, 8, 9])))
            }, at: "labs, feature 3 (id \"9\")")
        expect(
            #expect(throws: AnalysisError.self) {
                try FacilityLayer(
                    name: "labs",
                    FeatureBatch(shapes: [
                        .point(Position(127, 36)), nil,
                        .lineString([Position(127, 36), Position(36.5, 127.4)]),
                    ]))
            }, at: "labs, feature 3")
    }

    @Test func `an area with swapped coordinates is named too`() throws {
        let proximity = try Proximity(targets: [FacilityLayer("labs", Self.layer)])
        let area = Shape.polygon([
            [Position(36, 127), Position(37, 127), Position(37, 128), Position(36, 127)]
        ])
        let error = #expect(throws: AnalysisError.self) {
            _ = try proximity.measure(
                FeatureBatch(shapes: [nil, area], ids: ["a", "b"]), layer: "places")
        }
        #expect(error?.place == "places, feature 2 (id \"b\")")
        #expect(error?.remedy?.contains("swapped") == true)
    }

    @Test func `an area that GEOS cannot build is named`() throws {
        let proximity = try Proximity(targets: [FacilityLayer("labs", Self.layer)])
        let open = Shape.polygon([[Position(127, 36), Position(128, 36), Position(128, 37)]])
        let error = #expect(throws: AnalysisError.self) {
            _ = try proximity.measure(
                FeatureBatch(shapes: [nil, open], ids: ["a", "b"]), layer: "places")
        }
        #expect(error?.place == "places, feature 2 (id \"b\")")
    }

    @Test func `a point with half a position has no place`() throws {
        let half = Position(127, .nan)
        let layer = try FacilityLayer("labs", Self.layer)
        let batch = FeatureBatch(points: [half, Position(127, 36)])
        let catchment = try Catchment(of: layer)
        var tally = CatchmentTally(of: catchment)
        try tally.add(catchment.assign(batch, layer: "places"))
        #expect(tally.unlocated == 1 && tally.unassigned == 0 && tally.counts == [1, 0])
    }

    @Test func `a layer without any place is refused`() {
        for shapes in [[], [nil, nil], [Shape.point(.empty)], [nil, .polygon([])]] as [[Shape?]] {
            let error = #expect(throws: AnalysisError.self) {
                try FacilityLayer(name: "labs", FeatureBatch(shapes: shapes))
            }
            #expect(error?.code == .empty && error?.place == "labs")
        }
    }
}
