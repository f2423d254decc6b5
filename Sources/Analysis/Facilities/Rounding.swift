extension Double {
    /// The number of metres as results give it: to the micrometre, which is how far distances are
    /// right.
    var toMicrometre: Double { (self * 1e6).rounded() / 1e6 }

    /// Square metres as square kilometres.
    var toSquareKilometres: Double { self / 1e6 }
}
