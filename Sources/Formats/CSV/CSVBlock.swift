import Features
import Geometry

/// Some whole rows of a file as text, to be parsed into one batch.
struct CSVBlock: TextBlock {
    var bytes: [UInt8]
    var rows: [Range<Int>]
    /// The place in the file of the first row, from 0.
    var firstIndex: Int
    var file: String
    /// The place in the file of the first byte.
    var origin: Int
    /// How many line breaks lie before the first byte.
    var linesBefore: Int
    var separator: UInt8
    var header: CSVHeader
    /// What the columns are known to hold.
    var types: [CSVColumnType]

    /// What parsing a block gives.
    struct Parsed: Sendable {
        var batch: FeatureBatch
        /// What the columns hold, in this block or by what was known before.
        var types: [CSVColumnType]
        /// The block, for the case that blocks before it ask for other types.
        var block: CSVBlock
    }

    /// Parses the rows; the types of the columns widen by what they hold.
    func parse(
        options: ReadingOptions, transformer: Transformer?
    ) throws(FormatError) -> Parsed {
        try bytes.withUnsafeBufferPointer { bytes throws(FormatError) in
            let fields = try split(bytes, columns: header.names.count)
            let geometry = try geometries(
                fields, bytes, header, transformer, keepsNumbers: options.keepsNumbers)
            var types = types
            let batch = columns(
                of: FeatureBatch(geometry: geometry, firstIndex: firstIndex), fields, bytes, &types)
            return Parsed(batch: batch, types: types, block: self)
        }
    }

    /// The columns of a batch once more, of other types.
    func columns(
        as types: [CSVColumnType], of batch: FeatureBatch
    ) throws(FormatError) -> FeatureBatch {
        try bytes.withUnsafeBufferPointer { bytes throws(FormatError) in
            let fields = try split(bytes, columns: header.names.count)
            var types = types
            return columns(of: batch, fields, bytes, &types)
        }
    }

    private func columns(
        of batch: FeatureBatch, _ fields: [CSVField], _ bytes: UnsafeBufferPointer<UInt8>,
        _ types: inout [CSVColumnType]
    ) -> FeatureBatch {
        var batch = batch
        for (at, name) in header.names.enumerated() {
            if at == header.wkt || at == header.position?.x || at == header.position?.y { continue }
            let cells = CSVColumn(
                fields: fields, first: at, stride: header.names.count, bytes: bytes)
            let column = cells.column(&types[at])
            batch.set(name, column)
            if at == header.id { batch.ids = column }
        }
        return batch
    }

    // MARK: Rows

