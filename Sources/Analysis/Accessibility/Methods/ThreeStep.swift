extension AccessibilityMethod {
    /// The three-step floating catchment area: with the selection weight Gᵢⱼ = wᵢⱼ / Σₖ wᵢₖ,
    /// Rⱼ = Sⱼ / Σᵢ Pᵢ Gᵢⱼ wᵢⱼ and Aᵢ = Σⱼ Rⱼ Gᵢⱼ wᵢⱼ.
    ///
    /// Demand that may choose among many facilities asks less of each (N. Wan, B. Zou and
    /// T. Sternberg, 2012, https://doi.org/10.1080/13658816.2011.624987). What is shared out is what
    /// there is, as in ``twoStep``.
    public static let threeStep = AccessibilityMethod(
        name: "3sfca", title: "three-step floating catchment", claim: .selected, draw: .selected,
        usual: .gaussianToZero)
}
