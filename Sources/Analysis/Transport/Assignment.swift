internal import Geometry

/// One to one: each place gets a facility of its own, or none.
enum Assignment {
    /// Assigns as many places as can be, with the least total distance of all ways to do so.
    ///
    /// Shortest augmenting paths over reduced costs, place by place (R. Jonker and A. Volgenant, 1987,
    /// https://doi.org/10.1007/BF02278710), on a sparse matrix: a pair that is not in it cannot be
    /// assigned.
    ///
    /// - Parameters:
    ///   - rows: For each place the facilities it may have, with metres.
    ///   - columns: The number of facilities.
    /// - Returns: For each place its entry in `rows`; `nil` for one without a facility.
    /// - Complexity: O(n (r + n log n)) for n places and r entries at worst; usually far less.
    static func optimal(_ rows: NeighbourRows, columns: Int) -> [Int?] {
        var search = AugmentingSearch(rows, columns: columns)
        for row in 0..<rows.rows { search.augment(from: row) }
        return (0..<rows.rows).map { search.entryOf[$0] < 0 ? nil : search.entryOf[$0] }
    }

    /// Assigns the nearest pair of all, then the nearest of those left, and so on.
    ///
    /// Of equal distances the first place, then the first facility.
    ///
    /// - Parameters:
    ///   - rows: For each place the facilities it may have, with metres.
    ///   - columns: The number of facilities.
    /// - Returns: For each place its entry in `rows`; `nil` for one without a facility.
    /// - Complexity: O(r log r) for r entries.
    static func greedy(_ rows: NeighbourRows, columns: Int) -> [Int?] {
        var entryOf = [Int?](repeating: nil, count: rows.rows)
        var isTaken = [Bool](repeating: false, count: columns)
        let pairs = (0..<rows.rows).flatMap { row in
            rows.entries(of: row).map { (row: row, entry: $0) }
        }
        let sorted = pairs.sorted {
            let (a, b) = (rows.distances[$0.entry], rows.distances[$1.entry])
            return a != b ? a < b : $0.entry < $1.entry
        }
        for (row, entry) in sorted where entryOf[row] == nil {
            let column = Int(rows.indices[entry])
            if isTaken[column] { continue }
            isTaken[column] = true
            entryOf[row] = entry
        }
        return entryOf
    }
}

/// The search for shortest augmenting paths.
private struct AugmentingSearch {
    private let rows: NeighbourRows
    /// The entry of each row; -1 for none.
    var entryOf: [Int]
    /// The row of each column; -1 for none.
    private var rowOf: [Int]
    private var rowPrice: [ServiceCost]
    private var columnPrice: [ServiceCost]
    /// Of the columns seen in this search: the way to each, and the entry by which it is reached.
    private var way: [ServiceCost]
    private var reachedBy: [Int]
    private var reachedFrom: [Int]
    private var isSeen: [Bool]
    private var isDone: [Bool]
    private var queue = PriorityQueue<ServiceCost, Int>()

    init(_ rows: NeighbourRows, columns: Int) {
        self.rows = rows
        entryOf = Array(repeating: -1, count: rows.rows)
        rowOf = Array(repeating: -1, count: columns)
        rowPrice = Array(repeating: .zero, count: rows.rows)
        columnPrice = Array(repeating: .zero, count: columns)
        way = columnPrice
        reachedBy = rowOf
        reachedFrom = rowOf
        isSeen = Array(repeating: false, count: columns)
        isDone = isSeen
    }

    /// Finds a facility for a row, or leaves one row without.
    mutating func augment(from start: Int) {
        var seen: [Int] = []
        var done: [Int] = []
        var row = start
        var length = ServiceCost.zero
        // Where a row is better left without a facility than anything that is nearer to be had.
        var leaving = (row: start, length: ServiceCost.refusal - rowPrice[start])
        var sink: Int?
        queue.removeAll()
        search: while true {
            for entry in rows.entries(of: row) {
                let column = Int(rows.indices[entry])
                if isDone[column] { continue }
                let reduced =
                    length + ServiceCost(rows.distances[entry]) - rowPrice[row]
                    - columnPrice[column]
                if !isSeen[column] {
                    isSeen[column] = true
                    seen.append(column)
                } else if way[column] <= reduced {
                    continue
                }
                way[column] = reduced
                reachedBy[column] = entry
                reachedFrom[column] = row
                queue.insert(column, priority: reduced)
            }
            while true {
                guard let next = queue.first, next.priority < leaving.length else { break search }
                queue.popFirst()
                let column = next.element
                if isDone[column] || way[column] != next.priority { continue }
                length = next.priority
                if rowOf[column] < 0 {
                    sink = column
                    break search
                }
                isDone[column] = true
                done.append(column)
                row = rowOf[column]
                let without = length + ServiceCost.refusal - rowPrice[row]
                if without < leaving.length { leaving = (row, without) }
                break
            }
        }
        let total = sink == nil ? leaving.length : length
        rowPrice[start] = rowPrice[start] + total
        for column in done where way[column] < total {
            let gain = total - way[column]
            columnPrice[column] = columnPrice[column] - gain
            rowPrice[rowOf[column]] = rowPrice[rowOf[column]] + gain
        }
        shift(to: sink, leaving: leaving.row, from: start)
        for column in seen {
            isSeen[column] = false
            isDone[column] = false
        }
    }

    /// Gives each row on the path the column that comes after it.
    private mutating func shift(to sink: Int?, leaving: Int, from start: Int) {
        var column = sink ?? -1
        if sink == nil {
            // The row that is left without gives its column to the one before it.
            if leaving == start { return }
            column = Int(rows.indices[entryOf[leaving]])
            entryOf[leaving] = -1
        }
        while true {
            let row = reachedFrom[column]
            let before = entryOf[row]
            entryOf[row] = reachedBy[column]
            rowOf[column] = row
            if row == start { return }
            column = Int(rows.indices[before])
        }
    }
}
