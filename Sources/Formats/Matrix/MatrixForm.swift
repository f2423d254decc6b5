internal import Features
public import Geometry

/// How a matrix of distances is written.
public enum MatrixForm: Hashable, Sendable {
    /// Comma-separated values (RFC 4180) of `from_id`, `to_id` and `metres`, to the micrometre: one
    /// line a pair.
    case pairs
    /// NumPy's `.npy` of 64-bit floats in rows, NaN where there is no entry, version 1.0
    /// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
    case array
    /// An Arrow file (https://arrow.apache.org/docs/format/Columnar.html): `from_id` and a column of
    /// metres for each facility, named by its identifier, NaN where there is no entry; or, where
    /// only what is near is in the matrix, `from_id`, `to_id` and `metres`, a row a pair.
    case table(isDense: Bool)

    /// Tells the form by the ending of a file's name.
    ///
    /// - Parameters:
    ///   - path: `.csv` for pairs, `.npy` for an array, `.arrow` for a table; `-` is standard output,
    ///     pairs.
    ///   - isDense: Whether all pairs are in the matrix.
    public init?(path: String, isDense: Bool = true) {
        switch FileFormat.ending(path) {
        case "csv": self = .pairs
        case "npy": self = .array
        case "arrow", "feather": self = .table(isDense: isDense)
        default:
            guard path == "-" else { return nil }
            self = .pairs
        }
    }

    /// Writes rows of a matrix as bytes.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - origins: The identifier of each row.
    ///   - destinations: The identifier of each column of the matrix.
    /// - Returns: The rows as bytes, for ``MatrixSink/write(_:)``.
    public func encode(
        _ rows: NeighbourRows, origins: ArraySlice<String>, destinations: [String]
    ) -> MatrixBlock {
        switch self {
        case .table: return MatrixTable.block(of: rows, self, origins, destinations)
        case .pairs:
            var text = TextBuffer(capacity: 1 << 16)
            for (row, origin) in zip(0..<rows.rows, origins) {
                let start = Array(MatrixForm.field(origin).utf8)
                for entry in rows.entries(of: row) {
                    text.append(start)
                    text.append(UInt8(ascii: ","))
                    text.append(text: MatrixForm.field(destinations[Int(rows.indices[entry])]))
                    text.append(UInt8(ascii: ","))
                    text.append(coordinate: rows.distances[entry], decimals: 6)
                    text.append(UInt8(ascii: "\n"))
                }
            }
            return MatrixBlock(bytes: text.bytes)
        case .array:
            let width = destinations.count
            var values = [UInt64](
                repeating: Double.nan.bitPattern.littleEndian, count: rows.rows * width)
            for row in 0..<rows.rows {
                for entry in rows.entries(of: row) {
                    values[row * width + Int(rows.indices[entry])] =
                        rows.distances[entry].bitPattern.littleEndian
                }
            }
            return MatrixBlock(bytes: values.withUnsafeBytes { Array($0) })
        }
    }

    /// A field of comma-separated values.
    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return text
        }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
