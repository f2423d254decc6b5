/// A file that takes the rows of a matrix one after another, and appears on `finish` or not at all.
public final class MatrixSink {
    private let output: AtomicOutput
    /// The fields of a table; empty for other forms.
    private let fields: [ArrowField]
    private var position = 0
    /// Where the record batches of a table stand.
    private var blocks: [[Int64]] = []

    /// Opens a destination and writes its head.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard output.
    ///   - form: How the matrix is written.
    ///   - rows: How many rows it has.
    ///   - destinations: The identifier of each of its columns.
    /// - Throws: ``FormatError`` where nothing can be written there.
    public init(
        path: String, form: MatrixForm, rows: Int, destinations: [String]
    ) throws(FormatError) {
        output = try AtomicOutput(path)
        fields = MatrixTable.fields(form, destinations)
        let head =
            switch form {
            case .pairs: Array("from_id,to_id,metres\n".utf8)
            case .array: Self.head(rows: rows, columns: destinations.count)
            case .table: ArrowMessage.magic + [0, 0] + ArrowMessage.schema(fields)
            }
        try put(head)
    }

    /// The head of a `.npy`, padded so that the numbers begin at a multiple of 64 bytes.
    private static func head(rows: Int, columns: Int) -> [UInt8] {
        let text =
            "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
        let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
        var head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        head += [UInt8(length & 255), UInt8(length >> 8)]
        head += Array(text.utf8)
        head += [UInt8](repeating: 0x20, count: length - text.utf8.count - 1) + [0x0A]
        return head
    }

    /// Writes rows behind those written before.
    ///
    /// - Parameter block: The rows as ``MatrixForm/encode(_:origins:destinations:)`` wrote them.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ block: MatrixBlock) throws(FormatError) {
        if !fields.isEmpty {
            blocks.append([Int64(position), Int64(block.headLength), Int64(block.bodyLength)])
        }
        try put(block.bytes)
    }

    private func put(_ bytes: [UInt8]) throws(FormatError) {
        position += bytes.count
        try bytes.withUnsafeBufferPointer { bytes throws(FormatError) in
            try output.write(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Lets the file appear in its place.
    ///
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish() throws(FormatError) {
        if !fields.isEmpty {
            try put(ArrowMessage.end + ArrowMessage.footer(fields, batches: blocks))
        }
        try output.finish()
    }
}
