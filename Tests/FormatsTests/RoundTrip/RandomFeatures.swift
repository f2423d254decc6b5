import Features
import Geometry

/// Features of every kind from a fixed seed: deep collections, odd texts, extreme numbers.
struct RandomFeatures {
    private var random: SeededGenerator
    /// Decimals of coordinates.
    private let decimals: Double

    init(seed: UInt64, decimals: Int = 7) {
        random = SeededGenerator(state: seed)
        self.decimals = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    }

    static let texts = [
        "대덕연구개발특구", "👩🏽‍🔬 새 🦊", "a\u{0}b", "\u{0}", "\"quoted\"", "back\\slash/", "line\nbreak\r\n",
        "tab\tand \u{1}\u{1F} controls", "\u{7F}\u{80}", "\u{FEFF}mark", "\u{2028}\u{2029}", "null",
        "true",
        "007", "1", "-0", "1e999", "NaN", " spaces ", "ᄒ\u{1161}\u{11AB}", "e\u{301}", "مرحبا",
        "\u{FFFD}",
        "\u{10FFFF}", "{\"a\":[1]}", "; , | '", "=1+1", String(repeating: "긴 ", count: 700),
    ]
    static let doubles = [
        0.1 + 0.2, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude,
        .leastNonzeroMagnitude, 1e22, 1e-7, .leastNonzeroMagnitude * 3, 0.5,
        123_456_789.123_456_789, -1.0 / 3,
        9_007_199_254_740_993.5, 1e300, .leastNormalMagnitude.nextDown,
    ]
    static let wholes = [
        0, 1, -1, Int.max, Int.min, 1 << 53, (1 << 53) + 1, 999_999_999_999_999_999,
    ]

    // MARK: Geometry

    private mutating func position() -> Position {
        Position(
            (Double.random(in: 124...132, using: &random) * decimals).rounded() / decimals,
            (Double.random(in: 33...39, using: &random) * decimals).rounded() / decimals)
    }

    private mutating func line() -> [Position] {
        (0..<Int.random(in: 2...6, using: &random)).map { _ in position() }
    }

    /// A rectangle, counterclockwise, with a hole now and then.
    private mutating func rings() -> [[Position]] {
        let at = position()
        func box(_ from: Double, _ to: Double) -> [Position] {
            func moved(_ x: Double, _ y: Double) -> Position {
                Position(
                    ((at.x + x) * decimals).rounded() / decimals,
                    ((at.y + y) * decimals).rounded() / decimals)
            }
            return [
                moved(from, from), moved(to, from), moved(to, to), moved(from, to),
                moved(from, from),
            ]
        }
        return Bool.random(using: &random)
            ? [box(0, 0.1)] : [box(0, 0.1), Array(box(0.02, 0.05).reversed())]
    }

    /// A shape of a kind, empty now and then.
    mutating func shape(_ kind: Shape.Kind, depth: Int = 0) -> Shape {
        let isEmpty = Int.random(in: 0..<12, using: &random) == 0
        switch kind {
        case .point: return .point(position())
        case .multiPoint: return .multiPoint(isEmpty ? [] : line())
        case .lineString: return .lineString(isEmpty ? [] : line())
        case .multiLineString: return .multiLineString(isEmpty ? [] : [line(), line()])
        case .polygon: return .polygon(isEmpty ? [] : rings())
        case .multiPolygon: return .multiPolygon(isEmpty ? [] : [rings(), rings()])
        case .collection:
            let count = isEmpty ? 0 : Int.random(in: 1...3, using: &random)
            return .collection(
                (0..<count).map { _ in
                    var kind = Shape.Kind.allCases.randomElement(using: &random) ?? .point
                    if depth > 6 { kind = .point }
                    return shape(kind, depth: depth + 1)
                })
        }
    }

    /// Shapes of one kind, or of all where `nil`; some are absent.
    mutating func shapes(_ kind: Shape.Kind?, count: Int) -> [Shape?] {
        (0..<count).map { _ in
            if Int.random(in: 0..<8, using: &random) == 0 { return nil }
            return shape(kind ?? Shape.Kind.allCases.randomElement(using: &random) ?? .point)
        }
    }

    // MARK: Attributes

    private mutating func some<Value>(_ values: [Value], _ count: Int) -> [Value?] {
        (0..<count).map { _ in
            Int.random(in: 0..<6, using: &random) == 0 ? nil : values.randomElement(using: &random)
        }
    }

    /// A batch with a column of each kind.
    mutating func batch(_ kind: Shape.Kind?, count: Int = 30) -> FeatureBatch {
        var batch = FeatureBatch(geometry: GeometryColumn(shapes(kind, count: count)))
        batch.set("글", .string(some(Self.texts, count)))
        batch.set("whole", .int(some(Self.wholes, count)))
        batch.set("number", .double(some(Self.doubles, count)))
        batch.set("truth", .bool(some([true, false], count)))
        return batch
    }
}

extension FeatureBatch {
    /// The geometries as bits, in which what is no number equals itself.
    var binary: [[UInt8]?] { geometry.shapes.map { $0.map { WellKnownBinary.encode($0) } } }
}
