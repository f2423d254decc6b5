import Features
import Geometry
import TestSupport
import Testing

/// Shapes compare as text, in which empty points, whose coordinates are NaN, are equal too.
private func texts(_ shapes: [Shape?]) -> [String?] { shapes.map { $0?.wkt() } }

private func ring(_ x: Double, _ y: Double, _ z: Double? = nil, side: Double = 1) -> [Position] {
    [
        Position(x, y, z), Position(x + side, y, z), Position(x + side, y + side, z),
        Position(x, y, z),
    ]
}

/// Two shapes of every kind, with heights or without.
private func samples(_ kind: Shape.Kind, _ z: Double? = nil) -> [Shape] {
    let chain = [Position(127, 36, z), Position(128, 36.5, z), Position(128.5, 37, z)]
    return switch kind {
    case .point: [.point(chain[0]), .point(chain[1])]
    case .multiPoint: [.multiPoint(chain), .multiPoint([chain[2]])]
    case .lineString: [.lineString(chain), .lineString([chain[1], chain[0]])]
    case .multiLineString:
        [.multiLineString([chain, [chain[2], chain[0]]]), .multiLineString([chain])]
    case .polygon:
        [
            .polygon([ring(127, 36, z, side: 2), ring(127.8, 36.5, z, side: 0.3)]),
            .polygon([ring(128, 37, z)]),
        ]
    case .multiPolygon:
        [
            .multiPolygon([
                [ring(127, 36, z, side: 2), ring(127.8, 36.5, z, side: 0.3)], [ring(130, 37, z)],
            ]), .multiPolygon([[ring(128, 37, z)]]),
        ]
    case .collection:
        [
            .collection([.point(chain[0]), .lineString(chain)]),
            .collection([.collection([.polygon([ring(127, 36, z)])]), .multiPoint(chain)]),
        ]
    }
}

private func empty(_ kind: Shape.Kind) -> Shape {
    switch kind {
    case .point: .point(.empty)
    case .multiPoint: .multiPoint([])
    case .lineString: .lineString([])
    case .multiLineString: .multiLineString([])
    case .polygon: .polygon([])
    case .multiPolygon: .multiPolygon([])
    case .collection: .collection([])
    }
}

