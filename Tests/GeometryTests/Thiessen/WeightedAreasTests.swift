import TestSupport
import Testing

@testable import Geometry

private let area = Shape.polygon([
    [
        Position(126, 34.3), Position(129.6, 34.3), Position(129.6, 38.3), Position(127.5, 38.0),
        Position(126, 38.3), Position(126, 34.3),
    ]
])

struct WeightedAreasTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let positions: [Position]
        let weights: [Double]
        var testDescription: String { name }

        static let all: [Case] = {
            var random = SeededGenerator(seed: 61)
            let few = random.korea(6)
            let many = random.korea(10)
            return [
                Case(name: "one", positions: [Position(127, 36)], weights: [3]),
                Case(
                    name: "a small one within a great one's area",
                    positions: [Position(127, 36), Position(128, 36.5)], weights: [10, 1]),
                Case(
                    name: "on one meridian, equal",
                    positions: [35, 36, 37].map { Position(127.5, $0) }, weights: [1, 1, 1]),
                Case(
                    name: "few", positions: few,
                    weights: few.map { _ in .random(in: 0.5...4, using: &random) }),
                Case(
                    name: "many, by orders of magnitude", positions: many,
                    weights: many.map { _ in 1000 / .random(in: 1...500, using: &random) }),
                Case(
                    name: "nearly equal", positions: few,
                    weights: few.indices.map { 1 + 1e-6 * Double($0) }),
                Case(
                    name: "a grid, four at one corner each, and one without weight",
                    positions: (0..<20).map {
                        Position(126.5 + 0.5 * Double($0 % 5), 34.8 + 0.6 * Double($0 / 5))
                    }, weights: (0..<20).map { $0 == 7 ? 0 : 2 }),
                Case(
                    name: "close together",
                    positions: (0..<8).map { _ in random.position(127...127.001, 36...36.001) },
                    weights: (0..<8).map { 1 + 0.1 * Double($0) }),
                Case(
                    name: "some outside the area",
                    positions: few.prefix(4) + [Position(131, 36), Position(127, 30)],
                    weights: [1, 2, 3, 4, 9, 5]),
            ]
        }()

        /// The weighted distances from a place, the least first, by a full scan.
        func scan(_ place: Position) -> [(weighted: Double, site: Int)] {
            positions.indices.filter { weights[$0] > 0 }.map {
                (Geodesic.wgs84.distance(from: place, to: positions[$0]) / weights[$0], $0)
            }.sorted { ($0.0, -weights[$0.1], $0.1) < ($1.0, -weights[$1.1], $1.1) }
        }

        func sites() throws -> WeightedSites { try WeightedSites(positions, weights: weights) }
    }

    /// The parts of each case, drawn once.
    private static let parts = Result {
        try Case.all.map { try Shape.thiessenAreas(of: $0.sites(), dividing: area) }
    }

    private func parts(_ example: Case) throws -> [Shape] {
        let at = try #require(Case.all.firstIndex { $0.name == example.name })
        return try Self.parts.get()[at]
    }

    /// By how many metres a place would have to move at least for another site to be as near.
    private func margin(_ case: Case, _ ranked: [(weighted: Double, site: Int)]) -> Double {
        let slowest = 1 / `case`.weights[ranked[0].site]
        return ranked.dropFirst().map {
            ($0.weighted - ranked[0].weighted) / (slowest + 1 / `case`.weights[$0.site])
        }.min() ?? .infinity
    }

    @Test(arguments: Case.all)
    func `the owner of a place is the one a full scan finds`(example: Case) throws {
        let sites = try example.sites()
        var random = SeededGenerator(seed: 62)
        for i in 0..<150 {
            let place =
                i % 10 == 0
                ? example.positions[i / 10 % example.positions.count]
                : random.position(125...131, 33...39)
            let found = try #require(sites.owner(of: place))
            let ranked = example.scan(place)
            #expect(found.index == ranked[0].site && found.weighted == ranked[0].weighted)
            #expect(
                found.distance
                    == Geodesic.wgs84.distance(from: place, to: example.positions[found.index]))
        }
    }

    @Test(arguments: Case.all)
    func `a place lies in the part of its owner`(example: Case) throws {
        let parts = try parts(example)
        let prepared = try parts.map { try PreparedArea($0) }
        var random = SeededGenerator(seed: 63)
        var checked = 0
        for i in 0..<300 {
            let near = example.positions[i % example.positions.count]
            let place =
                i % 2 == 0
                ? random.position(126.1...129.5, 34.4...37.9)
                : Position(
                    near.x + .random(in: -0.002...0.002, using: &random),
                    near.y + .random(in: -0.002...0.002, using: &random))
            guard try area.covers(.point(place)) else { continue }
            let ranked = example.scan(place)
            // Within a metre of equal weighted distance the drawing decides.
            if margin(example, ranked) < 1 { continue }
            checked += 1
            for (site, part) in prepared.enumerated() {
                #expect(
                    try part.covers(place) == (site == ranked[0].site), "\(place) and site \(site)")
            }
        }
        #expect(checked > 120)
    }

    @Test(arguments: Case.all)
    func `the parts tile the area`(example: Case) throws {
        let parts = try parts(example)
        let planar = try parts.map { try $0.planarArea() }.reduce(0, +)
        #expect(abs(planar / (try area.planarArea()) - 1) < 1e-12)
        for part in parts { #expect(try part.validity().isValid) }
        #expect(try Shape.unionAll(parts).symmetricDifference(area).planarArea() < 1e-12)
    }

    @Test(arguments: Case.all)
    func `edges lie within a metre of equal weighted distance`(example: Case) throws {
        let sites = try example.sites()
        let diagram = try WeightedDiagram(sites: sites.apart(), dividing: area)
        let window = try #require(area.envelope)
        // A few hundred pieces tell.
        let stride = max(1, diagram.edges.count / 100)
        for (i, edge) in diagram.edges.enumerated() where i % stride == 0 {
            for t in [0, 0.4] {
                let place = Position(
                    edge[0].x + (edge[1].x - edge[0].x) * t,
                    edge[0].y + (edge[1].y - edge[0].y) * t)
                guard window.covers(place) else { continue }
                let ranked = example.scan(place)
                // The difference of weighted distances changes at most so much a metre.
                let slopes =
                    1 / example.weights[ranked[0].site] + 1 / example.weights[ranked[1].site]
                #expect((ranked[1].weighted - ranked[0].weighted) / slopes < 0.5)
            }
        }
    }

    @Test func `edges between parts have the same vertices in both`() throws {
        let parts = try parts(Case.all[4])
        var counts: [[Position]: Int] = [:]
        for ring in parts.flatMap(\.polygons).flatMap({ $0 }) {
            for (a, b) in zip(ring, ring.dropFirst()) {
                counts[(a.x, a.y) < (b.x, b.y) ? [a, b] : [b, a], default: 0] += 1
            }
        }
        let outline = try area.boundary()
        #expect(counts.values.contains(2) && counts.values.allSatisfy { $0 <= 2 })
        for (edge, count) in counts where count == 1 {
            let middle = Position(
                (edge[0].x + edge[1].x) / 2, (edge[0].y + edge[1].y) / 2)
            #expect(
                try Shape.point(middle).planarDistance(to: outline) ?? 1 < 1e-9)
        }
    }

    @Test func `the line around a lesser site is the circle of Apollonius`() throws {
        // Weights 1 and 3, d apart on a plane: the circle around the lesser site at d/8 beyond it,
        // of radius 3d/8. At 4 km the earth is a plane to within a metre.
        let (lesser, greater) = (Position(127.5, 36), Position(127.5, 36 + 4000 / 110_959.0))
        let parts = try Shape.thiessenAreas(
            of: WeightedSites([lesser, greater], weights: [1, 3]), dividing: area)
        let distance = Geodesic.wgs84.distance(from: lesser, to: greater)
        let centre = Geodesic.wgs84.direct(
            from: lesser, azimuth: 180, distance: distance / 8
        ).position
        let ring = try #require(parts[0].polygons.first?.first)
        #expect(parts[0].polygons.count == 1 && ring.count > 30)
        for place in ring {
            let radius = Geodesic.wgs84.distance(from: centre, to: place)
            #expect(abs(radius - 3 * distance / 8) < 0.5)
        }
        let size = Double.pi * (3 * distance / 8) * (3 * distance / 8)
        #expect(abs(parts[0].geodesicArea / size - 1) < 2e-3)
        #expect(parts[1].polygons.first?.count == 2)
    }

    @Test func `equal weights give the ordinary areas`() throws {
        var random = SeededGenerator(seed: 64)
        let positions = random.korea(10)
        let weighted = try Shape.thiessenAreas(
            of: WeightedSites(positions, weights: positions.map { _ in 7 }), dividing: area)
        let ordinary = try Shape.thiessenAreas(of: positions, dividing: area)
        for (one, other) in zip(weighted, ordinary) {
            let strip = try one.symmetricDifference(other).planarArea()
            // A metre along the outline, in square degrees.
            #expect(strip < (try other.planarLength()) * 1e-5)
        }
    }

    @Test func `of sites at one position the greatest weight counts`() throws {
        let place = Position(127, 36)
        let parts = try Shape.thiessenAreas(
            of: WeightedSites(
                [place, Position(128, 36), place, place], weights: [1, 1, 2, 2]), dividing: area)
        #expect(parts.map(\.isEmpty) == [true, false, false, true])
    }

    @Test func `weights that are none are refused, and without any nobody owns anything`() throws {
        for weight in [-1, .nan, .infinity] {
            #expect(throws: GeometryError.self) {
                try WeightedSites([Position(127, 36)], weights: [weight])
            }
        }
        let none = try WeightedSites([Position(127, 36)], weights: [0])
        #expect(none.owner(of: Position(127, 36)) == nil)
        #expect(try Shape.thiessenAreas(of: none, dividing: area) == [.multiPolygon([])])
    }
}
