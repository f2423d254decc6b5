public import Features
import Geometry

/// Features to comma-separated values (RFC 4180, lines ending in LF) with a header.
///
/// Points become the columns `lon` and `lat`, or `x` and `y` in a projected system; what is no
/// point, or has heights, becomes well-known text in the column `wkt`. The identifier comes first
/// where it is not an attribute already. An empty text is written `""`, null as nothing (readers
/// that do not tell them apart, ``CSVSource`` among them, take both for null). Where later batches
/// bring new columns, the file is written anew on `finish` so that the header names them all. The
/// file appears on `finish`, or not at all.
public final class CSVSink: FeatureSink {
    private var pipe: TextPipe
    private let path: String
    private let options: WritingOptions
    private let separator: UInt8
    private let target: TargetSystem
    private var buffer = TextBuffer()
    private var slots: [CSVText.Slot] = []
    private var names: [String] = []
    private var taken: Set<String> = []
    private var hasHeader = false
    private var headerLength = 0
    /// Where rows have fewer fields than the header will have: up to which byte, and how many.
    private var shortRows: [(end: Int, fields: Int)] = []

    /// Opens a destination.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard output.
    ///   - options: How to write.
    /// - Throws: ``FormatError`` where nothing can be written there, or the separator is no single
    ///   byte.
    public init(path: String, options: WritingOptions = WritingOptions()) throws(FormatError) {
        self.path = path
        self.options = options
        let wanted =
            options.separator == "," && FileFormat.ending(path) == "tsv"
            ? "\t" : options.separator
        guard let byte = wanted.asciiValue, byte != 0x0A, byte != 0x0D, byte != 0x22 else {
            throw FormatError(
                .structure, at: path, "\"\(wanted)\" cannot separate fields",
                remedy: "choose a comma, a semicolon or a tab")
        }
        separator = byte
        target = try TargetSystem(options, file: path)
        pipe = try TextPipe(path: path, options)
    }

    /// Writes a batch after those written before.
    ///
    /// Text is made on all processors; a fault may come out of a later call.
    ///
    /// - Parameter batch: The features.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ batch: FeatureBatch) throws(FormatError) {
        let batch = try target.transformed(batch)
        let kinds = CSVText.GeometryKinds(batch.geometry)
        try addSlots(of: batch, kinds)
        if !hasHeader { writeHeader() }
        try pipe.write(&buffer)
        let text = CSVText(
            slots: slots, separator: separator, decimals: target.decimals(options.precision),
            kinds: kinds)
        try pipe.add(batch) { rows throws(FormatError) in text.piece(rows, of: batch) }
    }

    /// Ends the file and lets it appear.
    ///
    /// - Parameter collection: What is said of the collection; it has no place in this format.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish(_ collection: CollectionInfo) throws(FormatError) {
        if !hasHeader { writeHeader() }
        try pipe.drain()
        try pipe.write(&buffer)
        if !shortRows.isEmpty { try writeAnew() }
        try pipe.finish()
    }

    // MARK: Columns

    private func addSlots(
        of batch: FeatureBatch, _ kinds: CSVText.GeometryKinds
    ) throws(FormatError) {
        var wanted: [CSVText.Slot] = []
        let hasID = batch.columns.contains { $0.name.lowercased() == "id" }
        if batch.ids != nil, !hasID { wanted.append(.id) }
        wanted += batch.columns.map { .attribute($0.name) }
        if kinds.hasPoints { wanted += [.longitude, .latitude] }
        if kinds.hasOthers { wanted.append(.wkt) }
        let known = Set(slots)
        let new = wanted.filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        if hasHeader {
            try pipe.drain()
            shortRows.append((pipe.count, slots.count))
        }
        for slot in new {
            if case .attribute(let name) = slot { taken.insert(name.lowercased()) }
        }
        for slot in new {
            slots.append(slot)
            names.append(name(of: slot))
        }
    }

    private func name(of slot: CSVText.Slot) -> String {
        let candidates: [String]
        switch slot {
        case .attribute(let name): return name
        case .id: candidates = ["id", "feature_id"]
        case .longitude: candidates = target.isInDegrees ? ["lon", "longitude"] : ["x", "easting"]
        case .latitude: candidates = target.isInDegrees ? ["lat", "latitude"] : ["y", "northing"]
        case .wkt: candidates = ["wkt", "geometry", "geom"]
        }
        let free = candidates.first { !taken.contains($0) } ?? "geometry_\(candidates[0])"
        taken.insert(free)
        return free
    }

    private func writeHeader() {
        hasHeader = true
        if options.writesByteOrderMark { buffer.append(ByteOrderMark.utf8) }
        for (at, name) in names.enumerated() {
            if at > 0 { buffer.append(separator) }
            CSVText.append(Array(name.utf8), separator, to: &buffer)
        }
        if !names.isEmpty { buffer.append(0x0A) }
        headerLength = buffer.count
    }

    /// Writes the file again with the whole header and every row filled up.
    private func writeAnew() throws(FormatError) {
        let before = pipe.readBack()
        let rowsStart = headerLength
        pipe = try TextPipe(path: path, options)
        writeHeader()
        var at = 0
        var isQuoted = false
        var segment = 0
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let read = try piece.withUnsafeMutableBufferPointer { space throws(FormatError) in
                try before.read(into: UnsafeMutableRawBufferPointer(space))
            }
            if read == 0 { break }
            for byte in piece[..<read] {
                defer { at += 1 }
                if at < rowsStart { continue }
                while segment < shortRows.count, at >= shortRows[segment].end { segment += 1 }
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if byte == 0x0A, !isQuoted, segment < shortRows.count {
                    for _ in shortRows[segment].fields..<slots.count { buffer.append(separator) }
                }
                buffer.append(byte)
            }
            try pipe.write(&buffer)
        }
        try pipe.write(&buffer)
    }
}
