import Features
import Geometry
import TestSupport

@testable import Filters

/// Features with an attribute of every kind, some of them without values.
enum FilterFixture {
    static func batch(_ count: Int, seed: UInt64) -> FeatureBatch {
        var random = SeededGenerator(seed: seed)
        func maybe<Value>(_ value: Value) -> Value? {
            Int.random(in: 0..<6, using: &random) == 0 ? nil : value
        }
        let words = ["Kimchi", "kimchi", "100%", "a_b", "o'clock", "판교", "Pangyo", ""]
        let shapes: [Shape?] = (0..<count).map { _ in
            let (x, y) = (
                Double(Int.random(in: 0...8, using: &random)),
                Double(Int.random(in: 0...8, using: &random))
            )
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return nil
            case 1: return .point(Position(x, y))
            case 2: return .lineString([Position(x, y), Position(x + 2, y + 1)])
            default:
                return .polygon([
                    [
                        Position(x, y), Position(x + 2, y), Position(x + 2, y + 2),
                        Position(x, y + 2), Position(x, y),
                    ]
                ])
            }
        }
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes), ids: .string((0..<count).map { "f\($0)" }))
        batch.set(
            "name",
            .string(
                (0..<count).map { _ in maybe(words[Int.random(in: 0..<words.count, using: &random)])
                }))
        batch.set(
            "size", .int((0..<count).map { _ in maybe(Int.random(in: -3...6, using: &random)) }))
        batch.set(
            "share",
            .double(
                (0..<count).map { _ in maybe(Double(Int.random(in: 0...8, using: &random)) / 4) }))
        batch.set("open", .bool((0..<count).map { _ in maybe(Bool.random(using: &random)) }))
        batch.set(
            "since",
            .string(
                (0..<count).map { _ in
                    maybe("20\(Int.random(in: 10...13, using: &random))-06-15")
                }))
        return batch
    }

    /// The identifiers of the features of which a filter is true.
    static func ids(_ text: String, _ batch: FeatureBatch) throws -> [String] {
        let filter = try CQLFilter(CQLExpression(text: text), over: batch)
        return try filter.rows().compactMap { batch.id($0) }
    }

    /// A filter of all that there is, with a seed.
    static func random(_ depth: Int, _ random: inout SeededGenerator) -> CQLExpression {
        func pick<Value>(_ values: [Value]) -> Value {
            values[Int.random(in: 0..<values.count, using: &random)]
        }
        func number() -> CQLExpression {
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return CQLExpression(.property("size"))
            case 1: return CQLExpression(.property("share"))
            case 2: return CQLExpression(.integer(Int64.random(in: -4...7, using: &random)))
            case 3: return CQLExpression(.number(Double.random(in: -2...3, using: &random)))
            default:
                return CQLExpression(
                    .arithmetic(
                        pick(CQLArithmetic.allCases), CQLExpression(.property("size")),
                        CQLExpression(.integer(Int64.random(in: -2...3, using: &random)))))
            }
        }
        func text() -> CQLExpression {
            pick([
                CQLExpression(.property("name")), CQLExpression(.text("kimchi")),
                CQLExpression(.text("o'clock")), CQLExpression(.text("판교")),
                CQLExpression(.caseless(CQLExpression(.property("name")))),
            ])
        }
        func time() -> CQLExpression {
            pick([
                CQLExpression(.property("since")), CQLExpression(.date("2011-06-15")),
                CQLExpression(.timestamp("2012-06-15T12:00:00Z")),
                CQLExpression(
                    .interval(
                        CQLExpression(.date("2011-01-01")), CQLExpression(.date("2012-06-15")))),
                CQLExpression(.interval(CQLExpression(.open), CQLExpression(.date("2012-06-15")))),
            ])
        }
        func place() -> CQLExpression {
            let (x, y) = (
                Double(Int.random(in: 0...6, using: &random)),
                Double(Int.random(in: 0...6, using: &random))
            )
            return pick([
                CQLExpression(.box([x, y, x + 3, y + 2])),
                CQLExpression(.geometry(.point(Position(x, y)))),
                CQLExpression(.geometry(.lineString([Position(x, y), Position(x + 2, y + 2)]))),
                CQLExpression(
                    .geometry(
                        .polygon([
                            [
                                Position(x, y), Position(x + 3, y), Position(x + 3, y + 3),
                                Position(x, y),
                            ]
                        ]))),
            ])
        }
        let geometry = CQLExpression(.property("geometry"))
        switch Int.random(in: 0..<(depth > 0 ? 14 : 11), using: &random) {
        case 0: return CQLExpression(.comparison(pick(CQLComparison.allCases), number(), number()))
        case 1: return CQLExpression(.comparison(pick(CQLComparison.allCases), text(), text()))
        case 2: return CQLExpression(.between(number(), number(), number()))
        case 3:
            return CQLExpression(
                .like(
                    text(), CQLExpression(.text(pick(["%i%", "k_mchi", "100\\%", "%", "a\\_b"])))))
        case 4: return CQLExpression(.among(number(), [number(), number()]))
        case 5: return CQLExpression(.among(CQLExpression(.property("name")), [text(), text()]))
        case 6: return CQLExpression(.isNull(CQLExpression(.property(pick(["name", "size"])))))
        case 7:
            return CQLExpression(.temporal(pick(CQLTemporalRelation.allCases), time(), time()))
        case 8:
            let shapes = [geometry, place()]
            let turned = Bool.random(using: &random)
            return CQLExpression(
                .spatial(
                    pick(CQLSpatialRelation.allCases), shapes[turned ? 1 : 0],
                    shapes[turned ? 0 : 1]))
        case 9:
            return CQLExpression(
                .near(geometry, place(), CQLExpression(.integer(pick([0, 50_000, 200_000])))))
        case 10: return CQLExpression(.property("open"))
        case 11: return CQLExpression(.not(self.random(depth - 1, &random)))
        case 12:
            return CQLExpression(.and((0...2).map { _ in self.random(depth - 1, &random) }))
        default: return CQLExpression(.or((0...1).map { _ in self.random(depth - 1, &random) }))
        }
    }
}
