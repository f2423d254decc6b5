/// Whether an answer would be another one somewhere within the accuracy of the positions.
public enum Stability: String, Hashable, Sendable {
    /// It would be the same.
    case stable
    /// It could be another.
    case fragile
}
