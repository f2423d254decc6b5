import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct SelfProximityTests {
    private func nearest(_ places: [Position?], k: Int, cut: Int = 1000) throws -> [[Int?]] {
        let batch = FeatureBatch(points: places)
        let operation = try Proximity(
            targets: [FacilityLayer(name: "labs", batch)], k: k, isOfThemselves: true)
        return try batch.cut(into: cut).flatMap { part in
            let result = try operation.measure(part, layer: "labs").batch
            return (0..<part.count).map { row in
                (1...k).map { result.texts("labs_\($0)_id")[row].flatMap(Int.init).map { $0 - 1 } }
            }
        }
    }

    @Test func `the nearest others are those of a full scan`() throws {
        var random = SeededGenerator(seed: 471)
        var places: [Position?] = random.korea(60)
        places[7] = nil
        let found = try nearest(places, k: 3)
        #expect(try nearest(places, k: 3, cut: 11) == found)
        for (row, place) in places.enumerated() {
            guard let place else {
                #expect(found[row] == [nil, nil, nil])
                continue
            }
            let others = scan(places, from: place).filter { $0.index != row }.prefix(3)
            #expect(found[row] == others.map { $0.index })
        }
    }

    @Test func `another at the same position is a neighbour, oneself is not`() throws {
        let place = Position(127, 36)
        #expect(
            try nearest([place, place, place, Position(128, 36)], k: 2)
                == [[1, 2], [0, 2], [0, 1], [0, 1]])
        #expect(try nearest([place], k: 2) == [[nil, nil]])
    }

    @Test func `parts of a layer are the facilities of each value`() throws {
        let batch = FeatureBatch(
            points: [
                Position(127, 36), Position(128, 36), nil, Position(127.5, 36), Position(129, 36),
            ]
        ).with("kind", .string(["나", "가", "다", "나", nil]))
        let parts = try FacilityLayer.parts(name: "labs", batch, by: "kind")
        #expect(parts.map(\.name) == ["labs_가", "labs_나"])
        #expect(parts.map(\.ids) == [["2"], ["1", "4"]])
        let result = try Proximity(targets: parts).measure(
            FeatureBatch(points: [Position(127.4, 36)]), layer: "homes"
        ).batch
        #expect(result.texts("labs_가_1_id") == ["2"] && result.texts("labs_나_1_id") == ["4"])
        #expect(throws: AnalysisError.self) {
            try FacilityLayer.parts(name: "labs", batch, by: "kin")
        }
    }
}
