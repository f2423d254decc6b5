/// How numbers are put into classes.
public enum ClassMethod: String, Hashable, Sendable, CaseIterable {
    /// As many numbers in each class.
    case quantile
    /// The least sum of squared deviations from the means of the classes; see ``NaturalBreaks``.
    case jenks
    /// Classes of equal width between the least and the greatest number.
    case equal
}
