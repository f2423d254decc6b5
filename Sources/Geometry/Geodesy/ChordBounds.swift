#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What a chord through the earth says of the geodesic above it, proven and with room for rounding.
///
/// Let ρ and R be the least and greatest radius of curvature of the ellipsoid. A geodesic curves
/// nowhere more than a circle of radius ρ, so by Schur's comparison theorem its length is at most
/// 2ρ·asin(c/2ρ). The ellipsoid is the intersection of balls of radius R (Blaschke's rolling
/// theorem), so it holds every arc of radius R over the chord; a path outside that spindle is at
/// least as long as such an arc: 2R·asin(c/2R).
enum ChordBounds {
    /// Room for rounding and for Karney's own error, in metres.
    static let slack = 1e-7

    /// The greatest length of a geodesic over a chord; infinite where nothing is known.
    static func longest(over chord: Double) -> Double {
        let ratio = chord / (2 * WGS84.leastRadius)
        return ratio >= 1 ? .infinity : 2 * WGS84.leastRadius * asin(ratio) + slack
    }

    /// The greatest chord under a geodesic of at most a length: something with a longer chord is
    /// certainly farther.
    static func longestChord(under length: Double) -> Double {
        let angle = length / (2 * WGS84.greatestRadius)
        return angle >= .pi / 2
            ? .infinity : 2 * WGS84.greatestRadius * sin(angle) + slack
    }

    /// The greatest chord known to lie under a geodesic of at most a length; less than 0 for none.
    ///
    /// Something with a chord so long or shorter is certainly within the length.
    static func certainChord(within length: Double) -> Double {
        let angle = min((length - slack) / (2 * WGS84.leastRadius), .pi / 2)
        return 2 * WGS84.leastRadius * sin(angle) - slack
    }

    /// The square of the greatest chord that something as near as, or nearer than, what lies at the
    /// end of a chord may have: candidates beyond it cannot compete.
    static func squaredRivalChord(_ squared: Double) -> Double {
        // (2R·sin(ρ/R·asin(c/2ρ)))² = c²(1 + c²(1/ρ² − 1/R²)/12 + …); below 50 km the next term is
        // smaller still, and the factor is 5 % greater than (1/ρ² − 1/R²)/12 = 4.142e-17.
        if squared < 2.5e9 {
            let chord = squared * (1 + squared * 4.35e-17)
            return chord + 4 * slack * squared.squareRoot() + 4 * slack * slack
        }
        let longest = longest(over: squared.squareRoot())
        guard longest.isFinite else { return .infinity }
        let chord = longestChord(under: longest) + slack
        return chord * chord
    }
}
