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
    private var output: AtomicOutput
    private let path: String
    private let options: WritingOptions
    private let separator: UInt8
    private let target: TargetSystem
    private var buffer = TextBuffer()
    private var slots: [Slot] = []
    private var names: [String] = []
    private var taken: Set<String> = []
    private var hasHeader = false
    private var headerLength = 0
    /// Where rows have fewer fields than the header will have: up to which byte, and how many.
    private var shortRows: [(end: Int, fields: Int)] = []

    /// What a column of the file holds.
    private enum Slot: Hashable {
        case id, longitude, latitude, wkt
        case attribute(String)
    }

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
            options.separator == "," && path.lowercased().hasSuffix(".tsv")
            ? "\t" : options.separator
        guard let byte = wanted.asciiValue, byte != 0x0A, byte != 0x0D, byte != 0x22 else {
            throw FormatError(
                .structure, at: path, "\"\(wanted)\" cannot separate fields",
                remedy: "choose a comma, a semicolon or a tab")
        }
        separator = byte
        target = try TargetSystem(options, file: path)
        output = try AtomicOutput(path)
    }

    /// Writes a batch after those written before.
    ///
    /// - Parameter batch: The features.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ batch: FeatureBatch) throws(FormatError) {
        let batch = try target.transformed(batch)
        let kinds = GeometryKinds(batch.geometry)
        addSlots(of: batch, kinds)
        if !hasHeader { writeHeader() }
        let columns = slots.map { slot in
            if case .attribute(let name) = slot { return batch[name] }
            return slot == .id ? batch.ids : nil
        }
        for row in 0..<batch.count {
            let shape = kinds.isPointsOnly ? nil : batch.geometry[row]
            for (at, slot) in slots.enumerated() {
                if at > 0 { buffer.append(separator) }
                switch slot {
                case .id, .attribute: append(row, of: columns[at])
                case .longitude, .latitude:
                    append(slot, row, batch.geometry, shape, kinds)
                case .wkt:
                    if let shape, !Self.isPlainPoint(shape) { append(wkt: shape) }
                }
            }
            buffer.append(0x0A)
            if buffer.count > 1 << 20 { try output.write(&buffer) }
        }
    }

    /// Ends the file and lets it appear.
    ///
    /// - Parameter collection: What is said of the collection; it has no place in this format.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish(_ collection: CollectionInfo) throws(FormatError) {
        if !hasHeader { writeHeader() }
        try output.write(&buffer)
        if !shortRows.isEmpty { try writeAnew() }
        try output.finish()
    }

    // MARK: Columns

    private func addSlots(of batch: FeatureBatch, _ kinds: GeometryKinds) {
        var wanted: [Slot] = []
        let hasID = batch.columns.contains { $0.name.lowercased() == "id" }
        if batch.ids != nil, !hasID { wanted.append(.id) }
        wanted += batch.columns.map { .attribute($0.name) }
        if kinds.hasPoints { wanted += [.longitude, .latitude] }
        if kinds.hasOthers { wanted.append(.wkt) }
        let known = Set(slots)
        let new = wanted.filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        if hasHeader { shortRows.append((output.count + buffer.count, slots.count)) }
        for slot in new {
            if case .attribute(let name) = slot { taken.insert(name.lowercased()) }
        }
        for slot in new {
            slots.append(slot)
            names.append(name(of: slot))
        }
    }

    private func name(of slot: Slot) -> String {
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
            append(text: Array(name.utf8)[...])
        }
        if !names.isEmpty { buffer.append(0x0A) }
        headerLength = buffer.count
    }

    /// Writes the file again with the whole header and every row filled up.
    private func writeAnew() throws(FormatError) {
        let before = output
        let rowsStart = headerLength
        output = try AtomicOutput(path)
        writeHeader()
        var at = 0
        var isQuoted = false
        var segment = 0
        try before.readBack { bytes throws(FormatError) in
            for byte in bytes {
                defer { at += 1 }
                if at < rowsStart { continue }
                while segment < shortRows.count, at >= shortRows[segment].end { segment += 1 }
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if byte == 0x0A, !isQuoted, segment < shortRows.count {
                    for _ in shortRows[segment].fields..<slots.count { buffer.append(separator) }
                }
                buffer.append(byte)
            }
            try output.write(&buffer)
        }
        try output.write(&buffer)
    }

    // MARK: Fields

    private func append(_ row: Int, of column: Column?) {
        guard let column, column.validity[row] else { return }
        switch column.storage {
        case .bool(let values): buffer.append(values[row] ? "true" : "false")
        case .int(let values): buffer.append(int: values[row])
        case .double(let values): if values[row].isFinite { buffer.append(number: values[row]) }
        case .string(let texts), .json(let texts): append(text: texts.utf8(row))
        }
    }

    private func append(text bytes: ArraySlice<UInt8>) {
        let needsQuotes =
            bytes.isEmpty || bytes.first == 0x20 || bytes.last == 0x20
            || bytes.contains {
                $0 == separator || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
            }
        guard needsQuotes else {
            bytes.withUnsafeBufferPointer { buffer.append($0) }
            return
        }
        buffer.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private var decimals: Int { target.decimals(options.precision) }

    private func append(wkt shape: Shape) {
        append(text: Array(shape.wkt(decimals: decimals).utf8)[...])
    }

    private func append(
        _ slot: Slot, _ row: Int, _ column: GeometryColumn, _ shape: Shape?,
        _ kinds: GeometryKinds
    ) {
        let position: (x: Double, y: Double)
        if kinds.isPointsOnly, case .points(let coordinates) = column.layout {
            guard column.validity[row] else { return }
            position = (coordinates.x[row], coordinates.y[row])
        } else if let shape, Self.isPlainPoint(shape), case .point(let at) = shape {
            position = (at.x, at.y)
        } else {
            return
        }
        let value = slot == .longitude ? position.x : position.y
        if value.isFinite { buffer.append(coordinate: value, decimals: decimals) }
    }

    private static func isPlainPoint(_ shape: Shape) -> Bool {
        if case .point(let position) = shape { position.z == nil } else { false }
    }

    /// Which kinds of geometry a column holds.
    private struct GeometryKinds {
        var hasPoints = false
        var hasOthers = false
        /// Whether all rows are points without heights, or null.
        var isPointsOnly = false

        init(_ column: GeometryColumn) {
            if case .points(let coordinates) = column.layout, coordinates.z == nil {
                isPointsOnly = true
                hasPoints = column.validity.nullCount < column.count
                return
            }
            for shape in column.shapes {
                guard let shape else { continue }
                if CSVSink.isPlainPoint(shape) { hasPoints = true } else { hasOthers = true }
            }
        }
    }
}
