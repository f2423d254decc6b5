import TestSupport
import Testing

@testable import Geometry

struct DiscCoverTests {
    @Test(
        arguments: [
            (Position(127, 37), 5000.0), (Position(0, 0), 100), (Position(-70, -60), 50_000),
            (Position(30, 5), 300_000), (Position(10, 80), 20_000),
        ] as [(Position, Double)])
    func `the series of a disc's edge are at its radius, and sum to its area`(
        centre: Position, radius: Double
    ) throws {
        let sampling = DiscEdge.Sampling(radius: radius, latitude: centre.y.magnitude)
        let edge = DiscEdge(centre: centre, radius: radius, sampling: sampling)
        var ring: [Position] = []
        for step in 0..<4000 {
            let bearing = 2 * Double.pi * Double(step) / 4000
            let place = edge.position(bearing)
            let line = Geodesic.wgs84.inverse(from: centre, to: place)
            #expect(abs(line.distance - radius) < 1e-7)
            var off = -line.azimuth * .pi / 180 - bearing
            off -= (off / (2 * .pi)).rounded() * 2 * .pi
            #expect(abs(off) * radius < 1e-6)
            ring.append(place)
        }
        // A polygon of n corners is smaller than its circle by a part of 2π²/3n².
        let polygon = Geodesic.wgs84.areaAndPerimeter(ofRing: ring).area
        let area = edge.swept(to: 2 * .pi)
        #expect(
            abs(area / polygon - 1 - 2 * .pi * .pi / 3 / 16e6)
                < max(1e-9, 0.02 / polygon.squareRoot() / radius))
        // A sector by the series, and by many small edges.
        let (start, end) = (0.7, 4.1)
        var sum = 0.0
        var previous = edge.position(start)
        func corner(_ place: Position) -> (x: Double, sine: Double, strip: Double) {
            let sine = Double.sineAndCosine(degrees: place.y).sine
            return (place.x, sine, AuthalicStrip.area(sine: sine))
        }
        for step in 1...4000 {
            let next = edge.position(start + (end - start) * Double(step) / 4000)
            sum += AuthalicStrip.beside(corner(previous), corner(next), base: edge.base * 0.9)
            previous = next
        }
        let exact = edge.beside(start, end, base: edge.base * 0.9)
        #expect(abs(sum - exact) < 1e-6 * area)
    }

    @Test func `the area beside edges is that of geodesic polygons`() throws {
        let box = Shape.polygon([
            [
                Position(127, 36), Position(127.01, 36), Position(127.012, 36.013),
                Position(127, 36),
            ],
            [
                Position(127.004, 36.001), Position(127.006, 36.001), Position(127.006, 36.002),
                Position(127.004, 36.001),
            ],
        ])
        #expect(abs(box.straightEdgedArea / box.geodesicArea - 1) < 1e-4)
        // A cap of one degree around, whose edges are a parallel: known in closed form.
        let parallel = Shape.polygon([
            [
                Position(10, 50), Position(40, 50), Position(40, 51), Position(10, 51),
                Position(10, 50),
            ]
        ])
        func strip(_ latitude: Double) -> Double {
            AuthalicStrip.area(sine: Double.sineAndCosine(degrees: latitude).sine)
        }
        let expected = (strip(51) - strip(50)) * 30 * .pi / 180
        #expect(abs(parallel.straightEdgedArea / expected - 1) < 1e-12)
        // b²/2·(1/(1−e²) + atanh(e)/e)·2π is half the earth: 510,065,621.724 km² in all (Karney).
        #expect(abs(strip(90) * 4 * .pi / 510_065_621_724_089 - 1) < 1e-12)
    }

    @Test(arguments: DiscCrowd.all)
    func `the arcs outside other discs are those that a scan of the edges finds`(
        crowd: DiscCrowd
    ) throws {
        guard let discs = try DiscArrangement(around: crowd.centres, radius: crowd.radius) else {
            return
        }
        let centres = discs.centres
        for disc in centres.indices {
            let edge = DiscEdge(
                centre: centres[disc].position, radius: crowd.radius, sampling: discs.sampling)
            let arcs = discs.rim(of: disc)?.arcs ?? []
            for step in 0..<180 {
                let bearing = 2 * Double.pi * (Double(step) + 0.5) / 180
                let place = CentredPosition(edge.position(bearing))
                let clearance =
                    centres.indices.filter { $0 != disc }
                    .map { centres[$0].distance(to: place) - crowd.radius }.min() ?? .infinity
                let isArc = arcs.contains { arc in
                    [bearing, bearing + 2 * .pi].contains { $0 >= arc.start && $0 <= arc.end }
                }
                if clearance.magnitude > 1e-6 { #expect(isArc == (clearance > 0)) }
            }
        }
    }

    @Test func `edges that touch a disc, and corners on its edge, cover what they should`() throws {
        let centre = Position(127, 36)
        let cover = try #require(try DiscCover(around: [centre], radius: .metres(5000)))
        var measurer = DiscCover.Measurer(cover)
        let earth = Geodesic.wgs84
        let north = earth.direct(from: centre, azimuth: 0, distance: 5000).position
        let west = earth.direct(from: centre, azimuth: -90, distance: 5000).position
        let reference = cover.mergedArea
        for off in [-1e-6, -1e-8, -1e-9, 0, 1e-9, 1e-8, 1e-6] {
            let y = north.y + off / 111_000
            // A box above the disc, and one below the same line.
            let above = [
                Position(126.9, y), Position(127.1, y), Position(127.1, y + 0.1),
                Position(126.9, y + 0.1), Position(126.9, y),
            ]
            let below = [
                Position(126.9, y - 0.2), Position(127.1, y - 0.2), Position(127.1, y),
                Position(126.9, y), Position(126.9, y - 0.2),
            ]
            #expect(try measurer.measure([[above]]).covered < 1)
            #expect(abs(try measurer.measure([[below]]).covered - reference) < 1)
            // A corner on the edge, from outside and from inside.
            let tip = Position(west.x + off / 90_000, west.y)
            let outside = [
                tip, Position(tip.x - 0.02, tip.y + 0.01), Position(tip.x - 0.02, tip.y - 0.01),
                tip,
            ]
            let inside = [
                tip, Position(tip.x + 0.02, tip.y - 0.01), Position(tip.x + 0.02, tip.y + 0.01),
                tip,
            ]
            #expect(try measurer.measure([[outside]]).covered < 1)
            let (area, covered) = try measurer.measure([[inside]])
            #expect(abs(area - covered) < 1)
        }
        // Nothing of a disc that lies in a hole, whichever way rings run and whether they close.
        let hole = [(-1, -1), (-1, 1), (1, 1), (1, -1)].map {
            Position(127 + 0.1 * Double($0.0), 36 + 0.1 * Double($0.1))
        }
        let outer = hole.map { Position(127 + ($0.x - 127) * 2, 36 + ($0.y - 36) * 2) }
        for rings in [[outer, hole], [outer.reversed(), hole], [outer + [outer[0]], hole]] {
            let (area, covered) = try measurer.measure([rings])
            #expect(area > 4 * reference && covered < 1)
        }
        #expect(abs(try measurer.measure([[outer]]).covered - reference) < 1)
        #expect(throws: GeometryError.self) {
            try measurer.measure([[[Position(190, 0), Position(191, 0), Position(190, 1)]]])
        }
    }

    @Test(arguments: DiscCrowd.all)
    func `what discs cover of polygons is what an overlay of drawn discs has of them`(
        crowd: DiscCrowd
    ) throws {
        guard let cover = try DiscCover(around: crowd.centres, radius: .metres(crowd.radius))
        else { return }
        let drawn = try Shape.unionAll(
            crowd.centres.map { try Shape.disc(around: $0, radius: .metres(crowd.radius)) })
        #expect(abs(cover.mergedArea / drawn.geodesicArea - 1) < 1e-6)
        var measurer = DiscCover.Measurer(cover)
        var random = SeededGenerator(seed: 77)
        let reach = crowd.radius / 100_000
        var partly = 0
        for round in 0..<60 {
            // Stars with a hole, from much smaller than a disc to much larger.
            let size = reach * [0.1, 0.7, 2, 8][round % 4]
            let seed = crowd.centres[round % crowd.centres.count]
            let middle = Position(
                seed.x + Double.random(in: -1.5...1.5, using: &random) * reach,
                seed.y + Double.random(in: -1.5...1.5, using: &random) * reach)
            func star(_ size: Double) -> [Position] {
                let corners = (0..<30).map { corner -> Position in
                    let angle = Double(corner) * 12
                    let far = size * Double.random(in: 0.6...1, using: &random)
                    return Position(
                        middle.x + far * Double.sineAndCosine(degrees: angle).cosine,
                        middle.y + far * Double.sineAndCosine(degrees: angle).sine)
                }
                return corners + [corners[0]]
            }
            let shape = Shape.polygon([star(size), star(size * 0.4)])
            let (area, covered) = try measurer.measure(shape.polygons)
            #expect(abs(area / shape.straightEdgedArea - 1) < 1e-12)
            let common = try Shape.area(of: shape.intersection(drawn).polygons).straightEdgedArea
            let outline = shape.polygons.joined().reduce(0) { $0 + Geodesic.wgs84.length(of: $1) }
            let slack =
                min(outline, 60 * crowd.radius) * Shape.bufferTolerance(radius: crowd.radius)
            #expect(abs(covered - common) <= slack, "\(round): \(covered) \(common) of \(area)")
            if covered > 0, covered < area { partly += 1 }
        }
        #expect(partly > 5)
    }
}

extension DiscCover {
    /// The area of all discs, merged, in square metres: a sum along the arcs outside other discs.
    fileprivate var mergedArea: Double {
        arrangement.rims.reduce(0) { sum, rim in
            rim.arcs.reduce(sum) { $0 + rim.edge.beside($1.start, $1.end, base: 0) }
        }
    }
}
