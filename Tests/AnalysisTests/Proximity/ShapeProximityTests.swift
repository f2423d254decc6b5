import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct ShapeProximityTests {
    private static let shapes: [Shape?] = {
        var random = SeededGenerator(seed: 661)
        return (0..<30).map { i -> Shape? in
            let place = random.position(127...128, 36...37)
            let size = Double(1 + i % 4) * 0.02
            switch i % 6 {
            case 0: return .point(place)
            case 1: return .lineString([place, Position(place.x + size, place.y + size)])
            case 2: return i == 8 ? nil : .polygon([])
            default:
                return .polygon([box(place.x, place.y, place.x + size, place.y + size, step: 1)])
            }
        }
    }()

    private func measure(
        _ batch: FeatureBatch, k: Int = 3, within limit: Double? = nil, isSelf: Bool = false
    ) throws -> Proximity.Measured {
        let layer = try FacilityLayer(name: "areas", FeatureBatch(shapes: Self.shapes))
        return try Proximity(
            targets: [layer], k: k, within: limit.map { .metres($0) }, isOfThemselves: isSelf,
            isOfShapes: true
        ).measure(batch, layer: "shapes")
    }

    /// All distances between two shapes, ranked, by asking each pair.
    private func ranked(_ shape: Shape) throws -> [(distance: Double, index: Int)] {
        guard let own = try MeasuredShape(shape) else { return [] }
        return try Self.shapes.enumerated().compactMap { index, other in
            guard let other = try other.flatMap({ try MeasuredShape($0) }) else { return nil }
            return (try own.distance(to: other), index)
        }.sorted { $0 < $1 }
    }

    @Test(arguments: [nil, 9000.0])
    func `the nearest are those of all pairs`(limit: Double?) throws {
        var random = SeededGenerator(seed: 662)
        let shapes = (0..<15).map { _ -> Shape? in
            let place = random.position(127...128, 36...37)
            return .polygon([box(place.x, place.y, place.x + 0.03, place.y + 0.05, step: 1)])
        }
        let result = try measure(FeatureBatch(shapes: shapes + [nil]), within: limit).batch
        var overlaps = 0
        for (row, shape) in shapes.enumerated() {
            let expected = try ranked(#require(shape)).filter { $0.distance <= limit ?? .infinity }
            for rank in 0..<3 {
                let id = result.texts("areas_\(rank + 1)_id")[row]
                let metres = result.numbers("areas_\(rank + 1)_m")[row]
                guard rank < expected.count else {
                    #expect(id == nil && metres == nil)
                    continue
                }
                #expect(id == String(expected[rank].index + 1))
                #expect(abs((metres ?? -1) - expected[rank].distance) <= micrometre)
                if metres == 0 { overlaps += 1 }
            }
        }
        #expect(overlaps > 0)
        #expect(result.texts("areas_1_id")[15] == nil)
    }

    @Test func `of themselves none is its own neighbour`() throws {
        let result = try measure(FeatureBatch(shapes: Self.shapes), k: 1, isSelf: true).batch
        for (row, shape) in Self.shapes.enumerated() {
            let expected = try shape.map { try ranked($0).first { $0.index != row } } ?? nil
            #expect(result.texts("areas_1_id")[row] == expected.map { String($0.index + 1) })
        }
    }
}
