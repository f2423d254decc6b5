/// Triples of rows of which no more than one site serves two or three: what whole rows keep to, and the
/// parts of sites that a relaxation mixes do not.
///
/// These are the subset rows of size three of M. Jepsen, B. Petersen, S. Spoorendonk, D. Pisinger, 2008,
/// https://doi.org/10.1287/opre.1070.0449.
struct RowTriples: Hashable {
    /// Three rows each, in ascending order.
    private(set) var rows: [[Int]] = []
    /// The triples of each row.
    private(set) var ofRow: [[Int32]]

    /// None, of so many rows.
    init(rows count: Int) { ofRow = Array(repeating: [], count: count) }

    /// Takes triples; `nil` where one is not three of so many rows.
    init?(_ triples: [[Int]], rows count: Int) {
        self.init(rows: count)
        for triple in triples {
            let rows = Set(triple).sorted()
            guard triple.count == 3, rows.count == 3, rows.allSatisfy(ofRow.indices.contains) else {
                return nil
            }
            add(rows)
        }
    }

    var count: Int { rows.count }

    /// Adds three rows in ascending order.
    mutating func add(_ triple: [Int]) {
        for row in triple { ofRow[row].append(Int32(rows.count)) }
        rows.append(triple)
    }
}
