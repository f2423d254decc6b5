/// Which rows sites served together in relaxations, the later ones counted more: an estimate of what the
/// linear relaxation of all such columns would mix.
///
/// Averages of what subgradient steps open approach a solution of the primal (F. Barahona, R. Anbil, 2000,
/// https://doi.org/10.1007/s101070050002).
struct ServedColumns {
    private var weights: [[Int]: Double] = [:]
    private var total = 0.0
    private var weight = 1.0

    /// Adds the rows of each site of one relaxation.
    mutating func add(_ columns: [[Int]]) {
        weight /= 0.97
        total += weight
        for column in columns where column.count > 1 {
            weights[column.sorted(), default: 0] += weight
        }
    }

    /// Triples of which more than one site serves two or three, those that do most first.
    ///
    /// - Parameters:
    ///   - most: How many at most.
    ///   - known: Triples that are not asked for.
    /// - Returns: The triples, three rows each in ascending order.
    func triples(atMost most: Int, besides known: RowTriples) -> [[Int]] {
        let count = known.ofRow.count
        // In an order that is the same on every run, as sums are rounded.
        let columns = weights.map { (rows: $0.key, share: $0.value / total) }
            .filter { $0.share > 1e-4 }
            .sorted { $0.rows.lexicographicallyPrecedes($1.rows) }
        var ofRow = [[Int]](repeating: [], count: count)
        for (place, column) in columns.enumerated() {
            for row in column.rows { ofRow[row].append(place) }
        }
        // Two rows that are always together, or next to never, are in none.
        var near = [[Int: Double]](repeating: [:], count: count)
        for row in 0..<count {
            for place in ofRow[row] {
                for other in columns[place].rows where other != row {
                    near[row][other, default: 0] += columns[place].share
                }
            }
            near[row] = near[row].filter { $0.value > 0.02 && $0.value < 0.98 }
        }
        var seen = Set(known.rows)
        var found: [(excess: Double, rows: [Int])] = []
        for row in 0..<count {
            let others = near[row].keys.sorted()
            for (place, b) in others.enumerated() {
                for c in others[(place + 1)...] {
                    let pairs =
                        (near[row][b] ?? 0) + (near[row][c] ?? 0) + (near[b][c] ?? 0)
                    let triple = [row, b, c].sorted()
                    guard pairs > 1 + Self.least, seen.insert(triple).inserted else { continue }
                    var excess = pairs - 1
                    for place in ofRow[row]
                    where columns[place].rows.contains(b) && columns[place].rows.contains(c) {
                        excess -= 2 * columns[place].share
                    }
                    if excess > Self.least { found.append((excess, triple)) }
                }
            }
        }
        found.sort {
            ($1.excess, $0.rows[0], $0.rows[1], $0.rows[2])
                < ($0.excess, $1.rows[0], $1.rows[1], $1.rows[2])
        }
        // A row in many of them is enough for now.
        var used = [Int](repeating: 0, count: count)
        var taken: [[Int]] = []
        for (_, triple) in found where taken.count < most && triple.allSatisfy({ used[$0] < 5 }) {
            for row in triple { used[row] += 1 }
            taken.append(triple)
        }
        return taken
    }

    /// What a triple has to be beyond one, as averages are not exact.
    private static let least = 0.05
}
