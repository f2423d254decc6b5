/// How much of the ellipsoid lies between the equator and a parallel, for each radian of longitude.
///
/// Green's theorem turns areas into sums along edges with it: −∮ S(φ) dλ around an area, its inside
/// to the left. S = b²(s + 2/3·e²s³ + 3/5·e⁴s⁵ + …) with s = sin φ, the series of
/// b²/2·(s/(1 − e²s²) + atanh(es)/e) (J. P. Snyder, Map projections, USGS 1395, 1987, eq. 3-12).
enum AuthalicStrip {
    /// The area for each radian of longitude.
    ///
    /// - Parameter sine: The sine of the latitude.
    /// - Returns: Square metres; the terms left out are below 4e-16 of b².
    @inline(__always)
    static func area<N: SeriesNumber>(sine: N) -> N {
        let e2 = WGS84.e2
        let x = sine * sine * N(all: e2)
        var series = N(all: 7.0 / 13)
        series = series * x + N(all: 6.0 / 11)
        series = series * x + N(all: 5.0 / 9)
        series = series * x + N(all: 4.0 / 7)
        series = series * x + N(all: 3.0 / 5)
        series = series * x + N(all: 2.0 / 3)
        series = series * x + N(all: 1)
        return sine * series * N(all: WGS84.b * WGS84.b)
    }

    /// −∫ (S − S₀) dλ along an edge that is straight in longitude and latitude.
    ///
    /// Simpson's rule: what it leaves out is below 1e-11 of the strip beside an edge of a tenth of
    /// a degree.
    ///
    /// - Parameters:
    ///   - from: Where the edge starts: longitude in degrees, the sine of the latitude and S there.
    ///   - to: Where it ends.
    ///   - base: S₀: any value that all edges around an area have in common.
    /// - Returns: Square metres.
    @inline(__always)
    static func beside(
        _ from: (x: Double, sine: Double, strip: Double),
        _ to: (x: Double, sine: Double, strip: Double), base: Double
    ) -> Double {
        // sin((φ₁+φ₂)/2) = (s₁+s₂)/(2·cos(Δφ/2)), and for short edges Δφ² ≈ (Δs)²/cos²φ.
        let mean = (from.sine + to.sine) / 2
        let difference = to.sine - from.sine
        let square = difference * difference / max(1e-6, 1 - mean * mean)
        let middle = area(sine: mean * (1 + square / 8))
        return ((from.strip + to.strip + 4 * middle) / 6 - base) * (from.x - to.x) * (.pi / 180)
    }
}
