public import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The density of places as a surface, in places (or their weight) per square kilometre.
///
/// B. W. Silverman, Density Estimation for Statistics and Data Analysis, 1986. Each place is spread
/// over its surroundings by geodesic distance, as if the earth were flat as far as the bandwidth.
public struct KernelDensity: Sendable {
    /// How a place is spread over its surroundings.
    public enum Kernel: String, Hashable, Sendable, CaseIterable {
        /// 3/π · (1 − (d/h)²)² / h², 0 beyond the bandwidth h.
        case quartic
        /// 2/π · (1 − (d/h)²) / h², 0 beyond the bandwidth h.
        case epanechnikov
        /// e^(−½ (d/h)²) / (2π h²), 0 beyond five times the bandwidth h.
        case gaussian

        /// How far a place is spread, in bandwidths.
        var reach: Double { self == .gaussian ? 5 : 1 }

        /// The density in 1/m² at a distance, for a bandwidth in metres.
        func density(at distance: Double, _ bandwidth: Double) -> Double {
            let u = distance / bandwidth
            let area = Double.pi * bandwidth * bandwidth
            guard u <= reach else { return 0 }
            return switch self {
            case .quartic: 3 / area * (1 - u * u) * (1 - u * u)
            case .epanechnikov: 2 / area * (1 - u * u)
            case .gaussian: exp(-u * u / 2) / (2 * area)
            }
        }
    }

    private let index: PointIndex
    private let weights: [Double]
    /// How far a place is spread.
    public let bandwidth: Distance
    /// How a place is spread.
    public let kernel: Kernel

    /// Prepares a surface.
    ///
    /// - Parameters:
    ///   - places: Longitude, latitude in degrees.
    ///   - weights: How much each place counts.
    ///   - bandwidth: How far a place is spread.
    ///   - kernel: How a place is spread.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a bandwidth of 0, or `GeometryError` for a place
    ///   that is not on the globe.
    public init(
        of places: [Position], weights: [Double], bandwidth: Distance, kernel: Kernel = .quartic
    ) throws {
        precondition(places.count == weights.count, "one weight a place")
        guard bandwidth.metres > 0 else {
            throw AnalysisError(
                .badArgument, at: "", "a density needs a bandwidth of more than 0",
                remedy: "give one, for example 10km")
        }
        index = try PointIndex(places)
        self.weights = weights
        self.bandwidth = bandwidth
        self.kernel = kernel
    }

    /// How far a place is spread, in metres.
    var reach: Double { kernel.reach * bandwidth.metres }

    /// The densities at places, per square kilometre.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees.
    ///   - latitudes: Degrees, as many as longitudes.
    /// - Returns: The densities.
    /// - Throws: `GeometryError` for a place that is not on the globe.
    /// - Complexity: O(n log m + p) on average for n places asked, m spread, and p pairs in reach.
    public func densities(longitudes: [Double], latitudes: [Double]) throws -> [Double] {
        let rows = try index.reach(
            longitudes: longitudes, latitudes: latitudes, within: .metres(reach))
        return (0..<rows.rows).map { row in
            1e6
                * rows.entries(of: row).reduce(0) { sum, entry in
                    sum + weights[Int(rows.indices[entry])]
                        * kernel.density(at: rows.distances[entry], bandwidth.metres)
                }
        }
    }

    /// The box around all that places are spread over.
    func box(of places: [Position], cell: Double) throws -> Envelope? {
        guard var box = places.first.map({ Envelope($0) }) else { return nil }
        for place in places {
            for azimuth in [0.0, 90, 180, 270] {
                box = box.including(
                    Geodesic.wgs84.direct(
                        from: place, azimuth: azimuth, distance: reach + 2 * cell
                    ).position)
            }
        }
        guard box.width < 180, box.minY > -85, box.maxY < 85 else {
            throw AnalysisError(
                .cannotDraw, at: "",
                "the places lie around a pole, across the antimeridian or over half the earth",
                remedy: "choose places of one part of the earth")
        }
        return box
    }
}