struct GeometryColumnTests {
    private func expectRoundTrip(
        _ shapes: [Shape?], kind: Shape.Kind?, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let column = GeometryColumn(shapes)
        #expect(column.count == shapes.count, sourceLocation: sourceLocation)
        #expect(column.kind == kind, sourceLocation: sourceLocation)
        #expect(texts(column.shapes) == texts(shapes), sourceLocation: sourceLocation)
        #expect(
            (0..<column.count).map { column.validity[$0] } == shapes.map { $0 != nil },
            sourceLocation: sourceLocation)
        let again = GeometryColumn(column.shapes)
        #expect(texts(again.shapes) == texts(shapes), sourceLocation: sourceLocation)
    }

    /// Collections have no layout of their own.
    private func layout(_ kind: Shape.Kind) -> Shape.Kind? { kind == .collection ? nil : kind }

    @Test(arguments: Shape.Kind.allCases)
    func `shapes of one kind keep its layout, nulls anywhere`(kind: Shape.Kind) {
        for z in [nil, 120.5] {
            let two = samples(kind, z)
            expectRoundTrip(two, kind: layout(kind))
            expectRoundTrip([nil, nil, two[0], two[1]], kind: layout(kind))
            expectRoundTrip([two[0], nil, nil, two[1], nil], kind: layout(kind))
        }
    }

    @Test(arguments: Shape.Kind.allCases)
    func `empty shapes are not null`(kind: Shape.Kind) {
        let two = samples(kind)
        expectRoundTrip([empty(kind)], kind: layout(kind))
        expectRoundTrip([empty(kind), two[0], empty(kind), nil, two[1]], kind: layout(kind))
        expectRoundTrip([two[0], empty(kind), nil], kind: layout(kind))
        let high = samples(kind, 5)
        expectRoundTrip([high[0], empty(kind), nil, high[1]], kind: layout(kind))
        let column = GeometryColumn([high[0], empty(kind), high[1]])
        #expect(column[1]?.isEmpty == true)
    }

    @Test func `shapes with empty parts keep them`() {
        expectRoundTrip(
            [.multiPolygon([[], [ring(0, 0)]]), .multiPolygon([[]])], kind: .multiPolygon)
        expectRoundTrip([.polygon([ring(0, 0), []]), .polygon([[]])], kind: .polygon)
        expectRoundTrip(
            [.multiLineString([[], [Position(0, 0), Position(1, 1)]])], kind: .multiLineString)
        expectRoundTrip([.multiPoint([.empty, Position(1, 2)])], kind: .multiPoint)
    }

    @Test func `mixed kinds become binary from the row that does not fit`() {
        for first in Shape.Kind.allCases {
            for second in Shape.Kind.allCases where second != first {
                let (a, b) = (samples(first), samples(second))
                expectRoundTrip([nil, a[0], nil, a[1], b[0], nil, a[0], b[1]], kind: nil)
                expectRoundTrip([empty(first), b[0]], kind: nil)
                guard case .binary = GeometryColumn([a[0], b[0]]).layout else {
                    Issue.record("\(first) and \(second)")
                    return
                }
            }
        }
    }

    @Test(arguments: Shape.Kind.allCases)
    func `heights in some rows only are kept`(kind: Shape.Kind) {
        let (flat, high) = (samples(kind), samples(kind, 7))
        expectRoundTrip([flat[0], high[0], nil, flat[1]], kind: nil)
        expectRoundTrip([high[0], nil, flat[0], high[1]], kind: nil)
        #expect(GeometryColumn([high[0], flat[0]])[1] == flat[0])
        #expect(GeometryColumn([flat[0], high[0]])[1] == high[0])
    }

    @Test func `heights of some positions only are kept`() {
        let line = Shape.lineString([Position(0, 0, 5), Position(1, 1), Position(2, 2, 6)])
        let flat = Shape.lineString([Position(0, 0), Position(1, 1)])
        for shapes in [[line], [line, flat], [flat, line], [nil, line, nil]] {
            #expect(GeometryColumn(shapes).shapes == shapes)
        }
    }

    @Test func `points appended as numbers are points`() {
        var builder = GeometryColumnBuilder()
        builder.append(nil)
        builder.appendPoint(127, 36)
        builder.append(nil)
        builder.appendPoint(128, 37)
        let column = builder.finish()
        #expect(column.kind == .point)
        #expect(column.shapes == [nil, .point(Position(127, 36)), nil, .point(Position(128, 37))])
        builder.append(samples(.polygon)[0])
        builder.appendPoint(129, 35)
        let mixed = builder.finish()
        #expect(mixed.kind == nil)
        #expect(mixed[4] == samples(.polygon)[0] && mixed[5] == .point(Position(129, 35)))
        #expect(mixed[1] == .point(Position(127, 36)) && mixed[2] == nil)
        var high = GeometryColumnBuilder()
        high.append(.point(Position(127, 36, 50)))
        high.appendPoint(128, 37)
        #expect(high.finish().shapes == [.point(Position(127, 36, 50)), .point(Position(128, 37))])
    }

    @Test func `a finished builder goes on`() {
        for kind in Shape.Kind.allCases {
            var builder = GeometryColumnBuilder()
            builder.append(samples(kind)[0])
            let one = builder.finish()
            builder.append(samples(kind)[1])
            #expect(one.shapes == [samples(kind)[0]])
            #expect(builder.finish().shapes == samples(kind))
            #expect(builder.count == 2)
        }
    }

    @Test func `a column of points takes NaN for null`() {
        let column = GeometryColumn(longitudes: [127, .nan, 128], latitudes: [36, 37, .nan])
        #expect(column.shapes == [.point(Position(127, 36)), nil, nil])
        #expect(column.kind == .point && column.validity.nullCount == 2)
    }

    @Test func `no geometry at all is a column of points`() {
        let column = GeometryColumn([nil, nil])
        #expect(column.kind == .point && column.shapes == [nil, nil])
        #expect(GeometryColumn([Shape?]()).count == 0)
    }

    @Test func `points are two arrays of numbers`() {
        let column = GeometryColumn([
            .point(Position(127, 36)), nil, .point(Position(128, 37)),
        ])
        guard case .points(let coordinates) = column.layout else {
            Issue.record("\(column.layout)")
            return
        }
        #expect(coordinates.count == 3 && coordinates.z == nil)
        #expect(coordinates.x[0] == 127 && coordinates.x[1].isNaN && coordinates.y[2] == 37)
    }

    @Test func `rings and polygons are offsets into coordinates`() {
        let column = GeometryColumn(samples(.multiPolygon))
        guard case .polygons(let coordinates, let rings, let polygons, let offsets) = column.layout
        else {
            Issue.record("\(column.layout)")
            return
        }
        #expect(coordinates.count == 16)
        #expect(rings == [0, 4, 8, 12, 16])
        #expect(polygons == [0, 2, 3, 4])
        #expect(offsets == [0, 2, 3])
    }

    @Test func `random rows of any kind read back`() {
        var random = SeededGenerator(seed: 24)
        for _ in 0..<300 {
            // Few kinds at a time, so that both layouts and mixtures come about.
            let kinds = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                Shape.Kind.allCases.randomElement(using: &random) ?? .point
            }
            let high = Int.random(in: 0...2, using: &random)
            let shapes: [Shape?] = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                let kind = kinds.randomElement(using: &random) ?? .point
                switch Int.random(in: 0...4, using: &random) {
                case 0: return nil
                case 1: return empty(kind)
                default:
                    let z: Double? = high == 0 || high == 1 && Bool.random(using: &random) ? nil : 9
                    return samples(kind, z).randomElement(using: &random)
                }
            }
            let column = GeometryColumn(shapes)
            #expect(texts(column.shapes) == texts(shapes))
        }
    }
}
