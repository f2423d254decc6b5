/// Between what the loads of facilities truly lie.
struct LoadRanges: Hashable, Sendable {
    /// The least load of each facility.
    private(set) var least: [Double]
    /// The greatest.
    private(set) var most: [Double]
    /// The least sum of the weights of the distances to each facility.
    private(set) var leastImpedances: [Double]
    /// The greatest.
    private(set) var mostImpedances: [Double]
    /// Whether no position of the demand may be off.
    private(set) var isExact = true

    /// Starts at nothing.
    init(count: Int) {
        least = Array(repeating: 0, count: count)
        most = least
        leastImpedances = least
        mostImpedances = least
    }

    /// Takes note of the accuracies of a batch.
    mutating func add(accuracies: [Double]) {
        isExact = isExact && accuracies.allSatisfy { $0 == 0 }
    }

    /// Adds what one place may ask.
    mutating func add(_ demand: Double, _ pairs: PairRanges) {
        for (at, facility) in pairs.facilities.enumerated() {
            least[facility] += demand * pairs.claims[at].least
            most[facility] += demand * pairs.claims[at].most
            leastImpedances[facility] += pairs.weights[at].least
            mostImpedances[facility] += pairs.weights[at].most
        }
    }

    /// Adds the part of a batch.
    mutating func add(_ part: LoadRanges) {
        for facility in least.indices {
            least[facility] += part.least[facility]
            most[facility] += part.most[facility]
            leastImpedances[facility] += part.leastImpedances[facility]
            mostImpedances[facility] += part.mostImpedances[facility]
        }
        isExact = isExact && part.isExact
    }
}
