import Geometry
import TestSupport

/// Positions that are off by so many metres each, and where things may truly lie.
struct PositionsInError {
    let positions: [Position]
    let errors: [Double]

    /// Positions in a square of some 40 km, off by some hundred metres, each by its own.
    init(_ count: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        positions = (0..<count).map { _ in random.position(127...127.4, 36...36.4) }
        errors = (0..<count).map { Double($0 * 7919 % 11) * 60 }
    }

    /// A truth within the errors.
    func moved(_ random: inout SeededGenerator) -> [Position] {
        zip(positions, errors).map { place, off in
            Geodesic.wgs84.direct(
                from: place, azimuth: Double.random(in: 0...360, using: &random),
                distance: off * Double.random(in: 0...1, using: &random).squareRoot()
            ).position
        }
    }
}

/// All corners of a box: for each number its least or its greatest.
func corners(_ ranges: [(low: Double, high: Double)]) -> [[Double]] {
    (0..<(1 << ranges.count)).map { corner in
        ranges.indices.map { corner >> $0 & 1 == 0 ? ranges[$0].low : ranges[$0].high }
    }
}
