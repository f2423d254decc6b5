extension AccessibilityMethod {
    /// The two-step floating catchment area: Rⱼ = Sⱼ / Σᵢ Pᵢ, Aᵢ = Σⱼ Rⱼ.
    ///
    /// W. Luo and F. Wang, 2003, https://doi.org/10.1068/b29120. What is shared out is what there is:
    /// Σᵢ Pᵢ Aᵢ is the capacity of all facilities that any demand reaches.
    public static let twoStep = AccessibilityMethod(
        name: "2sfca", title: "two-step floating catchment", claim: .decayed, draw: .decayed,
        usual: .onlyBinary)
}
