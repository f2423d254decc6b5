import Features
import Geometry

/// Writes features as GeoJSON text, one a line.
struct GeoJSONText: Sendable {
    let decimals: Int
    let writesBoxes: Bool
    /// Whether positions are degrees, so that what crosses the antimeridian is cut there.
    let isOnGlobe: Bool
    /// What stands before each feature.
    let recordStart: StaticString
    /// What stands between two features.
    let separator: StaticString
    /// Whether a geometry of this batch may have to be cut.
    var mayCross = false
    /// Whether numbers of positions are written with all their digits instead.
    var isExact = false
    /// The box around all that was written.
    private var box: Envelope?

    init(
        decimals: Int, writesBoxes: Bool, isOnGlobe: Bool, recordStart: StaticString = "",
        separator: StaticString
    ) {
        self.decimals = decimals
        self.writesBoxes = writesBoxes
        self.isOnGlobe = isOnGlobe
        self.recordStart = recordStart
        self.separator = separator
    }

    /// Digits after the decimal point of heights: millimetres.
    static let heightDecimals = 3

    /// Hands the features of a batch to a pipe; `hasBefore` says whether features were written
    /// before.
    func write(
        _ batch: FeatureBatch, hasBefore: Bool, to pipe: inout TextPipe
    ) throws(FormatError) {
        var text = self
        text.mayCross = isOnGlobe && batch.geometry.mayCrossAntimeridian
        let names = Self.names(of: batch)
        let place = pipe.name
        try pipe.add(batch) { [text] rows throws(FormatError) in
            var text = text
            return try text.piece(rows, of: batch, names, hasBefore: hasBefore, place: place)
        }
    }

    /// The text of some rows.
    private mutating func piece(
        _ rows: Range<Int>, of batch: FeatureBatch, _ names: StringColumn, hasBefore: Bool,
        place: String
    ) throws(FormatError) -> TextPiece {
        var out = TextBuffer(capacity: 1 << 20)
        var row = rows.lowerBound
        do throws(Fault) {
            let columns = batch.columns.map(\.column) + (batch.ids.map { [$0] } ?? [])
            try CellPointers.with(columns) { cells throws(Fault) in
                let ids = batch.ids == nil ? nil : cells.last
                try TextPointers.with(names) { names throws(Fault) in
                    try withGeometries(of: batch.geometry) { geometries, text throws(Fault) in
                        while row < rows.upperBound {
                            if row > 0 || hasBefore { out.append(text.separator) }
                            try text.append(row, cells, ids, names, geometries, to: &out)
                            row += 1
                        }
                    }
                }
            }
        } catch {
            let id = batch.id(row).map { " (id \"\($0)\")" } ?? ""
            throw FormatError(
                error.code, at: "\(place), feature \(batch.firstIndex + row + 1)\(id)",
                error.problem, remedy: error.remedy)
        }
        return TextPiece(bytes: out.bytes, box: box)
    }

    private mutating func append(
        _ row: Int, _ cells: [CellPointers], _ ids: CellPointers?, _ names: TextPointers,
        _ geometries: GeometryPointers, to out: inout TextBuffer
    ) throws(Fault) {
        out.append(recordStart)
        out.append("{\"type\":\"Feature\"")
        if let ids, ids.isValid(row) {
            out.append(",\"id\":")
            Self.append(row, of: ids, to: &out)
        }
        out.append(",\"properties\":{")
        for at in 0..<names.offsets.count - 1 {
            out.append(names[at])
            Self.append(row, of: cells[at], to: &out)
        }
        out.append("},")
        if writesBoxes, let box = try box(of: row, in: geometries.column) {
            self.box = self.box?.union(box) ?? box
            append(box, to: &out)
            out.append(UInt8(ascii: ","))
        }
        out.append("\"geometry\":")
        try append(row, of: geometries, to: &out)
        out.append("}")
    }

    /// The texts of all features of a batch, one after another.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - body: Is told after each feature how many bytes there are.
    /// - Returns: The bytes.
    /// - Throws: A fault of the feature behind those that were told.
    mutating func texts(
        of batch: FeatureBatch, _ body: (Int) -> Void
    ) throws(Fault) -> [UInt8] {
        mayCross = isOnGlobe && batch.geometry.mayCrossAntimeridian
        var out = TextBuffer(capacity: 1 << 16)
        let columns = batch.columns.map(\.column) + (batch.ids.map { [$0] } ?? [])
        try CellPointers.with(columns) { cells throws(Fault) in
            let ids = batch.ids == nil ? nil : cells.last
            try TextPointers.with(Self.names(of: batch)) { names throws(Fault) in
                try withGeometries(of: batch.geometry) { geometries, text throws(Fault) in
                    for row in 0..<batch.count {
                        try text.append(row, cells, ids, names, geometries, to: &out)
                        body(out.count)
                    }
                }
            }
        }
        return out.bytes
    }

    /// The names of a batch's columns as JSON, with the colon behind and a comma before all but the
    /// first.
    static func names(of batch: FeatureBatch) -> StringColumn {
        var names = StringColumn()
        for (at, named) in batch.columns.enumerated() {
            names.append(
                utf8: (at > 0 ? [UInt8(ascii: ",")] : []) + JSONText.string(named.name.utf8)
                    + [UInt8(ascii: ":")])
        }
        return names
    }

    @inline(__always)
    private static func append(_ row: Int, of cells: CellPointers, to out: inout TextBuffer) {
        guard cells.isValid(row) else { return out.append("null") }
        switch cells.values {
        case .bool(let values): out.append(values[row] ? "true" : "false")
        case .int(let values): out.append(int: values[row])
        case .double(let values): out.append(number: values[row])
        case .string(let texts): out.append(jsonString: texts.range(row), of: texts.bytes)
        case .json(let texts): out.append(texts[row])
        case .none: break
        }
    }

    private func box(of row: Int, in column: GeometryColumn) throws(Fault) -> Envelope? {
        guard let shape = column[row] else { return nil }
        return mayCross ? try cut(shape).envelope : shape.envelope
    }

    /// The shape cut at the antimeridian.
    func cut(_ shape: Shape) throws(Fault) -> Shape {
        do {
            return try Antimeridian.cut(shape)
        } catch {
            throw Fault(
                .geometry, at: 0,
                "the polygon crosses the antimeridian and cannot be cut there: \(error.problem)",
                remedy: "make the polygon valid first")
        }
    }

    func append(_ box: Envelope, to out: inout TextBuffer) {
        out.append("\"bbox\":[")
        out.append(coordinate: box.minX, decimals: decimals)
        out.append(UInt8(ascii: ","))
        out.append(coordinate: box.minY, decimals: decimals)
        out.append(UInt8(ascii: ","))
        out.append(coordinate: box.maxX, decimals: decimals)
        out.append(UInt8(ascii: ","))
        out.append(coordinate: box.maxY, decimals: decimals)
        out.append(UInt8(ascii: "]"))
    }
}

extension GeometryColumn {
    /// Whether any geometry of the column may have to be cut at the antimeridian.
    fileprivate var mayCrossAntimeridian: Bool {
        switch layout {
        case .points(let coordinates), .chains(let coordinates, _, _),
            .rings(let coordinates, _, _, _), .polygons(let coordinates, _, _, _):
            coordinates.x.contains { $0.magnitude > 180 }
        case .binary: true
        }
    }
}
