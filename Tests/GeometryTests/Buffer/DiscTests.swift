import TestSupport
import Testing

@testable import Geometry

/// The greatest difference between the radius and the distance of a place on the edge, in metres;
/// stretches along the antimeridian and at a pole are where the disc was cut, not its edge.
private func worstRadiusError(_ shape: Shape, _ centre: Position, _ radius: Double) -> Double {
    var worst = 0.0
    for ring in shape.polygons.flatMap({ $0 }) {
        for (a, b) in zip(ring, ring.dropFirst()) {
            if a.x.magnitude == 180, b.x.magnitude == 180 { continue }
            for step in 0...6 {
                let t = Double(step) / 6
                let place = Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
                let distance = Geodesic.wgs84.distance(from: centre, to: place)
                worst = max(worst, abs(distance - radius))
            }
        }
    }
    return worst
}

struct DiscTests {
    @Test(arguments: [10.0, 100, 1000, 5000, 20_000, 100_000, 200_000])
    func `the edge lies within tolerance of the radius all around Korea`(radius: Double) throws {
        var random = SeededGenerator(seed: 21)
        var centres = (0..<12).map { _ in random.position(122...134, 31...44) }
        centres += [Position(126.978, 37.5665), Position(126.5, 33.25), Position(131.87, 37.24)]
        for centre in centres {
            // As written with seven decimals.
            let disc = try Shape.disc(around: centre, radius: .metres(radius)).rounded(decimals: 7)
            let worst = worstRadiusError(disc, centre, radius)
            #expect(worst <= max(0.01, radius * 1e-5), "\(centre): \(worst) m")
        }
    }

    @Test(arguments: [
        Position(180, 0), Position(-179.99, 37), Position(179.5, -60), Position(0, 89.99),
        Position(120, 88.2), Position(-77, -89.5), Position(10, 90), Position(5, -90),
        Position(179.9, 88.21), Position(0, 80),
    ])
    func `the antimeridian and the poles are places like any other`(centre: Position) throws {
        for radius in [1000.0, 50_000, 200_000] {
            let disc = try Shape.disc(around: centre, radius: .metres(radius))
            #expect(worstRadiusError(disc, centre, radius) <= max(0.01, radius * 1e-5) * 1.0001)
            disc.forEachPosition { #expect($0.isOnGlobe) }
            // What the ring encloses is the disc: its area is that of a cap to a curvature term.
            let flat = Double.pi * radius * radius
            let area = disc.polygons.reduce(0) { $0 + planarlyDensifiedArea($1[0]) }
            #expect(abs(area / flat - 1) < 4e-4, "\(centre), \(radius) m: \(area / flat)")
        }
    }

    /// Area with edges straight in longitude and latitude, as drawn, not along geodesics; stretches
    /// along the antimeridian and at a pole are geodesics or points anyway.
    private func planarlyDensifiedArea(_ ring: [Position]) -> Double {
        var dense: [Position] = []
        for (a, b) in zip(ring, ring.dropFirst()) {
            let pieces = a.y == b.y && a.y.magnitude == 90 ? 4 : 8
            for i in 0..<pieces {
                let t = Double(i) / Double(pieces)
                dense.append(Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t))
            }
        }
        return Geodesic.wgs84.areaAndPerimeter(ofRing: dense).area
    }

    @Test func `a disc has the area of a true disc`() throws {
        // A geodesic disc of radius r has the area πr²(1 − Kr²/12) for Gaussian curvature K.
        let centre = Position(127, 36)
        let sine2 = 0.345491502812526  // sin² 36°
        let curvature =
            (1 - WGS84.e2 * sine2) * (1 - WGS84.e2 * sine2) / (WGS84.b * WGS84.b)
        for radius in [1000.0, 20_000, 100_000] {
            let area = try Shape.disc(around: centre, radius: .metres(radius)).geodesicArea
            let expected = Double.pi * radius * radius * (1 - curvature * radius * radius / 12)
            #expect(abs(area / expected - 1) < 1e-7)
        }
    }

    @Test func `a disc that cannot be drawn is refused in words`() {
        for radius in [0.0, -1, 6e6, .nan, .infinity] {
            #expect(throws: GeometryError.self) {
                try Shape.disc(around: Position(127, 37), radius: .metres(radius))
            }
        }
        #expect(throws: GeometryError.self) {
            try Shape.disc(around: Position(37, 127), radius: .kilometres(1))
        }
    }

    @Test func `rings run counter-clockwise`() throws {
        for centre in [
            Position(127, 37), Position(180, 10), Position(30, -89.9), Position(30, 89.9),
        ] {
            let disc = try Shape.disc(around: centre, radius: .kilometres(20))
            for rings in disc.polygons {
                let ring = rings[0]
                let doubled = zip(ring, ring.dropFirst()).reduce(0.0) {
                    $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y
                }
                #expect(doubled > 0)
                #expect(ring.first == ring.last)
            }
        }
    }
}
