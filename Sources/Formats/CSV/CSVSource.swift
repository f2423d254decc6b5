public import Features

/// Features from comma-separated values (RFC 4180) with a header.
///
/// Separators are comma, semicolon, tab or bar, whichever the header has most; line ends are CRLF,
/// LF or CR; the text is UTF-8. Columns called `lon` and `lat` (in many spellings, Korean ones
/// too) become points, a column called `wkt`, `geometry` or `geom` geometries of any kind; those
/// columns are not attributes as well. Without either, features have no geometry and a remark says
/// so. Empty fields are null. A column holds whole numbers, numbers or texts; numbers with leading
/// zeros and whole numbers of more than 18 digits are codes, hence texts. A column's type is found
/// batch by batch and only widens: once text, always text. A column `id` is an attribute and the
/// identifier of the features.
public final class CSVSource: FeatureSource {
    /// What is known of the whole.
    public private(set) var collection: CollectionInfo
    private let options: ReadingOptions
    private var window: ByteWindow
    private var scanner: CSVRowScanner?
    private var header: CSVHeader?
    private var types: [CSVColumnType] = []
    private var nextIndex = 0
    private var waiting: FormatError?
    private var isAtEnd = false
    private var system: SourceSystem

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard input.
    ///   - options: How to read.
    /// - Throws: ``FormatError`` where the file cannot be opened.
    public convenience init(
        path: String, options: ReadingOptions = ReadingOptions()
    ) throws(FormatError) {
        self.init(try FileInput(path), options: options)
    }

    /// Reads a text that is in memory.
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8.
    ///   - name: The name by which errors call it.
    ///   - options: How to read.
    public convenience init(
        bytes: [UInt8], name: String = "CSV", options: ReadingOptions = ReadingOptions()
    ) {
        self.init(MemoryInput(bytes, name: name), options: options)
    }

    init(_ input: any ByteInput, options: ReadingOptions) {
        self.options = options
        collection = CollectionInfo(name: FileFormat.layerName(input.name))
        window = ByteWindow(input, step: options.readBytes)
        system = SourceSystem(options, file: input.name)
    }

    /// Reads the next block of rows.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file, the feature and the line.
    public func next() throws(FormatError) -> FeatureBatch? {
        if let waiting { throw waiting }
        if header == nil { try readHeader() }
        guard let header, var scanner, !isAtEnd else { return nil }
        do throws(FormatError) {
            try fill(&scanner, count: FeatureBatch.usualCount)
        } catch {
            guard !scanner.rows.isEmpty else { throw error }
            waiting = error
        }
        isAtEnd = scanner.rows.isEmpty
        guard !isAtEnd else { return nil }
        let block = CSVBlock(
            bytes: [], rows: scanner.rows, firstIndex: nextIndex, file: window.name,
            origin: window.origin, linesBefore: window.linesBefore, separator: scanner.separator)
        let batch = try take(block, &scanner, header)
        nextIndex += batch.count
        self.scanner = scanner
        collection.remarks = header.remarks + system.remarks
        collection.warnings = system.warnings
        return batch
    }

    private func take(
        _ block: CSVBlock, _ scanner: inout CSVRowScanner, _ header: CSVHeader
    ) throws(FormatError) -> FeatureBatch {
        var block = block
        let end = scanner.openRow
        block.bytes = window.take(end)
        scanner.rebase(end)
        return try block.parse(header, types: &types, transformer: try system.transformer())
    }

    /// Reads on until there are enough rows, or the input ends.
    private func fill(_ scanner: inout CSVRowScanner, count: Int) throws(FormatError) {
        while true {
            let isFull: Bool
            do throws(Fault) {
                isFull = try window.bytes.withUnsafeBufferPointer { bytes throws(Fault) in
                    try scanner.scan(
                        bytes, to: window.count, isFinal: window.isAtEnd,
                        enough: (count, options.blockBytes))
                }
            } catch {
                throw FormatError(
                    error.code, at: window.place(error.at), error.problem, remedy: error.remedy)
            }
            if isFull || window.isAtEnd { return }
            _ = try window.fill()
        }
    }

    private func readHeader() throws(FormatError) {
        while window.count < 4, try window.fill() {}
        let hasMark = window.bytes[..<window.count].starts(with: ByteOrderMark.utf8)
        let start = hasMark ? 3 : 0
        if let known = KnownBytes.describe(window.bytes[..<window.count]) {
            throw FormatError(
                .unknownFormat, at: window.name, "this is no CSV but \(known.what)",
                remedy: known.remedy)
        }
        // The line end of the header is found with any separator: only quotation marks count.
        var first = CSVRowScanner(separator: UInt8(ascii: ","), at: start)
        try fill(&first, count: 1)
        guard let line = first.rows.first else {
            throw FormatError(
                .truncated, at: window.name, "the file is empty",
                remedy: "begin it with a line of column names")
        }
        let separator = CSVHeader.separator(of: window.bytes[line])
        var second = CSVRowScanner(separator: separator, at: start)
        try fill(&second, count: 1)
        let row = second.rows.first ?? line
        let names = try window.bytes.withUnsafeBufferPointer { bytes throws(FormatError) in
            let slice = UnsafeBufferPointer(rebasing: bytes[row])
            if let fault = UTF8Check.firstFault(slice) {
                throw CSVBlock.encodingError(
                    bytes, row.lowerBound + fault, place: window.place(row.lowerBound + fault))
            }
            var fields: [CSVField] = []
            CSVField.append(of: row, in: bytes, separator: separator, to: &fields)
            return fields.map { Self.trimmed($0.text(bytes)) }
        }
        header = try CSVHeader(names, options: options, file: window.name)
        types = [CSVColumnType](repeating: .none, count: names.count)
        collection.remarks = header?.remarks ?? []
        second.rows.removeAll()
        scanner = second
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
