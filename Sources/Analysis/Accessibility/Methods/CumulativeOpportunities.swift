extension AccessibilityMethod {
    /// The supply within the limit: Aᵢ = Σⱼ Sⱼ.
    ///
    /// How many beds, desks or jobs lie within the distance, whoever else may want them (M. Wachs and
    /// T. G. Kumagai, 1973, https://doi.org/10.1016/0038-0121(73)90041-4).
    public static let cumulativeOpportunities = AccessibilityMethod(
        name: "cumulative", title: "cumulative opportunities", claim: .none, draw: .decayed,
        usual: .onlyBinary)
}
