import TestSupport
import Testing

@testable import Geometry

struct EarthCentredTests {
    /// The distance without trigonometry, as measured in the design, with Karney's own error added.
    @Test(arguments: [
        (10, 2e-8), (1000, 2e-8), (10_000, 2.5e-8), (29_900, 2.5e-8), (50_000, 2.5e-8),
        (100_000, 2.5e-8), (300_000, 2.5e-8), (600_000, 2.5e-8), (999_000, 2.5e-8),
    ])
    func `the distance without trigonometry is Karney's`(length: Double, bound: Double) {
        var random = SeededGenerator(seed: 3)
        var worst = 0.0
        for _ in 0..<20_000 {
            let start = random.position()
            let end = Geodesic.wgs84.direct(
                from: start, azimuth: .random(in: -180...180, using: &random), distance: length
            ).position
            let fast = EarthCentred(start).geodesicDistance(to: EarthCentred(end))
            worst = max(worst, abs(fast - Geodesic.wgs84.distance(from: start, to: end)))
        }
        #expect(worst < bound)
    }

    @Test func `a chord bounds the geodesic over it`() {
        var random = SeededGenerator(seed: 4)
        for i in 0..<50_000 {
            let start = random.position()
            let end =
                i % 2 == 0
                ? random.position()
                : Geodesic.wgs84.direct(
                    from: start, azimuth: .random(in: -180...180, using: &random),
                    distance: .random(in: 0...200_000, using: &random)
                ).position
            let length = Geodesic.wgs84.distance(from: start, to: end)
            let chord = EarthCentred(start).squaredChord(to: EarthCentred(end)).squareRoot()
            #expect(length <= ChordBounds.longest(over: chord))
            #expect(chord <= ChordBounds.longestChord(under: length))
        }
    }

    /// Of two positions the one at the longer geodesic may have the shorter chord; its chord must
    /// still count as a rival's.
    @Test func `what is nearer along the ground is always a rival by chord`() {
        var random = SeededGenerator(seed: 5)
        for i in 0..<50_000 {
            let place = random.position()
            let length = pow10(Double.random(in: 0...7.1, using: &random))
            func away() -> Position {
                Geodesic.wgs84.direct(
                    from: place, azimuth: .random(in: -180...180, using: &random), distance: length
                ).position
            }
            let (a, b) = (away(), away())
            let origin = EarthCentred(place)
            let chordA = origin.squaredChord(to: EarthCentred(a))
            let chordB = origin.squaredChord(to: EarthCentred(b))
            #expect(chordA <= ChordBounds.squaredRivalChord(chordB), "\(i): \(length) m")
        }
    }

    private func pow10(_ exponent: Double) -> Double {
        var result = 1.0
        for _ in 0..<Int(exponent) { result *= 10 }
        return result * (1 + 9 * (exponent - exponent.rounded(.down)))
    }

    @Test func `a position comes back from the centre of the earth`() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<10_000 {
            let place = random.position()
            let back = EarthCentred(place).position
            #expect(Geodesic.wgs84.distance(from: place, to: back) < 1e-7)
        }
    }
}
