internal import Geometry

extension DistanceDecay {
    /// The least and the greatest weight that a distance in a range can have.
    ///
    /// All decays but steps never rise with distance, so that their ends tell.
    func weights(from low: Double, to high: Double) -> (least: Double, most: Double) {
        guard case .steps(let steps) = self else { return (weight(at: high), weight(at: low)) }
        let first = steps.firstIndex { low <= $0.limit.metres } ?? steps.count
        let last = steps.firstIndex { high <= $0.limit.metres } ?? steps.count
        let passed = (first...last).map { $0 < steps.count ? steps[$0].weight : 0 }
        return (passed.min() ?? 0, passed.max() ?? 0)
    }
}
