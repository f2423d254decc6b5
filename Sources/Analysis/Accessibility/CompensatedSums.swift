/// Sums, one a facility, that do not hang on how the flow was cut into batches.
///
/// What rounding takes from each addition is summed beside (A. Neumaier, 1974,
/// https://doi.org/10.1002/zamm.19740540106): the sum is that of the exact numbers, rounded once, but
/// for errors of some 1e-32 of it.
struct CompensatedSums: Hashable, Sendable {
    private var sums: [Double]
    /// What the sums are short by.
    private var rests: [Double]

    /// Starts at nothing.
    init(count: Int) {
        sums = Array(repeating: 0, count: count)
        rests = sums
    }

    /// Adds to one of the sums.
    @inline(__always)
    mutating func add(_ value: Double, at place: Int) {
        let old = sums[place]
        let new = old + value
        let taken = new - old
        sums[place] = new
        rests[place] += (old - (new - taken)) + (value - taken)
    }

    /// Adds the sums of what follows.
    mutating func add(_ other: CompensatedSums) {
        for place in sums.indices {
            add(other.sums[place], at: place)
            rests[place] += other.rests[place]
        }
    }

    /// One of the sums.
    @inline(__always)
    subscript(place: Int) -> Double {
        // Beyond all numbers nothing is left to be made up for.
        rests[place].isFinite ? sums[place] + rests[place] : sums[place]
    }

    /// All sums.
    var values: [Double] { sums.indices.map { self[$0] } }
}
