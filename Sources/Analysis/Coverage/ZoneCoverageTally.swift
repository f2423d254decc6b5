/// What zones add up to, batch after batch in order.
public struct ZoneCoverageTally: Sendable {
    /// How many features are zones of an area above 0.
    public private(set) var zoneCount = 0
    /// How many are none and count nowhere.
    public private(set) var others = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many zones of a weight hold nothing of the land that tells where it lies, so that it was
    /// spread evenly.
    public private(set) var unsettled = 0
    /// The area of all zones in square metres.
    public private(set) var zoneArea = 0.0
    /// The area that is covered at each distance, in square metres; where positions may be off,
    /// behind it what is covered for sure at each, and what may be.
    public private(set) var coveredAreas: [Double]
    /// The weight of all zones.
    public private(set) var demandWeight = 0.0
    /// The weight that is covered at each distance, and behind it as for the areas.
    public private(set) var coveredWeights: [Double]

    /// Starts at nothing.
    ///
    /// - Parameter zones: The operation whose results are added up.
    public init(of zones: ZoneCoverage) {
        coveredAreas = Array(repeating: 0, count: zones.areaCount)
        coveredWeights = coveredAreas
    }

    /// Adds a measured batch.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: ZoneCoverage.Measured) {
        unweighted += measured.weights.missing
        unsettled += measured.unsettled
        for row in measured.sizes.indices { add(row, of: measured) }
    }

    /// Adds one zone of a measured batch.
    mutating func add(_ row: Int, of measured: ZoneCoverage.Measured) {
        let size = measured.sizes[row]
        guard size > 0 else {
            others += 1
            return
        }
        zoneCount += 1
        zoneArea += size
        demandWeight += measured.weights.values[row]
        for (i, shares) in measured.shares.enumerated() {
            coveredAreas[i] += size * shares[row]
            coveredWeights[i] += measured.weights.values[row] * measured.weightShares[i][row]
        }
    }

    /// The share of the zones' area covered at a distance; `nil` where there are no zones.
    ///
    /// - Parameter index: The place of the distance.
    /// - Returns: From 0 to 1.
    public func coveredShare(_ index: Int) -> Double? {
        zoneArea == 0 ? nil : coveredAreas[index] / zoneArea
    }

    /// The share of the weight covered at a distance; `nil` where there is no weight.
    ///
    /// - Parameter index: The place of the distance.
    /// - Returns: From 0 to 1.
    public func coveredWeightShare(_ index: Int) -> Double? {
        demandWeight == 0 ? nil : coveredWeights[index] / demandWeight
    }
}
