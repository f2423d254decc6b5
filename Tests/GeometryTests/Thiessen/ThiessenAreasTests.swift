import TestSupport
import Testing

@testable import Geometry

private let korea = Shape.polygon([
    [
        Position(126, 34.3), Position(129.6, 34.3), Position(129.6, 38.3), Position(127.5, 38.0),
        Position(126, 38.3), Position(126, 34.3),
    ]
])

struct ThiessenAreasTests {
    struct Sites: CustomTestStringConvertible, Sendable {
        let name: String
        let positions: [Position]
        var testDescription: String { name }

        static let all: [Sites] = {
            var random = SeededGenerator(seed: 41)
            let scattered = random.korea(60)
            return [
                Sites(name: "one", positions: [Position(127, 36)]),
                Sites(name: "two", positions: [Position(127, 36), Position(128, 36.5)]),
                Sites(
                    name: "three on a meridian",
                    positions: [35, 36, 37].map { Position(127.5, $0) }),
                Sites(
                    name: "on a line",
                    positions: (0..<9).map {
                        Position(126.5 + 0.3 * Double($0), 35 + 0.3 * Double($0))
                    }),
                Sites(
                    name: "a grid, four at one corner each",
                    positions: (0..<25).map {
                        Position(126.5 + 0.5 * Double($0 % 5), 34.8 + 0.6 * Double($0 / 5))
                    }),
                Sites(name: "scattered", positions: scattered),
                Sites(name: "scattered densely", positions: random.korea(600)),
                Sites(
                    name: "some outside the area",
                    positions: scattered.prefix(20) + [
                        Position(131, 36), Position(124, 40), Position(127, 30),
                    ]),
                Sites(
                    name: "close together",
                    positions: (0..<20).map { _ in random.position(127...127.001, 36...36.001) }),
            ]
        }()
    }

    @Test(arguments: Sites.all)
    func `a place lies in the part of its nearest site`(sites: Sites) throws {
        let parts = try Shape.thiessenAreas(of: sites.positions, dividing: korea)
        let prepared = try parts.map { try PreparedArea($0) }
        var random = SeededGenerator(seed: 42)
        var checked = 0
        let centre = sites.positions[0]
        for i in 0..<600 {
            // Half of the places near the sites, where parts are small.
            let place =
                i % 2 == 0
                ? random.position(126.1...129.5, 34.4...37.9)
                : Position(
                    centre.x + .random(in: -0.002...0.002, using: &random),
                    centre.y + .random(in: -0.002...0.002, using: &random))
            guard try korea.covers(.point(place)) else { continue }
            let ranked = sites.positions.indices.map {
                (Geodesic.wgs84.distance(from: place, to: sites.positions[$0]), $0)
            }.sorted { $0 < $1 }
            // Within a metre of equal distance the drawing decides.
            if ranked.count > 1, ranked[1].0 - ranked[0].0 < 2 { continue }
            checked += 1
            for (site, part) in prepared.enumerated() {
                #expect(
                    try part.covers(place) == (site == ranked[0].1), "\(place) and site \(site)")
            }
        }
        #expect(checked > 300)
    }

    @Test(arguments: Sites.all)
    func `the parts tile the area`(sites: Sites) throws {
        let parts = try Shape.thiessenAreas(of: sites.positions, dividing: korea)
        let total = parts.reduce(0) { $0 + $1.geodesicArea }
        let whole = korea.geodesicArea
        // Long straight edges of the test's area get vertices, between which a geodesic bows.
        #expect(abs(total / whole - 1) < 2e-3)
        let planar = try parts.map { try $0.planarArea() }.reduce(0, +)
        #expect(abs(planar / (try korea.planarArea()) - 1) < 1e-12)
        for part in parts { #expect(try part.validity().isValid) }
        #expect(try Shape.unionAll(parts).symmetricDifference(korea).planarArea() < 1e-12)
    }

    @Test(arguments: Sites.all)
    func `areas taken whole are those that cutting along all edges gives`(sites: Sites) throws {
        let box = try #require(korea.envelope)
        let index = try PointIndex(sites.positions)
        let diagram = try ThiessenDiagram(sites: sites.positions, region: box)
        let cut = try korea.divided(
            by: diagram.edges.map(\.positions), among: sites.positions.count
        ) { (place) throws(GeometryError) in try index.nearest(to: place).first?.index }
        let parts = try Shape.thiessenAreas(of: sites.positions, dividing: korea)
        for (part, judge) in zip(parts, cut) {
            #expect(try part.symmetricDifference(judge).planarArea() < 1e-14)
        }
        if sites.name == "scattered densely" {
            #expect(diagram.rings.count { $0 != nil } > 400)
        }
    }

    @Test func `edges between parts have the same vertices in both`() throws {
        let parts = try Shape.thiessenAreas(of: Sites.all[5].positions, dividing: korea)
        struct Edge: Hashable {
            let a: Position
            let b: Position
        }
        var counts: [Edge: Int] = [:]
        for ring in parts.flatMap(\.polygons).flatMap({ $0 }) {
            for (a, b) in zip(ring, ring.dropFirst()) {
                let isForward = (a.x, a.y) < (b.x, b.y)
                counts[isForward ? Edge(a: a, b: b) : Edge(a: b, b: a), default: 0] += 1
            }
        }
        for (edge, count) in counts {
            let middle = Position((edge.a.x + edge.b.x) / 2, (edge.a.y + edge.b.y) / 2)
            let onOutline = try Shape.point(middle).planarDistance(to: korea.boundary()) ?? 1 < 1e-9
            #expect(count == (onOutline ? 1 : 2), "\(edge)")
        }
    }

    @Test func `edges lie within a metre of equal distance`() throws {
        let sites = Sites.all[5].positions
        let diagram = try ThiessenDiagram(
            sites: sites, region: Envelope(minX: 126, minY: 34.3, maxX: 129.6, maxY: 38.3))
        let index = try PointIndex(sites)
        let window = Envelope(minX: 126, minY: 34.3, maxX: 129.6, maxY: 38.3)
        for edge in diagram.edges.map(\.positions) {
            for (a, b) in zip(edge, edge.dropFirst()) {
                for t in [0, 0.3, 0.5, 0.8] {
                    let place = Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
                    guard window.covers(place) else { continue }
                    let two = try index.nearest(to: place, k: 2)
                    // The difference of distances changes by up to two metres a metre.
                    #expect(two[1].distance - two[0].distance < 1)
                }
            }
        }
    }

    @Test func `sites at one position share a part, which goes to the first`() throws {
        let parts = try Shape.thiessenAreas(
            of: [Position(127, 36), Position(128, 36), Position(127, 36)], dividing: korea)
        #expect(!parts[0].isEmpty && !parts[1].isEmpty && parts[2].isEmpty)
    }

    @Test func `what is too wide is refused in words`() {
        #expect(throws: GeometryError.self) {
            try Shape.thiessenAreas(
                of: [Position(0, 0), Position(90, 0)], dividing: korea)
        }
    }
}
