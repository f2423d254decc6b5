/// The length of a geodesic from its chord and the surface normals at its ends, without
/// trigonometry.
///
/// With d the chord, c its length, and n₁, n₂ the unit normals, m² = −(n₁·d)(n₂·d)/c² is the square
/// of the sine of half the angle that a circle through both ends, tangent on average to the surface,
/// would span, and s₀ = c·asin(m)/m its length. What is missing grows with c⁵ and depends on where
/// on the ellipsoid and in which direction one goes: on w = ((n₁z + n₂z)/2)² and t = (dz/c)². A
/// polynomial in w, t and (c/a)², fitted to Karney's solution by `Scripts/geodesic-series`, adds it.
///
/// Against Karney's solution the worst error over the globe is 5 nm up to ``reach``, which is what
/// Karney's own in numbers of 64 bits is good for; s₀ alone would be 0.17 µm off at 100 km and 17 mm
/// at 1000 km.
enum GeodesicSeries {
    /// The greatest chord in metres for which the series is meant.
    static let reach = 1_000_000.0

    /// Whether a chord is within ``reach``.
    ///
    /// - Parameter squared: Its square, in square metres.
    /// - Returns: False where Karney's solution is to be asked.
    @inline(__always)
    static func holds(_ squared: Double) -> Bool { squared < reach * reach }

    /// Up to this chord in metres s₀ alone is within a nanometre.
    static let plainReach = 30_000.0

    /// The length of a geodesic over a chord; NaN where the chord is 0.
    ///
    /// - Parameters:
    ///   - squared: The square of the chord, in square metres.
    ///   - rises: −(n₁·d)(n₂·d), in square metres.
    /// - Returns: Metres.
    @inline(__always)
    static func plain<N: SeriesNumber>(_ squared: N, rises: N) -> N {
        // asin(m)/m; at 1000 km m² is 6e-3 and the first term left out is below 1e-17.
        let m2 = rises / squared
        var series = N(all: 10395.0 / 599_040)
        series = series * m2 + N(all: 945.0 / 42240)
        series = series * m2 + N(all: 105.0 / 3456)
        series = series * m2 + N(all: 15.0 / 336)
        series = series * m2 + N(all: 3.0 / 40)
        series = series * m2 + N(all: 1.0 / 6)
        series = series * m2 + N(all: 1)
        return squared.squareRoot() * series
    }

    /// The length of the geodesic between places as far as ``plain(_:rises:)`` gives it, and what
    /// ``rest(_:tilt:climb:)`` needs to know of their normals; NaN where they coincide.
    ///
    /// The normals come from the places: n ∥ (x, y, z/(1−e²)).
    ///
    /// - Parameters:
    ///   - a: Metres from the centre of the earth.
    ///   - b: Likewise.
    /// - Returns: Metres, and n₁z + n₂z.
    @inline(__always)
    static func parts<N: SeriesNumber>(
        from a: (x: N, y: N, z: N), to b: (x: N, y: N, z: N)
    ) -> (length: N, tilt: N) {
        let (dx, dy, dz) = (b.x - a.x, b.y - a.y, b.z - a.z)
        let stretch = N(all: 1 / (1 - WGS84.e2))
        let z1 = a.z * stretch
        let z2 = b.z * stretch
        let rise1 = a.x * dx + a.y * dy + z1 * dz
        let rise2 = b.x * dx + b.y * dy + z2 * dz
        let norm1 = a.x * a.x + a.y * a.y + z1 * z1
        let norm2 = b.x * b.x + b.y * b.y + z2 * z2
        let fall = N(all: 0) - rise1
        let rises = (fall * rise2 / (norm1 * norm2).squareRoot()).orZero
        return (
            plain(dx * dx + dy * dy + dz * dz, rises: rises),
            z1 / norm1.squareRoot() + z2 / norm2.squareRoot()
        )
    }

    /// What ``plain(_:rises:)`` is short by, in metres.
    ///
    /// - Parameters:
    ///   - squared: The square of the chord, in square metres.
    ///   - tilt: n₁z + n₂z.
    ///   - climb: dz, in metres.
    /// - Returns: Metres.
    @inline(__always)
    static func rest<N: SeriesNumber>(_ squared: N, tilt: N, climb: N) -> N {
        let w = tilt * tilt * N(all: 0.25)
        let t = climb * climb / squared
        let x = squared * N(all: 1 / (WGS84.a * WGS84.a))
        let p00 = quadratic(
            t, -4.3075792471819227e-13, 2.8522802582858529e-05, 1.3218024184106161e-07)
        let p0 =
            (N(all: -1.3173526702268598e-09) * w + N(all: 3.75973440801385e-07)
                + N(all: 1.5080420723502183e-08) * t) * w
            + quadratic(
                t, -2.8081224363956702e-05, -1.3912387670505815e-06, -1.1660831537250871e-08)
        let p1 =
            (N(all: 2.8128102502485322e-07) * w + N(all: -1.1554190213318944e-05)
                + N(all: -5.4641005248595213e-07) * t) * w
            + quadratic(t, 1.3704535783510095e-10, 4.6148707833422124e-06, -1.6785322754188089e-08)
        let p2 =
            N(all: -3.6528577994149637e-06) * w + N(all: -5.1772085614247689e-09)
            + N(all: 7.8682589215666725e-07) * t
        let sum =
            p00 + N(all: -2.1496139731955233e-09) * t * t * t + p0 * w + (p1 + p2 * x) * x
        return sum * x * x * squared.squareRoot()
    }

    /// The lengths of four geodesics, with the squares of their chords.
    ///
    /// The same bits as ``EarthCentred/geodesicDistance(to:)``; not for chords beyond ``reach``.
    ///
    /// - Parameters:
    ///   - a: Metres from the centre of the earth.
    ///   - b: Likewise.
    /// - Returns: Metres, and square metres.
    @inline(__always)
    static func lengths(
        from a: (x: SIMD4<Double>, y: SIMD4<Double>, z: SIMD4<Double>),
        to b: (x: SIMD4<Double>, y: SIMD4<Double>, z: SIMD4<Double>)
    ) -> (lengths: SIMD4<Double>, squared: SIMD4<Double>) {
        let (dx, dy, dz) = (b.x - a.x, b.y - a.y, b.z - a.z)
        let squared = dx * dx + dy * dy + dz * dz
        var (lengths, tilt) = parts(from: a, to: b)
        let isLong = squared .> plainReach * plainReach
        if any(isLong) {
            lengths.replace(with: lengths + rest(squared, tilt: tilt, climb: dz), where: isLong)
        }
        lengths.replace(with: 0, where: squared .== 0)
        return (lengths, squared)
    }

    /// The polynomial c₀ + c₁t + c₂t².
    @inline(__always)
    private static func quadratic<N: SeriesNumber>(
        _ t: N, _ c0: Double, _ c1: Double, _ c2: Double
    ) -> N {
        (N(all: c2) * t + N(all: c1)) * t + N(all: c0)
    }
}
