import Features
import Geometry

/// Writes features as rows of comma-separated values.
struct CSVText: Sendable {
    let slots: [Slot]
    let separator: UInt8
    let decimals: Int
    let kinds: GeometryKinds

    /// What a column of the file holds.
    enum Slot: Hashable {
        case id, longitude, latitude, wkt
        case attribute(String)
    }

    /// Which kinds of geometry a column holds.
    struct GeometryKinds {
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
            for row in 0..<column.count {
                guard let shape = column[row] else { continue }
                if CSVText.isPlainPoint(shape) { hasPoints = true } else { hasOthers = true }
            }
        }
    }

    /// The text of some rows.
    func piece(_ rows: Range<Int>, of batch: FeatureBatch) -> TextPiece {
        var out = TextBuffer(capacity: 1 << 20)
        // Slots without a column in this batch have an empty one.
        let empty = Column(.bool([]), validity: Validity())
        let columns = slots.map { slot in
            if case .attribute(let name) = slot { return batch[name] ?? empty }
            return slot == .id ? batch.ids ?? empty : empty
        }
        let hasCells = columns.map { $0.count == batch.count }
        let points: GeometryColumn.Coordinates? =
            if kinds.isPointsOnly, case .points(let at) = batch.geometry.layout { at } else { nil }
        CellPointers.with(columns) { cells in
            CoordinatePointers.with(points ?? .init()) { coordinates in
                for row in rows {
                    let shape = kinds.isPointsOnly ? nil : batch.geometry[row]
                    for (at, slot) in slots.enumerated() {
                        if at > 0 { out.append(separator) }
                        switch slot {
                        case .id, .attribute:
                            if hasCells[at] { append(row, of: cells[at], to: &out) }
                        case .longitude, .latitude:
                            let isX = slot == .longitude
                            if points != nil {
                                guard batch.geometry.validity[row] else { continue }
                                let value = isX ? coordinates.x[row] : coordinates.y[row]
                                append(coordinate: value, to: &out)
                            } else if let shape, Self.isPlainPoint(shape),
                                case .point(let position) = shape
                            {
                                append(coordinate: isX ? position.x : position.y, to: &out)
                            }
                        case .wkt:
                            if let shape, !Self.isPlainPoint(shape) {
                                Self.append(
                                    Array(shape.wkt(decimals: decimals).utf8), separator, to: &out)
                            }
                        }
                    }
                    out.append(0x0A)
                }
            }
        }
        return TextPiece(bytes: out.bytes)
    }

    private static func isPlainPoint(_ shape: Shape) -> Bool {
        if case .point(let position) = shape { position.z == nil } else { false }
    }

    private func append(coordinate value: Double, to out: inout TextBuffer) {
        if value.isFinite { out.append(coordinate: value, decimals: decimals) }
    }

    @inline(__always)
    private func append(_ row: Int, of cells: CellPointers, to out: inout TextBuffer) {
        guard cells.isValid(row) else { return }
        switch cells.values {
        case .bool(let values): out.append(values[row] ? "true" : "false")
        case .int(let values): out.append(int: values[row])
        case .double(let values): if values[row].isFinite { out.append(number: values[row]) }
        case .string(let texts), .json(let texts): Self.append(texts[row], separator, to: &out)
        case .none: break
        }
    }

    static func append(_ text: [UInt8], _ separator: UInt8, to out: inout TextBuffer) {
        text.withUnsafeBufferPointer { append($0, separator, to: &out) }
    }

    /// Appends a text, in quotation marks where it needs them.
    private static func append(
        _ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8, to out: inout TextBuffer
    ) {
        var needsQuotes = bytes.isEmpty || bytes.first == 0x20 || bytes.last == 0x20
        for byte in bytes {
            if byte == separator || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D {
                needsQuotes = true
            }
        }
        guard needsQuotes else { return out.append(bytes) }
        out.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}
