/// Between what the loads of facilities truly lie.
struct LoadRanges: Hashable, Sendable {
    /// The least load of each facility.
    private(set) var least: CompensatedSums
    /// The greatest.
    private(set) var most: CompensatedSums
    /// The least sum of the weights of the distances to each facility.
    private(set) var leastImpedances: CompensatedSums
    /// The greatest.
    private(set) var mostImpedances: CompensatedSums
    /// Whether no position of the demand may be off.
    private(set) var isExact = true

    /// Starts at nothing.
    init(count: Int) {
        least = CompensatedSums(count: count)
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
            least.add(demand * pairs.claims[at].least, at: facility)
            most.add(demand * pairs.claims[at].most, at: facility)
            leastImpedances.add(pairs.weights[at].least, at: facility)
            mostImpedances.add(pairs.weights[at].most, at: facility)
        }
    }

    /// Adds the part of a batch.
    mutating func add(_ part: LoadRanges) {
        least.add(part.least)
        most.add(part.most)
        leastImpedances.add(part.leastImpedances)
        mostImpedances.add(part.mostImpedances)
        isExact = isExact && part.isExact
    }
}
