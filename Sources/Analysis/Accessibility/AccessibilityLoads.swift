internal import Features

/// What demand asks of each facility, batch after batch in order.
///
/// Neither the number of tasks nor how the flow is cut into batches changes a bit of the sums.
public struct AccessibilityLoads: Hashable, Sendable {
    /// How many demand features reach each facility.
    public private(set) var counts: [Int]
    /// How much demand each facility carries, as the method counts it.
    public var loads: [Double] { sums.values }
    private(set) var sums: CompensatedSums
    /// The sum over the demand of the weights of the distances to each facility.
    private(set) var impedances: CompensatedSums
    /// Between what the loads truly lie; `nil` where accuracies are not asked.
    var ranges: LoadRanges?

    /// Starts at nothing.
    ///
    /// - Parameter count: The number of facilities.
    public init(count: Int) {
        counts = Array(repeating: 0, count: count)
        sums = CompensatedSums(count: count)
        impedances = sums
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
        for facility in counts.indices { counts[facility] += part.counts[facility] }
        sums.add(part.sums)
        impedances.add(part.impedances)
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
                sums.add(part, at: Int(facility))
                impedances.add(1, at: Int(facility))
            }
            return
        }
        for (facility, weight) in zip(facilities, weights) {
            let facility = Int(facility)
            counts[facility] += 1
            impedances.add(weight, at: facility)
            switch claim {
            case .none, .decayed: sums.add(demand * weight, at: facility)
            case .selected: sums.add(share * weight * weight, at: facility)
            case .balanced: sums.add(share * weight, at: facility)
            }
        }
    }
}
