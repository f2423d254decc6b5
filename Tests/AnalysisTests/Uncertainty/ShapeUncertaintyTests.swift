import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct ShapeUncertaintyTests {
    /// Points, lines, boxes of some kilometres and nothing, each off by its own.
    private struct Layer {
        let shapes: [Shape?]
        let off: [Double]

        init(_ count: Int, seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            shapes = (0..<count).map { i -> Shape? in
                let place = random.position(127...127.5, 36...36.4)
                let size = Double(1 + i % 4) * 0.01
                switch i % 5 {
                case 0: return .point(place)
                case 1: return .lineString([place, Position(place.x + size, place.y + size)])
                case 2: return i == 7 ? nil : .polygon([])
                default:
                    return .polygon([
                        box(place.x, place.y, place.x + size, place.y + size, step: 1)
                    ])
                }
            }
            off = (0..<count).map { Double($0 * 7919 % 11) * 60 }
        }

        var batch: FeatureBatch {
            FeatureBatch(shapes: shapes).with("off", .double(off.map { $0 }))
        }

        /// A truth within the errors: every shape moved as a whole, most as far as can be.
        func moved(_ random: inout SeededGenerator) -> FeatureBatch {
            FeatureBatch(
                shapes: zip(shapes, off).map { shape, off -> Shape? in
                    let azimuth = Double.random(in: 0...360, using: &random)
                    let way = off * (Bool.random(using: &random) ? 0.999 : 0.5)
                    func move(_ place: Position) -> Position {
                        Geodesic.wgs84.direct(from: place, azimuth: azimuth, distance: way).position
                    }
                    switch shape {
                    case .point(let place): return .point(move(place))
                    case .lineString(let places): return .lineString(places.map(move))
                    case .polygon(let rings): return .polygon(rings.map { $0.map(move) })
                    default: return shape
                    }
                })
        }
    }

    private static let facilities = Layer(22, seed: 631)
    private static let places = Layer(40, seed: 632)

    private func measure(
        _ facilities: FeatureBatch, _ places: FeatureBatch, k: Int = 3, within limit: Double?,
        isSelf: Bool = false, _ accuracy: PositionAccuracy?
    ) throws -> Proximity.Measured {
        try Proximity(
            targets: [FacilityLayer(name: "labs", facilities)], k: k,
            within: limit.map { .metres($0) }, isOfThemselves: isSelf, accuracy: accuracy,
            isOfShapes: true
        ).measure(places, layer: "homes")
    }

    /// All shapes by their distance from one, found pair by pair; `nil` from nowhere.
    private func ranked(
        _ row: Int, of places: Layer, to facilities: [MeasuredShape?], isSelf: Bool
    ) throws -> [(distance: Double, index: Int)]? {
        try places.shapes[row].flatMap { try MeasuredShape($0) }.map { own in
            try facilities.enumerated().compactMap { index, other in
                guard let other, !isSelf || index != row else { return nil }
                return (try own.distance(to: other), index)
            }.sorted { $0 < $1 }
        }
    }

    /// What the labels say by the definition, over all pairs: the rank is that of every truth in
    /// which each distance and each difference of two is off as far as can be.
    private func expected(
        _ row: Int, among all: [(distance: Double, index: Int)]?, of places: Layer,
        to facilities: Layer, rank: Int, within limit: Double?
    ) -> (label: String?, error: Double?) {
        guard let all else { return (nil, nil) }
        let limit = limit ?? .infinity
        let a = places.off[row]
        let possible = all.filter { $0.distance - a - facilities.off[$0.index] <= limit }
        let ranked = all.filter { $0.distance <= limit }
        guard rank < ranked.count else {
            // None at this rank: stable where no other could come within the limit.
            let others = limit == .infinity ? 0 : possible.count - min(3, ranked.count)
            return (others > 0 ? "fragile" : "stable", nil)
        }
        let one = ranked[rank]
        let error = a + facilities.off[one.index]
        let inTable = Set(ranked.prefix(3).map(\.index))
        let isSure =
            one.distance + error <= limit
            && all.allSatisfy { other in
                other.index == one.index
                    || !inTable.contains(other.index)
                        && !possible.contains { $0.index == other.index }
                    || abs(other.distance - one.distance)
                        >= 2 * a + facilities.off[one.index] + facilities.off[other.index]
            }
        return (isSure ? "stable" : "fragile", error)
    }

    @Test(arguments: [nil, 9000.0], [false, true])
    func `labels are those of all pairs`(limit: Double?, isSelf: Bool) throws {
        let facilities = isSelf ? Self.places : Self.facilities
        let measured = try measure(
            facilities.batch, Self.places.batch, within: limit, isSelf: isSelf, .field("off"))
        let judged = measured.batch
        var counts: [String: Int] = [:]
        let others = try facilities.shapes.map { try $0.flatMap { try MeasuredShape($0) } }
        for row in Self.places.shapes.indices {
            let all = try ranked(row, of: Self.places, to: others, isSelf: isSelf)
            for rank in 0..<3 {
                let (label, error) = expected(
                    row, among: all, of: Self.places, to: facilities, rank: rank, within: limit)
                #expect(judged.texts("labs_\(rank + 1)_stability")[row] == label)
                #expect(judged.numbers("labs_\(rank + 1)_plus_minus_m")[row] == error)
                counts[label ?? "", default: 0] += 1
            }
        }
        #expect(counts["stable", default: 0] > 3 && counts["fragile", default: 0] > 3)
        let pairs = try measured.pairs()
        let found = (1...3).map { judged.texts("labs_\($0)_stability") }
        let ids = (1...3).map { judged.texts("labs_\($0)_id") }
        let labels = Self.places.shapes.indices.flatMap { row in
            (0..<3).compactMap { ids[$0][row] == nil ? nil : found[$0][row] }
        }
        #expect(pairs.texts("stability") == labels)
    }

    @Test(arguments: [nil, 6000.0], [false, true])
    func `what is stable stays so wherever the shapes truly lie`(
        limit: Double?, isSelf: Bool
    ) throws {
        let facilities = isSelf ? Self.places : Self.facilities
        let judged = try measure(
            facilities.batch, Self.places.batch, within: limit, isSelf: isSelf, .field("off")
        ).batch
        var random = SeededGenerator(seed: 633)
        var (changed, stable) = (0, 0)
        for _ in 0..<5 {
            let places = Self.places.moved(&random)
            let truth = try measure(
                isSelf ? places : facilities.moved(&random), places, within: limit,
                isSelf: isSelf, nil
            ).batch
            for rank in 1...3 {
                let labels = judged.texts("labs_\(rank)_stability")
                let (ids, trueIDs) = (
                    judged.texts("labs_\(rank)_id"), truth.texts("labs_\(rank)_id")
                )
                let errors = judged.numbers("labs_\(rank)_plus_minus_m")
                let (metres, trueMetres) = (
                    judged.numbers("labs_\(rank)_m"), truth.numbers("labs_\(rank)_m")
                )
                for row in ids.indices {
                    let same = ids[row] == trueIDs[row]
                    #expect(same || labels[row] == "fragile", "row \(row), rank \(rank)")
                    if !same { changed += 1 }
                    if labels[row] == "stable" { stable += 1 }
                    guard same, let error = errors[row], let drawn = metres[row],
                        let truly = trueMetres[row]
                    else { continue }
                    #expect(abs(drawn - truly) <= error + 0.01)
                }
            }
        }
        #expect(changed > 10 && stable > 10)
    }

    @Test func `exact shapes are stable`() throws {
        for limit in [nil, 6000.0] {
            let judged = try measure(
                Self.facilities.batch, Self.places.batch, within: limit, .metres(0))
            #expect(!judged.batch.texts("labs_1_stability").contains("fragile"))
        }
    }
}
