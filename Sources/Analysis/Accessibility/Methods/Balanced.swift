extension AccessibilityMethod {
    /// The balanced floating catchment area: Rⱼ = Sⱼ / Σᵢ Pᵢ wᵢⱼ / Σₖ wᵢₖ, Aᵢ = Σⱼ Rⱼ wᵢⱼ / Σₖ wₖⱼ.
    ///
    /// Each person is counted once among the facilities, and each facility's level of service is
    /// shared out once among the places: the loads add up to the demand, and Σᵢ Aᵢ to Σⱼ Rⱼ
    /// (A. Paez, C. D. Higgins and S. F. Vivona, 2019, https://doi.org/10.1371/journal.pone.0218773).
    public static let balanced = AccessibilityMethod(
        name: "bfca", title: "balanced floating catchment", claim: .balanced, draw: .balanced,
        usual: .gaussianToZero)
}
