internal import Features
internal import Geometry

/// What each facility's catchment adds up to, batch after batch in order.
///
/// Sums run over the features in their order, so that cutting the flow into other batches changes
/// no bit of them.
public struct CatchmentTally: Sendable {
    /// How many demand features belong to each facility.
    public private(set) var counts: [Int]
    /// The weight of the demand that belongs to each facility.
    public private(set) var weights: [Double]
    /// The sum of weight times distance, in metres, for each facility.
    private var travel: [Double]
    /// The greatest distance from each facility to its demand in metres; 0 without any.
    private var farthest: [Double]
    /// How many features belong to no facility because all are beyond the limit.
    public private(set) var unassigned = 0
    /// How many have no place.
    public private(set) var unlocated = 0
    /// How many have no weight and count 0.
    public private(set) var unweighted = 0
    /// How many are no points and are represented by a position inside them.
    public private(set) var represented = 0
    /// How many might belong to another facility, or to none, if positions were exact; 0 where that
    /// is not asked.
    public private(set) var fragile = 0
    /// How many have no accuracy and are taken as exact.
    public private(set) var missingAccuracies = 0
    /// The convex hull of all demand.
    private var outline = DemandHull()
    /// Positions whose convex hull holds all demand.
    var hull: [Position] { outline.corners }

    /// Starts at nothing.
    ///
    /// - Parameter catchment: The operation whose results are added up.
    public init(of catchment: Catchment) {
        let count = catchment.facilities.count
        counts = Array(repeating: 0, count: count)
        weights = Array(repeating: 0, count: count)
        travel = weights
        farthest = weights
    }

    /// Adds an assigned batch.
    ///
    /// - Parameter assigned: The batch that follows those added before.
    /// - Throws: Where the hull of the demand cannot be found.
    public mutating func add(_ assigned: Catchment.Assigned) throws {
        unweighted += assigned.weights.missing
        represented += assigned.places.represented
        unlocated += assigned.places.unlocated
        missingAccuracies += assigned.missingAccuracies
        if let certainty = assigned.certainty {
            fragile += (0..<assigned.places.count).count { certainty.label($0, 0) == .fragile }
        }
        for (row, facility) in assigned.facilities.enumerated() {
            if facility < 0 {
                if assigned.places[row] != nil { unassigned += 1 }
                continue
            }
            let weight = assigned.weights.values[row]
            counts[facility] += 1
            weights[facility] += weight
            travel[facility] += weight * assigned.distances[row]
            farthest[facility] = max(farthest[facility], assigned.distances[row])
        }
        try outline.add(assigned.places)
    }

    /// The mean distance from a facility to its demand in metres, weighted; `nil` without weight.
    ///
    /// - Parameter facility: Its place in the layer, from 0.
    /// - Returns: Metres.
    public func meanDistance(_ facility: Int) -> Double? {
        weights[facility] == 0 ? nil : travel[facility] / weights[facility]
    }

    /// The greatest distance from a facility to its demand in metres; `nil` without any.
    ///
    /// - Parameter facility: Its place in the layer, from 0.
    /// - Returns: Metres.
    public func maxDistance(_ facility: Int) -> Double? {
        counts[facility] == 0 ? nil : farthest[facility]
    }
}
