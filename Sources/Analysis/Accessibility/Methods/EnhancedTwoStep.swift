extension AccessibilityMethod {
    /// The enhanced two-step floating catchment area: Rⱼ = Sⱼ / Σᵢ Pᵢ wᵢⱼ, Aᵢ = Σⱼ Rⱼ wᵢⱼ.
    ///
    /// W. Luo and Y. Qi, 2009, https://doi.org/10.1016/j.healthplace.2009.06.002, with steps; without
    /// others named, 1, 0.68 and 0.22 in the thirds of the limit. Any decay will do. What is shared
    /// out is what there is, as in ``twoStep``.
    public static let enhancedTwoStep = AccessibilityMethod(
        name: "e2sfca", title: "enhanced two-step floating catchment", claim: .decayed,
        draw: .decayed, usual: .thirds)
}
