extension AccessibilityMethod {
    /// The supply within the limit, each facility by its distance: Aᵢ = Σⱼ Sⱼ wᵢⱼ.
    ///
    /// The potential of W. G. Hansen, 1959, https://doi.org/10.1080/01944365908978307.
    public static let gravity = AccessibilityMethod(
        name: "gravity", title: "gravity", claim: .none, draw: .decayed, usual: .power)
}
