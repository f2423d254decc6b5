extension AccessibilityMethod {
    /// The two-step floating catchment area with a kernel density: ``enhancedTwoStep`` with
    /// ``DistanceDecay/epanechnikov(bandwidth:)``.
    ///
    /// D. Dai and F. Wang, 2011, https://doi.org/10.1068/b36149.
    public static let kernelTwoStep = AccessibilityMethod(
        name: "kd2sfca", title: "kernel density two-step floating catchment", claim: .decayed,
        draw: .decayed, usual: .epanechnikov)
}
