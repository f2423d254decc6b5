/// A sum of which it is certain that the true one is not less: what rounding takes is taken off.
struct OutwardSum {
    /// Not more than the true sum.
    private(set) var value = 0.0

    /// Adds a term.
    ///
    /// D. E. Knuth's exact error of an addition (TwoSum) tells which way it was rounded.
    mutating func add(_ term: Double) {
        let sum = value + term
        let part = sum - value
        let error = (value - (sum - part)) + (term - part)
        value = error < 0 ? sum.nextDown : sum
    }

    /// A product that is not more than the true one.
    static func product(_ a: Double, _ b: Double) -> Double {
        let product = a * b
        // The fused product and sum rounds once, so its sign is that of the true difference.
        return (-product).addingProduct(a, b) < 0 ? product.nextDown : product
    }

    /// A difference that is not more than the true one.
    static func difference(_ a: Double, _ b: Double) -> Double {
        var sum = OutwardSum(value: a)
        sum.add(-b)
        return sum.value
    }

    init(value: Double = 0) { self.value = value }
}