    private func split(
        _ bytes: UnsafeBufferPointer<UInt8>, columns: Int
    ) throws(FormatError) -> [CSVField] {
        if let end = rows.last?.upperBound, let start = rows.first?.lowerBound,
            let fault = UTF8Check.firstFault(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        {
            throw Self.encodingError(bytes, start + fault, place: place(start + fault, row: nil))
        }
        var fields: [CSVField] = []
        fields.reserveCapacity(rows.count * columns)
        for (at, row) in rows.enumerated() {
            let before = fields.count
            CSVField.append(of: row, in: bytes, separator: separator, to: &fields)
            let count = fields.count - before
            guard count == columns else {
                throw FormatError(
                    .structure, at: place(row.lowerBound, row: at),
                    "the row has \(count) fields, the header has \(columns)",
                    remedy: "put fields that hold the separator into quotation marks, and give "
                        + "every row as many fields as the header")
            }
        }
        return fields
    }

    // MARK: Geometries

    private func geometries(
        _ fields: [CSVField], _ bytes: UnsafeBufferPointer<UInt8>, _ header: CSVHeader,
        _ transformer: Transformer?, keepsNumbers: Bool
    ) throws(FormatError) -> GeometryColumn {
        let columns = header.names.count
        if let wkt = header.wkt {
            var builder = GeometryColumnBuilder()
            for row in rows.indices {
                var shape = try shape(fields[row * columns + wkt], bytes, row)
                if shape == nil, let columns = header.position,
                    let place = try position(columns, of: row, fields, bytes)
                {
                    shape = .point(place)
                }
                builder.append(shape)
            }
            let column = builder.finish()
            let here = "\(file), features \(firstIndex + 1) to \(firstIndex + rows.count)"
            let moved = try transformer?.apply(column, place: here) ?? column
            if !keepsNumbers { try check(moved) }
            return moved
        }
        var x = [Double](repeating: .nan, count: rows.count)
        var y = x
        if let position = header.position {
            for row in rows.indices {
                if let found = try self.position(position, of: row, fields, bytes) {
                    x[row] = found.x
                    y[row] = found.y
                }
            }
            try transformer?.apply(
                &x, &y,
                place: "\(file), features \(firstIndex + 1) to \(firstIndex + rows.count)")
            for row in rows.indices where !keepsNumbers && !x[row].isNaN {
                try check(Position(x[row], y[row]), row)
            }
        }
        return GeometryColumn(longitudes: x, latitudes: y)
    }

    /// The position that two fields of a row give; `nil` where both are empty.
    @inline(__always)
    private func position(
        _ columns: (x: Int, y: Int), of row: Int, _ fields: [CSVField],
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(FormatError) -> Position? {
        let first = row * header.names.count
        let found = (
            try number(fields[first + columns.x], bytes, row, columns.x),
            try number(fields[first + columns.y], bytes, row, columns.y)
        )
        switch found {
        case (let longitude?, let latitude?): return Position(longitude, latitude)
        case (nil, nil): return nil
        default:
            throw FormatError(
                .geometry, at: place(rows[row].lowerBound, row: row),
                "the row has only one of \"\(header.names[columns.x])\" and "
                    + "\"\(header.names[columns.y])\"",
                remedy: "fill in both, or leave both empty for no geometry")
        }
    }

    private func check(_ position: Position, _ row: Int) throws(FormatError) {
        if position.isOnGlobe { return }
        let fault = OffGlobe.fault(position, at: rows[row].lowerBound)
        throw FormatError(
            fault.code, at: place(fault.at, row: row), fault.problem, remedy: fault.remedy)
    }

    private func check(_ column: GeometryColumn) throws(FormatError) {
        for row in 0..<column.count {
            var wrong: Position?
            column[row]?.forEachPosition { if !$0.isOnGlobe, wrong == nil { wrong = $0 } }
            if let wrong { try check(wrong, row) }
        }
    }

    /// The number in a field, `nil` for an empty one; spaces around it do not count.
    private func number(
        _ field: CSVField, _ bytes: UnsafeBufferPointer<UInt8>, _ row: Int, _ column: Int
    ) throws(FormatError) -> Double? {
        var (start, end) = (field.start, field.end)
        while start < end, bytes[start] == 0x20 { start += 1 }
        while start < end, bytes[end - 1] == 0x20 { end -= 1 }
        if start == end { return nil }
        if bytes[start] == UInt8(ascii: "+"), start + 1 < end { start += 1 }
        var scanner = JSONScanner(bytes, from: start, to: end)
        if let value = try? scanner.double(), scanner.at == end { return value }
        if let value = SexagesimalAngle.degrees(field.text(bytes)) { return value }
        throw FormatError(
            .geometry, at: place(rows[row].lowerBound, row: row),
            "\"\(field.text(bytes))\" in the column \"\(header.names[column])\" is no number",
            remedy: "write decimal degrees with a point, for example 127.3654; leave it empty for "
                + "no geometry")
    }

    private func shape(
        _ field: CSVField, _ bytes: UnsafeBufferPointer<UInt8>, _ row: Int
    ) throws(FormatError) -> Shape? {
        if field.start == field.end { return nil }
        do throws(GeometryError) {
            return try Shape(wkt: field.text(bytes))
        } catch {
            throw FormatError(
                .geometry, at: place(field.start, row: row), error.problem, remedy: error.remedy)
        }
    }

    // MARK: Errors

    private func place(_ at: Int, row: Int?) -> String {
        var place = file
        if let row { place += ", feature \(firstIndex + row + 1)" }
        let line = linesBefore + ByteWindow.lines(bytes[..<at]) + 1
        return place + ", line \(line) (byte \(origin + at))"
    }

    /// The error for a byte that is no UTF-8; in Korean files that is mostly CP949.
    static func encodingError(
        _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, place: String
    ) -> FormatError {
        let next = at + 1 < bytes.count ? bytes[at + 1] : 0
        let isCP949 =
            (0x81...0xFE).contains(bytes[at])
            && [0x41...0x5A, 0x61...0x7A, 0x81...0xFE].contains {
                ($0 as ClosedRange).contains(next)
            }
        return FormatError(
            .encoding, at: place,
            isCP949
                ? "the text is no UTF-8; it looks like CP949 (EUC-KR)"
                : "the text is no UTF-8",
            remedy: isCP949
                ? "convert it with `iconv -f cp949 -t utf-8 FILE > NEW`"
                : "convert it to UTF-8, for example with `iconv`")
    }
}
