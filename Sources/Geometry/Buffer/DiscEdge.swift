#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The edge of a disc on the ellipsoid as Fourier series of the bearing from its centre.
///
/// Longitude, latitude and the area swept are analytic in the bearing. Their coefficients fall like
/// powers of the radius over the distance to the nearer pole, so a few samples by Karney's direct
/// solution give them to the last digits. Bearings are in radians here, from the north westwards:
/// counter-clockwise, the disc to the left.
struct DiscEdge: Sendable {
    let centre: CentredPosition
    /// Metres.
    let radius: Double
    /// The sine terms of the longitude west of the centre, in degrees, from the first.
    private let longitudes: [Double]
    /// The cosine terms of the latitude in degrees, from the constant one.
    private let latitudes: [Double]
    /// The sine terms of the area swept, in square metres, from the first.
    private let swept: [Double]
    /// Square metres for each radian, on average.
    private let mean: Double
    /// ``AuthalicStrip`` at the centre.
    let base: Double

    /// How bearings are sampled: from north to south, the ends included.
    struct Sampling: Sendable {
        /// cos(πn/N) for n from 0 to 2N − 1.
        fileprivate let cosines: [Double]
        /// N: even.
        fileprivate var steps: Int { cosines.count / 2 }

        /// As many samples as discs of a radius need.
        ///
        /// - Parameters:
        ///   - radius: Metres.
        ///   - latitude: The greatest distance of a centre from the equator, in degrees.
        init(radius: Double, latitude: Double) {
            let ratio = 1.2 * radius / ((90 - latitude) * 110_000)
            let steps = 2 * max(3, min(50, Int((-18 / log(min(0.7, ratio))).rounded(.up)) + 1))
            cosines = (0..<2 * steps).map { cos(.pi * Double($0) / Double(steps)) }
        }

        fileprivate func cosine(_ n: Int) -> Double { cosines[n % cosines.count] }
        fileprivate func sine(_ n: Int) -> Double { cosines[(n + 3 * steps / 2) % cosines.count] }
    }

    /// Works out the edge of a disc.
    ///
    /// - Parameters:
    ///   - centre: Longitude, latitude in degrees.
    ///   - radius: Metres; less than the way to a pole.
    ///   - sampling: For discs like it.
    init(centre: Position, radius: Double, sampling: Sampling) {
        self.centre = CentredPosition(centre)
        self.radius = radius
        let steps = sampling.steps
        var east: [Double] = []
        var latitude: [Double] = []
        for step in 0...steps {
            let place = Geodesic.wgs84.direct(
                from: centre, azimuth: 180 * Double(step) / Double(steps), distance: radius
            ).position
            var offset = place.x - centre.x
            if offset > 180 { offset -= 360 }
            if offset < -180 { offset += 360 }
            east.append(offset)
            latitude.append(place.y)
        }
        longitudes = (1..<steps).map { k in
            (1..<steps).reduce(0) { $0 - east[$1] * sampling.sine(k * $1) } * 2 / Double(steps)
        }
        latitudes = Self.cosineTerms(latitude, sampling)
        let base = AuthalicStrip.area(sine: Double.sineAndCosine(degrees: centre.y).sine)
        self.base = base
        let terms = longitudes
        let rates = (0...steps).map { step -> Double in
            let strip = AuthalicStrip.area(sine: Double.sineAndCosine(degrees: latitude[step]).sine)
            // dλ/dβ from the series of the longitude.
            let turning = terms.indices.reduce(0) {
                $0 + Double($1 + 1) * terms[$1] * sampling.cosine(step * ($1 + 1))
            }
            return -(strip - base) * turning * (.pi / 180)
        }
        let coefficients = Self.cosineTerms(rates, sampling)
        mean = coefficients[0]
        swept = coefficients.indices.dropFirst().map { coefficients[$0] / Double($0) }
    }

    /// The cosine terms through samples from 0 to π (the discrete cosine transform of type I).
    private static func cosineTerms(_ samples: [Double], _ sampling: Sampling) -> [Double] {
        let steps = sampling.steps
        return (0..<steps).map { k in
            var sum = (samples[0] + samples[steps] * sampling.cosine(k * steps)) / 2
            for step in 1..<steps { sum += samples[step] * sampling.cosine(k * step) }
            return sum * (k == 0 ? 1 : 2) / Double(steps)
        }
    }

    /// The position at a bearing.
    func position(_ bearing: Double) -> Position {
        position(sine: sin(bearing), cosine: cos(bearing))
    }

    /// The position at a bearing, given its sine and cosine.
    @inline(__always)
    func position(sine: Double, cosine: Double) -> Position {
        let double = 2 * cosine
        var (x1, x2) = (0.0, 0.0)
        for term in longitudes.reversed() { (x1, x2) = (term + double * x1 - x2, x1) }
        var (y1, y2) = (0.0, 0.0)
        for at in stride(from: latitudes.count - 1, to: 0, by: -1) {
            (y1, y2) = (latitudes[at] + double * y1 - y2, y1)
        }
        return Position(centre.position.x + x1 * sine, latitudes[0] + y1 * cosine - y2)
    }

    /// −∫ (S − S₀) dλ along the edge from the north to a bearing, S₀ being ``base``.
    func swept(to bearing: Double) -> Double {
        let double = 2 * cos(bearing)
        var (b1, b2) = (0.0, 0.0)
        for term in swept.reversed() { (b1, b2) = (term + double * b1 - b2, b1) }
        return mean * bearing + b1 * sin(bearing)
    }

    /// −∫ (S − S₀) dλ along the edge from one bearing to another.
    ///
    /// - Parameters:
    ///   - start: Radians.
    ///   - end: Radians, at least the start.
    ///   - base: S₀, as for ``AuthalicStrip/beside(_:_:base:)``.
    /// - Returns: Square metres.
    func beside(_ start: Double, _ end: Double, base: Double) -> Double {
        let turned = (position(end).x - position(start).x) * (.pi / 180)
        return swept(to: end) - swept(to: start) - (self.base - base) * turned
    }
}
