public import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How much less a facility counts the farther away it is: the impedance of a distance, as a weight.
///
/// Written by people as ``init(_:)`` reads it: `gaussian:10km`, `steps:5km=1,10km=0.68`, `power:2`.
public enum DistanceDecay: Hashable, Sendable {
    /// 1 at any distance: what is within the limit counts in full.
    case binary
    /// The weight of the first step whose distance is not exceeded, 0 beyond the last (J. Luo and
    /// Y. Qi, 2009, https://doi.org/10.1016/j.healthplace.2009.06.002).
    case steps([Step])
    /// (d / scale)^−exponent, and 1 where d is at most the scale (W. G. Hansen, 1959,
    /// https://doi.org/10.1080/01944365908978307).
    case power(exponent: Double, scale: Distance)
    /// e^(−d / scale).
    case exponential(scale: Distance)
    /// e^(−d² / 2σ²).
    case gaussian(sigma: Distance)
    /// (e^(−½ (d/d₀)²) − e^−½) / (1 − e^−½), which falls to 0 at d₀, and 0 beyond (D. Dai, 2010,
    /// https://doi.org/10.1016/j.healthplace.2010.06.012).
    case gaussianToZero(at: Distance)
    /// 1 / (1 + (d / median)^exponent), which is ½ at the median.
    case logLogistic(median: Distance, exponent: Double)
    /// ¾ (1 − (d/h)²), and 0 beyond h (V. A. Epanechnikov, 1969, https://doi.org/10.1137/1114019).
    case epanechnikov(bandwidth: Distance)

    /// A step of a table of weights.
    public struct Step: Hashable, Sendable {
        /// The greatest distance of the step, which belongs to it.
        public let limit: Distance
        /// The weight up to there.
        public let weight: Double

        /// Creates a step.
        ///
        /// - Parameters:
        ///   - limit: The greatest distance of the step.
        ///   - weight: The weight up to there.
        public init(upTo limit: Distance, weight: Double) {
            self.limit = limit
            self.weight = weight
        }
    }

    /// The weight of a distance.
    ///
    /// - Parameter metres: The distance in metres, at least 0.
    /// - Returns: A number of at least 0.
    public func weight(at metres: Double) -> Double {
        switch self {
        case .binary: return 1
        case .steps(let steps): return steps.first { metres <= $0.limit.metres }?.weight ?? 0
        case .power(let exponent, let scale):
            return metres <= scale.metres ? 1 : pow(metres / scale.metres, -exponent)
        case .exponential(let scale): return exp(-metres / scale.metres)
        case .gaussian(let sigma):
            return exp(-metres * metres / (2 * sigma.metres * sigma.metres))
        case .gaussianToZero(let end):
            let ratio = metres / end.metres
            let least = exp(-0.5)
            return ratio >= 1 ? 0 : (exp(-0.5 * ratio * ratio) - least) / (1 - least)
        case .logLogistic(let median, let exponent):
            return 1 / (1 + pow(metres / median.metres, exponent))
        case .epanechnikov(let bandwidth):
            let ratio = metres / bandwidth.metres
            return ratio >= 1 ? 0 : 0.75 * (1 - ratio * ratio)
        }
    }

    /// The weights of many distances; `nil` where all of them are 1.
    func weights(of distances: [Double]) -> [Double]? {
        switch self {
        case .binary: nil
        case .gaussian(let sigma):
            distances.map { exp(-$0 * $0 / (2 * sigma.metres * sigma.metres)) }
        default: distances.map { weight(at: $0) }
        }
    }

    /// Checks that the decay can be meant.
    ///
    /// - Throws: ``AnalysisError`` (`badArgument`) for a scale or an exponent that is not above 0, a
    ///   weight that is no number of at least 0, or steps that do not ascend.
    public func check() throws {
        let numbers: [Double] =
            switch self {
            case .binary: []
            case .steps(let steps): steps.map(\.limit.metres)
            case .power(let exponent, let scale): [exponent, scale.metres]
            case .exponential(let scale): [scale.metres]
            case .gaussian(let sigma): [sigma.metres]
            case .gaussianToZero(let end): [end.metres]
            case .logLogistic(let median, let exponent): [median.metres, exponent]
            case .epanechnikov(let bandwidth): [bandwidth.metres]
            }
        guard numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw AnalysisError(
                .badArgument, at: "", "the distance decay \(self) has a number that is not above 0",
                remedy: "give distances and exponents of more than 0")
        }
        guard case .steps(let steps) = self else { return }
        guard !steps.isEmpty, zip(steps, steps.dropFirst()).allSatisfy({ $0.limit < $1.limit }),
            steps.allSatisfy({ $0.weight.isFinite && $0.weight >= 0 })
        else {
            throw AnalysisError(
                .badArgument, at: "",
                "the steps of a distance decay need ascending distances and weights of at least 0",
                remedy: "write them as steps:5km=1,10km=0.68,20km=0.22")
        }
    }
}
