#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How strongly facilities draw demand by Huff's model: A^α d^−β, as its logarithm.
///
/// D. L. Huff, 1964, https://doi.org/10.1177/002224296402800307. Distances below the floor count as the
/// floor.
package struct HuffPull: Sendable {
    /// The exponent of attraction.
    package let alpha: Double
    /// The exponent of distance.
    package let beta: Double
    /// The distance below which all count alike, more than 0.
    package let floor: Double

    /// Creates a measure of pull.
    ///
    /// - Parameters:
    ///   - alpha: The exponent of attraction.
    ///   - beta: The exponent of distance.
    ///   - floor: The distance below which all count alike.
    /// - Throws: ``AnalysisError`` (`badArgument`) for exponents that are not finite or a floor that is
    ///   no number above 0.
    package init(alpha: Double = 1, beta: Double, floor: Double) throws {
        guard alpha.isFinite, beta.isFinite, floor > 0, floor.isFinite else {
            throw AnalysisError(
                .badArgument, at: "",
                "alpha \(alpha), beta \(beta) and floor \(floor) make no probabilities",
                remedy: "give finite exponents and a floor of more than 0")
        }
        (self.alpha, self.beta, self.floor) = (alpha, beta, floor)
    }

    /// α ln A: nobody goes where there is nothing, whatever the exponent.
    package func strength(of attraction: Double) -> Double {
        attraction > 0 ? alpha * log(attraction) : -.infinity
    }

    /// The logarithm of the pull of a strength at a distance.
    package func utility(_ strength: Double, at distance: Double) -> Double {
        strength - beta * log(max(floor, distance))
    }
}
