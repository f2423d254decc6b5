extension AccessibilityMethod {
    /// The two-step floating catchment area with a Gaussian that falls to 0 at the limit.
    ///
    /// D. Dai, 2010, https://doi.org/10.1016/j.healthplace.2010.06.012: ``enhancedTwoStep`` with
    /// ``DistanceDecay/gaussianToZero(at:)``.
    public static let gaussianTwoStep = AccessibilityMethod(
        name: "g2sfca", title: "Gaussian two-step floating catchment", claim: .decayed,
        draw: .decayed, usual: .gaussianToZero)
}
