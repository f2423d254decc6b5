public import Geometry

/// How far it is from each place of a flow to each facility: a matrix of costs that need not be
/// dense and is never all in memory.
///
/// The facilities are its columns, prepared once; rows are made where they are asked for, a batch at
/// a time, from an index. What needs the matrix twice makes it twice.
public struct CostMatrix: Sendable {
    /// The facilities: the columns.
    public let facilities: FacilityLayer
    /// The greatest cost that is in the matrix; `nil` for any, which makes it dense.
    public let limit: Distance?

    /// Creates a matrix.
    ///
    /// - Parameters:
    ///   - facilities: The columns.
    ///   - limit: The greatest cost; a facility exactly at it counts. `nil` for any.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a limit that is not above 0.
    public init(to facilities: FacilityLayer, within limit: Distance? = nil) throws {
        guard limit.map({ $0.metres > 0 }) ?? true else {
            throw AnalysisError(
                .badArgument, at: "", "a matrix needs a distance of more than 0",
                remedy: "give one, for example 20km, or none for all pairs")
        }
        self.facilities = facilities
        self.limit = limit
    }

    /// Makes rows of the matrix.
    ///
    /// - Parameter places: Where the rows start; one without a place has no entries.
    /// - Returns: One row a place: facilities by their place in the layer, with metres.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    /// - Complexity: O(m log n + r) on average for m places, n facilities and r entries.
    public func rows(from places: Places) throws -> NeighbourRows {
        try facilities.finder.reach(
            longitudes: places.longitudes, latitudes: places.latitudes, within: limit)
    }

    /// Makes rows of the matrix, some hundreds at a time, so that no more of it is in memory.
    ///
    /// - Parameters:
    ///   - places: Where the rows start.
    ///   - body: Gets the place of the first of the rows, and the rows, in order.
    /// - Throws: ``AnalysisError`` where a place is not on the globe, and what `body` throws.
    func forEachBlock(
        of places: Places, _ body: (_ first: Int, _ rows: NeighbourRows) throws -> Void
    ) throws {
        for first in stride(from: 0, to: places.count, by: Self.blockSize) {
            let range = first..<min(first + Self.blockSize, places.count)
            try body(first, rows(range, of: places))
        }
    }

    /// The rows of some of the places.
    func rows(_ range: Range<Int>, of places: Places) throws -> NeighbourRows {
        try facilities.finder.reach(
            longitudes: Array(places.longitudes[range]),
            latitudes: Array(places.latitudes[range]), within: limit)
    }

    private static let blockSize = 512
}
