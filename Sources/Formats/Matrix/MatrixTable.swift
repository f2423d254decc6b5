internal import Features
internal import Geometry

/// Rows of a matrix as bytes, ready to be written.
public struct MatrixBlock: Sendable {
    /// The bytes.
    let bytes: [UInt8]
    /// How many of them are an Arrow message's head, and how many its body; 0 in other forms.
    var headLength = 0
    var bodyLength = 0
}

/// A matrix as an Arrow table.
enum MatrixTable {
    /// The fields; none for a form that is no table.
    static func fields(_ form: MatrixForm, _ destinations: [String]) -> [ArrowField] {
        guard case .table(let isDense) = form else { return [] }
        func text(_ name: String) -> ArrowField {
            ArrowField(name: name, type: .text(isLarge: false))
        }
        func number(_ name: String) -> ArrowField {
            ArrowField(name: name, type: .float(bits: 64))
        }
        guard isDense else { return [text("from_id"), text("to_id"), number("metres")] }
        return [text("from_id")] + destinations.map(number)
    }

    /// A record batch of rows.
    static func block(
        of rows: NeighbourRows, _ form: MatrixForm, _ origins: ArraySlice<String>,
        _ destinations: [String]
    ) -> MatrixBlock {
        var body = ArrowBody()
        let count: Int
        if case .table(isDense: true) = form {
            count = rows.rows
            var columns = Array(
                repeating: [Double](repeating: .nan, count: count), count: destinations.count)
            for row in 0..<count {
                for entry in rows.entries(of: row) {
                    columns[Int(rows.indices[entry])][row] = rows.distances[entry]
                }
            }
            body.add(Column.string(origins.map { $0 }))
            for column in columns { body.add(numbers: column) }
        } else {
            count = rows.count
            let pairs = zip(0..<rows.rows, origins).flatMap { row, origin in
                rows.entries(of: row).map { (origin, $0) }
            }
            body.add(Column.string(pairs.map { $0.0 }))
            body.add(Column.string(pairs.map { destinations[Int(rows.indices[$0.1])] }))
            body.add(numbers: pairs.map { rows.distances[$0.1] })
        }
        let (message, head) = ArrowMessage.batch(count, body)
        return MatrixBlock(
            bytes: message, headLength: head, bodyLength: body.bytes.count)
    }
}

extension ArrowBody {
    /// Adds a column of numbers, all of them there.
    fileprivate mutating func add(numbers: [Double]) {
        add(node: numbers.count, nulls: 0)
        add(buffer: [])
        numbers.withUnsafeBytes { add(buffer: $0) }
    }
}
