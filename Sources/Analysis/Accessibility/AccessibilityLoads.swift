internal import Features

/// What demand asks of each facility, batch after batch in order.
///
/// Each batch adds up its features in their order and is then added to those before it, so that the
/// number of tasks changes no bit of the sums.
public struct AccessibilityLoads: Hashable, Sendable {
    /// How many demand features reach each facility.
    public private(set) var counts: [Int]
    /// How much demand each facility carries, as the method counts it.
    public private(set) var loads: [Double]
    /// The sum over the demand of the weights of the distances to each facility.
    private(set) var impedances: [Double]
    /// Between what the loads truly lie; `nil` where accuracies are not asked.
    var ranges: LoadRanges?

    /// Starts at nothing.
    ///
    /// - Parameter count: The number of facilities.
    public init(count: Int) {
        counts = Array(repeating: 0, count: count)
        loads = Array(repeating: 0, count: count)
        impedances = Array(repeating: 0, count: count)
    }

    /// Starts at nothing.
    ///
    /// - Parameter accessibility: The operation whose loads are added up.
    public init(of accessibility: Accessibility) {
        self.init(count: accessibility.supply.count)
        if accessibility.accuracy != nil { ranges = LoadRanges(count: accessibility.supply.count) }
    }

    /// Adds the part of a batch.
    ///
    /// - Parameter part: The loads of the batch that follows those added before.
    public mutating func add(_ part: AccessibilityLoads) {
        for facility in counts.indices {
            counts[facility] += part.counts[facility]
            loads[facility] += part.loads[facility]
            impedances[facility] += part.impedances[facility]
        }
        if let part = part.ranges { ranges?.add(part) }
    }

    /// Adds what one place asks of the facilities it reaches.
    mutating func add(
        _ demand: Double, to facilities: ArraySlice<Int32>, _ weights: ArraySlice<Double>?,
        _ claim: AccessibilityMethod.Claim
    ) {
        let total = weights?.reduce(0, +) ?? Double(facilities.count)
        let share = total > 0 ? demand / total : 0
        guard let weights else {
            // What is divided among all that are chosen from, or asked of each in full.
            let part = claim == .selected || claim == .balanced ? share : demand
            for facility in facilities {
                counts[Int(facility)] += 1
                loads[Int(facility)] += part
                impedances[Int(facility)] += 1
            }
            return
        }
        for (facility, weight) in zip(facilities, weights) {
            let facility = Int(facility)
            counts[facility] += 1
            impedances[facility] += weight
            switch claim {
            case .none, .decayed: loads[facility] += demand * weight
            case .selected: loads[facility] += share * weight * weight
            case .balanced: loads[facility] += share * weight
            }
        }
    }
}
