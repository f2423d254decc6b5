internal import Geometry

/// What the distances to the nearest facility of each layer add up to, batch after batch in order.
public struct ProximityTally: Sendable {
    /// The figures of one target layer.
    public struct Row: Hashable, Sendable {
        /// The target layer's name.
        public let layer: String
        /// How many features have a facility within the limit.
        public fileprivate(set) var reached = 0
        /// How many have a place but none within the limit.
        public fileprivate(set) var unreached = 0
        /// How many would perhaps have another nearest, or none, or one after all, if positions were
        /// exact; 0 where that is not asked.
        public fileprivate(set) var fragile = 0
        /// The sum of the distances to the nearest in metres.
        fileprivate var total = 0.0
        /// The least distance in metres; infinite where none is reached.
        public fileprivate(set) var least = Double.infinity
        /// The greatest distance in metres.
        public fileprivate(set) var greatest = 0.0

        /// The mean distance in metres, or `nil` where none is reached.
        public var mean: Double? { reached == 0 ? nil : total / Double(reached) }
    }

    /// The figures, one a target layer.
    public private(set) var rows: [Row]
    /// How many features have been measured.
    public private(set) var count = 0
    /// How many have no place.
    public private(set) var unlocated = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0

    /// How many have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0

    /// Starts at nothing.
    ///
    /// - Parameter proximity: The operation whose results are added up.
    public init(of proximity: Proximity) {
        rows = proximity.targets.map { Row(layer: $0.name) }
    }

    /// Adds measured distances.
    ///
    /// - Parameter measured: The batch that follows those added before.
    public mutating func add(_ measured: Proximity.Measured) {
        count += measured.places.longitudes.count
        unlocated += measured.places.unlocated
        represented += measured.places.represented
        missingAccuracies += measured.missingAccuracies
        for (target, certainty) in measured.certainties.enumerated() {
            for row in 0..<measured.places.count where certainty.label(row, 0) == .fragile {
                rows[target].fragile += 1
            }
        }
        for (target, table) in measured.tables.enumerated() {
            for row in 0..<table.rows {
                if let nearest = table[row, 0]?.distance {
                    rows[target].reached += 1
                    rows[target].total += nearest
                    rows[target].least = min(rows[target].least, nearest)
                    rows[target].greatest = max(rows[target].greatest, nearest)
                } else if measured.places[row] != nil {
                    rows[target].unreached += 1
                }
            }
        }
    }
}
