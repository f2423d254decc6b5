/// The nearest positions to many places, row after row in two flat columns.
public struct NeighbourTable: Hashable, Sendable {
    /// How many neighbours a row has room for.
    public let k: Int
    /// The number of rows.
    public let rows: Int
    /// The places of the neighbours in the order given to the index; -1 where there is none.
    public private(set) var indices: [Int32]
    /// The distances in metres; NaN where there is none.
    public private(set) var distances: [Double]

    /// Creates a table without any neighbours.
    ///
    /// - Parameters:
    ///   - rows: The number of rows.
    ///   - k: How many neighbours a row has room for.
    package init(rows: Int, k: Int) {
        self.rows = rows
        self.k = k
        indices = Array(repeating: -1, count: rows * k)
        distances = Array(repeating: .nan, count: rows * k)
    }

    /// Creates a table from its columns; `nil` where they are not those of so many rows.
    ///
    /// - Parameters:
    ///   - rows: The number of rows.
    ///   - k: How many neighbours a row has room for.
    ///   - indices: The places of the neighbours, row after row; -1 where there is none.
    ///   - distances: The distances in metres; NaN where there is none.
    package init?(rows: Int, k: Int, indices: [Int32], distances: [Double]) {
        guard indices.count == rows * k, distances.count == rows * k else { return nil }
        self.rows = rows
        self.k = k
        self.indices = indices
        self.distances = distances
    }

    /// Puts a neighbour into a row.
    ///
    /// - Parameters:
    ///   - row: The row, from 0.
    ///   - rank: 0 for the nearest.
    ///   - neighbour: The neighbour.
    package mutating func set(_ row: Int, _ rank: Int, _ neighbour: PointIndex.Neighbour) {
        indices[row * k + rank] = Int32(neighbour.index)
        distances[row * k + rank] = neighbour.distance
    }

    /// Gives the columns to be written to, row after row.
    mutating func withColumns(
        _ body: (_ indices: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Double>)
            -> Void
    ) {
        indices.withUnsafeMutableBufferPointer { indices in
            distances.withUnsafeMutableBufferPointer { distances in
                guard let indices = indices.baseAddress, let distances = distances.baseAddress
                else { return }
                body(indices, distances)
            }
        }
    }

    /// A neighbour of a row.
    ///
    /// - Parameters:
    ///   - row: The row, from 0.
    ///   - rank: 0 for the nearest.
    /// - Returns: The neighbour, or `nil` where there are fewer.
    public subscript(row: Int, rank: Int) -> PointIndex.Neighbour? {
        let index = indices[row * k + rank]
        return index < 0
            ? nil : PointIndex.Neighbour(index: Int(index), distance: distances[row * k + rank])
    }

    /// The places of the neighbours of a rank, row after row; -1 where there is none.
    ///
    /// - Parameter rank: 0 for the nearest.
    /// - Returns: One place a row.
    package func indices(ofRank rank: Int) -> [Int32] {
        k == 1 ? indices : (0..<rows).map { indices[$0 * k + rank] }
    }

    /// The distances of the neighbours of a rank in metres, row after row; NaN where there is none.
    ///
    /// - Parameter rank: 0 for the nearest.
    /// - Returns: One distance a row.
    package func distances(ofRank rank: Int) -> [Double] {
        k == 1 ? distances : (0..<rows).map { distances[$0 * k + rank] }
    }

    /// Returns the table with other numbers for the neighbours.
    ///
    /// - Parameter number: Gives the new number for each old one.
    /// - Returns: The renumbered table.
    package func renumbered(_ number: (Int) -> Int32) -> NeighbourTable {
        var table = self
        for i in indices.indices where indices[i] >= 0 {
            table.indices[i] = number(Int(indices[i]))
        }
        return table
    }
}

extension NeighbourTable {
    /// Returns the table with room for more neighbours a row.
    ///
    /// - Parameter k: How many a row, at least as many as there are.
    /// - Returns: The wider table.
    package func padded(to k: Int) -> NeighbourTable {
        guard k > self.k else { return self }
        var table = NeighbourTable(rows: rows, k: k)
        for row in 0..<rows {
            for rank in 0..<self.k {
                if let neighbour = self[row, rank] { table.set(row, rank, neighbour) }
            }
        }
        return table
    }
}
