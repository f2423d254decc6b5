import Features
import Geometry

/// A piece of a text that is written.
struct TextPiece: Sendable {
    var bytes: [UInt8]
    /// How many bytes they were before they were packed.
    var count = 0
    /// The box around the features in it, where one is wanted.
    var box: Envelope?
}

/// Writes the pieces of a text in order while they are made on all processors.
struct TextPipe {
    private let output: AtomicOutput
    private let compression: Compression?
    /// How many bytes of text have been written.
    private(set) var count = 0
    private var work = OrderedWork<TextPiece>()
    /// The box around what has been written.
    private(set) var box: Envelope?

    /// About how many bytes of text make one piece.
    private static let pieceBytes = 1 << 20

    /// Opens a destination; `-` is standard output.
    init(path: String, _ options: WritingOptions) throws(FormatError) {
        output = try AtomicOutput(path)
        compression = options.compression ?? Compression(path: path)
    }

    /// The name by which errors call the destination.
    var name: String { output.name }

    /// Makes pieces of some rows each of a batch.
    ///
    /// Faults come out of this or of a later call.
    mutating func add(
        _ batch: FeatureBatch,
        make: @escaping @Sendable (Range<Int>) throws(FormatError) -> TextPiece
    ) throws(FormatError) {
        let rows = max(1, Self.pieceBytes * batch.count / max(1, Self.estimate(batch)))
        var start = 0
        while start < batch.count {
            let range = start..<min(start + rows, batch.count)
            while work.isFull { try writeNext() }
            work.add { [compression, name] () throws(FormatError) in
                var piece = try make(range)
                piece.count = piece.bytes.count
                if let compression {
                    piece.bytes = try compression.pack(piece.bytes, file: name)
                }
                return piece
            }
            start = range.upperBound
        }
    }

    /// Writes what a buffer holds behind all that has been handed in, and empties the buffer.
    mutating func write(_ buffer: inout TextBuffer) throws(FormatError) {
        guard buffer.count > 0 else { return }
        try drain()
        count += buffer.count
        guard let compression else { return try output.write(&buffer) }
        try compression.pack(buffer.bytes, file: name).withUnsafeBufferPointer {
            bytes throws(FormatError) in
            try output.write(UnsafeRawBufferPointer(bytes))
        }
        buffer.removeAll()
    }

    /// Writes what is left and lets the output appear.
    mutating func finish() throws(FormatError) {
        try drain()
        try output.finish()
    }

    /// The text that has been written.
    func readBack() -> any ByteInput {
        let input = WrittenInput(output)
        return compression.map { UnpackedInput(input, $0) } ?? input
    }

    /// Writes all that has been handed in.
    mutating func drain() throws(FormatError) { while !work.isEmpty { try writeNext() } }

    private mutating func writeNext() throws(FormatError) {
        guard let piece = try work.next() else { return }
        count += piece.count
        if let box = piece.box { self.box = self.box?.union(box) ?? box }
        try piece.bytes.withUnsafeBufferPointer { bytes throws(FormatError) in
            try output.write(UnsafeRawBufferPointer(bytes))
        }
    }

    /// About how many bytes of text a batch becomes.
    private static func estimate(_ batch: FeatureBatch) -> Int {
        let positions =
            switch batch.geometry.layout {
            case .points(let coordinates), .chains(let coordinates, _, _),
                .rings(let coordinates, _, _, _), .polygons(let coordinates, _, _, _):
                coordinates.count
            case .binary(let bytes, _): bytes.count / 16
            }
        var total = 80 * batch.count + 24 * positions
        for named in batch.columns {
            total += (named.name.utf8.count + 6) * batch.count
            switch named.column.storage {
            case .bool, .int, .double: total += 8 * batch.count
            case .string(let texts), .json(let texts): total += texts.bytes.count
            }
        }
        return total
    }
}
