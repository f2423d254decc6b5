extension Array<Double> {
    /// The sum of all others for each of the numbers, without subtracting, so that what is small
    /// beside one of them is not lost.
    var sumsOfOthers: [Double] {
        var sums = Array(repeating: 0.0, count: count)
        var (before, after) = (0.0, 0.0)
        for at in indices {
            sums[at] += before
            before += self[at]
        }
        for at in indices.reversed() {
            sums[at] += after
            after += self[at]
        }
        return sums
    }
}
