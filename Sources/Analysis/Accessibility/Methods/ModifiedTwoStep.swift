extension AccessibilityMethod {
    /// The modified two-step floating catchment area: Rⱼ = Sⱼ / Σᵢ Pᵢ wᵢⱼ, Aᵢ = Σⱼ Rⱼ wᵢⱼ².
    ///
    /// Where facilities are far for everybody not all of the supply is used (P. L. Delamater, 2013,
    /// https://doi.org/10.1016/j.healthplace.2013.07.012): Σᵢ Pᵢ Aᵢ is at most the capacity reached.
    public static let modifiedTwoStep = AccessibilityMethod(
        name: "m2sfca", title: "modified two-step floating catchment", claim: .decayed,
        draw: .squared, usual: .gaussianToZero)
}
