/// All positions within a distance of each of many places, row after row.
///
/// A matrix of distances in which only what is near is there, in compressed sparse rows: the entries
/// of row `r` stand at `starts[r]..<starts[r + 1]`, in the order in which the positions were given.
public struct NeighbourRows: Hashable, Sendable {
    /// Where each row begins, and at last where the last one ends: one more than there are rows.
    public private(set) var starts: [Int] = [0]
    /// The place of each position found, in the order given to the index.
    public private(set) var indices: [Int32] = []
    /// The distance to it in metres, within 1 µm of Karney's.
    public private(set) var distances: [Double] = []

    /// Creates a matrix of no rows.
    public init() {}

    /// Creates a matrix from its columns; `nil` where they do not belong to each other.
    ///
    /// - Parameters:
    ///   - counts: How many entries each row has.
    ///   - indices: The places of the positions found, row after row.
    ///   - distances: The distances to them in metres.
    package init?(
        counts: ArraySlice<Int32>, indices: ArraySlice<Int32>, distances: [Double]
    ) {
        starts.reserveCapacity(counts.count + 1)
        var end = 0
        for count in counts {
            guard count >= 0 else { return nil }
            end += Int(count)
            starts.append(end)
        }
        guard indices.count == end, distances.count == end else { return nil }
        self.indices = Array(indices)
        self.distances = distances
    }

    /// The number of rows.
    public var rows: Int { starts.count - 1 }

    /// The number of entries in all rows.
    public var count: Int { indices.count }

    /// The places of a row's entries in ``indices`` and ``distances``.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: An empty range for a row that reaches nothing.
    public func entries(of row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    /// Appends an entry to the row that has not been ended.
    ///
    /// - Parameters:
    ///   - index: The place of the position, greater than that of the entry before in the row.
    ///   - distance: Metres.
    @inline(__always)
    public mutating func append(_ index: Int32, _ distance: Double) {
        indices.append(index)
        distances.append(distance)
    }

    /// Appends an entry for every position, in the order given.
    ///
    /// - Parameters:
    ///   - count: How many positions there are.
    ///   - measure: Writes the distance of each, in metres.
    mutating func appendAll(_ count: Int, _ measure: (UnsafeMutablePointer<Double>) -> Void) {
        guard count > 0 else { return }
        indices.append(contentsOf: 0..<Int32(count))
        let first = distances.count
        distances.append(contentsOf: repeatElement(0, count: count))
        distances.withUnsafeMutableBufferPointer { all in
            if let base = all.baseAddress { measure(base + first) }
        }
    }

    /// Ends a row; entries appended from now on belong to the next.
    public mutating func endRow() { starts.append(indices.count) }

    /// Appends the rows of another matrix after those that have been ended.
    package mutating func append(contentsOf other: NeighbourRows) {
        let first = indices.count
        starts.append(contentsOf: other.starts.dropFirst().map { first + $0 })
        indices.append(contentsOf: other.indices)
        distances.append(contentsOf: other.distances)
    }

    /// Makes room for a number of rows and entries.
    package mutating func reserve(rows: Int, entries: Int) {
        starts.reserveCapacity(rows + 1)
        indices.reserveCapacity(entries)
        distances.reserveCapacity(entries)
    }

    /// Returns the rows with other numbers for the positions.
    ///
    /// - Parameter number: Gives the new number for each old one; must keep their order.
    /// - Returns: The renumbered rows.
    package func renumbered(_ number: (Int) -> Int32) -> NeighbourRows {
        var result = self
        for i in indices.indices { result.indices[i] = number(Int(indices[i])) }
        return result
    }
}
