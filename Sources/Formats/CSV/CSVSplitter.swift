import Features

/// Cuts a CSV text into blocks of whole rows, and keeps what is known of its columns.
struct CSVSplitter: BlockSplitter {
    private let options: ReadingOptions
    private var window: ByteWindow
    private var scanner: CSVRowScanner?
    private var header: CSVHeader?
    /// What the columns have held in the blocks that were given out.
    private var types: [CSVColumnType] = []
    private var nextIndex = 0
    private var waiting: FormatError?

    init(_ input: any ByteInput, options: ReadingOptions) {
        self.options = options
        window = ByteWindow(input, step: options.readBytes)
    }

    mutating func next() throws(FormatError) -> CSVBlock? {
        if let waiting { throw waiting }
        if header == nil { try readHeader() }
        guard let header, var scanner else { return nil }
        do throws(FormatError) {
            try fill(&scanner, count: FeatureBatch.usualCount)
        } catch {
            guard !scanner.rows.isEmpty else { throw error }
            waiting = error
        }
        guard !scanner.rows.isEmpty else { return nil }
        var block = CSVBlock(
            bytes: [], rows: scanner.rows, firstIndex: nextIndex, file: window.name,
            origin: window.origin, linesBefore: window.linesBefore, separator: scanner.separator,
            header: header, types: types)
        let end = scanner.openRow
        block.bytes = window.take(end)
        scanner.rebase(end)
        nextIndex += block.rows.count
        self.scanner = scanner
        return block
    }

    /// Positions are in the system that a person names, as no text of rows can name one.
    var crs: String? { nil }

    /// Gives out a block, with each column of the type that it and all before it ask for.
    mutating func accept(_ parsed: CSVBlock.Parsed) throws(FormatError) -> FeatureBatch {
        types = zip(types, parsed.types).map { $0.widened(by: $1) }
        if types == parsed.types { return parsed.batch }
        return try parsed.block.columns(as: types, of: parsed.batch)
    }

    func describe(_ collection: inout CollectionInfo) {
        collection.remarks = header?.remarks ?? []
    }

    /// Reads on until there are enough rows, or the input ends.
    private mutating func fill(_ scanner: inout CSVRowScanner, count: Int) throws(FormatError) {
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

    private mutating func readHeader() throws(FormatError) {
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
