#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What could be chosen from each place, and how often it was.
struct ChoiceTable {
    /// One facility within the reach of one place.
    struct Choice {
        /// The logarithm of its attraction.
        let attraction: Double
        /// The logarithm of its distance, less than 0 counted more.
        let nearness: Double
        /// How often it was chosen.
        let flow: Double
    }

    /// The exponents at the maximum.
    struct Fit {
        var alpha: Double?
        var beta = 0.0
        var alphaError: Double?
        var betaError = 0.0
        var iterations = 0
    }

    /// The places from which something was chosen.
    private var places: [[Choice]] = []

    /// Adds a place.
    mutating func append(_ choices: [Choice]) {
        if choices.contains(where: { $0.flow > 0 }) { places.append(choices) }
    }

    /// The likelihood with its first and second derivatives.
    private struct Slope {
        var value = 0.0
        var gradient = (0.0, 0.0)
        /// The information: aa, ab, bb.
        var information = (0.0, 0.0, 0.0)
    }

    private static func shares(_ choices: [Choice], _ alpha: Double, _ beta: Double) -> [Double] {
        let utilities = choices.map { alpha * $0.attraction + beta * $0.nearness }
        let greatest = utilities.max() ?? 0
        let parts = utilities.map { exp($0 - greatest) }
        let sum = parts.reduce(0, +)
        return parts.map { $0 / sum }
    }

    private func slope(_ alpha: Double, _ beta: Double) -> Slope {
        var slope = Slope()
        for choices in places {
            let shares = Self.shares(choices, alpha, beta)
            let total = choices.reduce(0) { $0 + $1.flow }
            var mean = (0.0, 0.0)
            for (choice, share) in zip(choices, shares) {
                mean.0 += share * choice.attraction
                mean.1 += share * choice.nearness
            }
            for (choice, share) in zip(choices, shares) {
                if choice.flow > 0 {
                    slope.value += choice.flow * log(max(share, .leastNormalMagnitude))
                }
                let (a, b) = (choice.attraction - mean.0, choice.nearness - mean.1)
                slope.gradient.0 += choice.flow * a
                slope.gradient.1 += choice.flow * b
                slope.information.0 += total * share * a * a
                slope.information.1 += total * share * a * b
                slope.information.2 += total * share * b * b
            }
        }
        return slope
    }

    /// The exponents that make the flows the likeliest; `nil` where there is no such pair.
    func fit() -> Fit? {
        let start = slope(0, 0)
        let total = places.reduce(0) { $0 + $1.reduce(0) { $0 + $1.flow } }
        guard total > 0, start.information.2 > 1e-12 * total else { return nil }
        // Attraction tells something only where it differs, and not in step with nearness.
        let (aa, ab, bb) = start.information
        let learnsAlpha = aa > 1e-12 * total && aa * bb - ab * ab > 1e-10 * aa * bb
        var fit = Fit(alpha: learnsAlpha ? 0 : nil)
        var now = start
        while fit.iterations < 100 {
            fit.iterations += 1
            guard let step = Self.step(now, learnsAlpha) else { return nil }
            // Half the step where it overshoots.
            var length = 1.0
            var next = now
            while length > 1e-10 {
                next = slope((fit.alpha ?? 0) + length * step.0, fit.beta + length * step.1)
                if next.value >= now.value - 1e-12 * now.value.magnitude { break }
                length /= 2
            }
            if learnsAlpha { fit.alpha = (fit.alpha ?? 0) + length * step.0 }
            fit.beta += length * step.1
            now = next
            guard (fit.alpha ?? 0).magnitude < 100, fit.beta.magnitude < 100 else { return nil }
            if max(step.0.magnitude, step.1.magnitude) * length < 1e-11 { break }
        }
        let (a, b, c) = now.information
        let determinant = learnsAlpha ? a * c - b * b : 1
        // Where one choice is always made, the likelihood only grows, and its curvature vanishes.
        guard determinant > 0, c > 1e-10 * total else { return nil }
        if learnsAlpha {
            fit.alphaError = (c / determinant).squareRoot()
            fit.betaError = (a / determinant).squareRoot()
        } else {
            fit.betaError = (1 / c).squareRoot()
        }
        return fit
    }

    /// Newton's step; `nil` where the likelihood has no curvature left.
    private static func step(_ slope: Slope, _ learnsAlpha: Bool) -> (Double, Double)? {
        let (a, b, c) = slope.information
        if !learnsAlpha { return c > 0 ? (0, slope.gradient.1 / c) : nil }
        let determinant = a * c - b * b
        guard determinant > 0 else { return nil }
        return (
            (c * slope.gradient.0 - b * slope.gradient.1) / determinant,
            (a * slope.gradient.1 - b * slope.gradient.0) / determinant
        )
    }

    /// What is said of the exponents that were found.
    func calibration(_ fit: Fit, total: Double) -> HuffCalibration {
        var observed: [Double] = []
        var predicted: [Double] = []
        for choices in places {
            let all = choices.reduce(0) { $0 + $1.flow }
            let shares = Self.shares(choices, fit.alpha ?? 0, fit.beta)
            observed += choices.map(\.flow)
            predicted += shares.map { $0 * all }
        }
        let used = observed.reduce(0, +)
        let mean = used / Double(observed.count)
        var (squares, apart, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (x, y) in zip(observed, predicted) {
            squares += (x - y) * (x - y)
            apart += (x - y).magnitude
            xx += (x - mean) * (x - mean)
            yy += (y - mean) * (y - mean)
            xy += (x - mean) * (y - mean)
        }
        return HuffCalibration(
            alpha: fit.alpha, alphaError: fit.alphaError, beta: fit.beta,
            betaError: fit.betaError,
            logLikelihood: slope(fit.alpha ?? 0, fit.beta).value,
            nullLogLikelihood: slope(0, 0).value, misplacedShare: apart / (2 * used),
            standardisedError: (squares / Double(observed.count)).squareRoot() / mean,
            r2: xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0, total: used,
            pairCount: observed.count { $0 > 0 }, iterations: fit.iterations,
            unused: max(0, total - used))
    }
}
