extension InputOptions {
    /// Says that features other than points are measured from a position inside them.
    func noteRepresented(_ count: Int, of layer: String) {
        guard count > 0 else { return }
        note(
            "\(Figures.count(count, "feature")) of \(layer) not a point, measured from a position "
                + "inside")
    }

    /// Says which features of the demand count nowhere, or count nothing.
    func noteUncounted(unlocated: Int, unweighted: Int, weight: String?, of layer: String) {
        if unlocated > 0 {
            note("\(Figures.count(unlocated, "feature")) of \(layer) without a place, not counted")
        }
        if unweighted > 0, let weight {
            note(
                "\(Figures.count(unweighted, "feature")) of \(layer) without \(weight), counted as 0"
            )
        }
    }
}
