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
    private var mayCross = false
    /// The box around all that was written.
    private var box: Envelope?
    /// Coordinates of the ring that is being written, scaled to whole numbers.
    private var scaledX: [Int64] = []
    private var scaledY: [Int64] = []

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
    private func cut(_ shape: Shape) throws(Fault) -> Shape {
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

    // MARK: Geometries

    /// The geometries of a column where they lie in memory.
    private struct GeometryPointers {
        let column: GeometryColumn
        let isAllValid: Bool
        let layout: Layout

        enum Layout {
            case points(CoordinatePointers)
            case chains(CoordinatePointers, UnsafeBufferPointer<Int>, Shape.Kind)
            case rings(
                CoordinatePointers, UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int>, Shape.Kind)
            case polygons(
                CoordinatePointers, UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int>,
                UnsafeBufferPointer<Int>)
            case shapes
        }
    }

    private mutating func withGeometries(
        of column: GeometryColumn,
        _ body: (GeometryPointers, inout GeoJSONText) throws(Fault) -> Void
    ) throws(Fault) {
        var text = self
        defer { self = text }
        func go(_ layout: GeometryPointers.Layout) throws(Fault) {
            try body(
                GeometryPointers(
                    column: column, isAllValid: column.validity.isAllValid, layout: layout), &text)
        }
        if mayCross { return try go(.shapes) }
        switch column.layout {
        case .points(let coordinates):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in try go(.points(at)) }
        case .chains(let coordinates, let offsets, let kind):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in
                try offsets.withUnsafeBufferPointer { offsets throws(Fault) in
                    try go(.chains(at, offsets, kind))
                }
            }
        case .rings(let coordinates, let rings, let offsets, let kind):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in
                try rings.withUnsafeBufferPointer { rings throws(Fault) in
                    try offsets.withUnsafeBufferPointer { offsets throws(Fault) in
                        try go(.rings(at, rings, offsets, kind))
                    }
                }
            }
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in
                try rings.withUnsafeBufferPointer { rings throws(Fault) in
                    try polygons.withUnsafeBufferPointer { polygons throws(Fault) in
                        try offsets.withUnsafeBufferPointer { offsets throws(Fault) in
                            try go(.polygons(at, rings, polygons, offsets))
                        }
                    }
                }
            }
        case .binary: try go(.shapes)
        }
    }

    @inline(__always)
    private mutating func append(
        _ row: Int, of geometries: GeometryPointers, to out: inout TextBuffer
    ) throws(Fault) {
        guard geometries.isAllValid || geometries.column.validity[row] else {
            return out.append("null")
        }
        switch geometries.layout {
        case .points(let coordinates):
            begin(.point, &out)
            if coordinates.x[row].isNaN, coordinates.y[row].isNaN {
                out.append("[]")
            } else {
                try append(coordinates, row, to: &out)
            }
        case .chains(let coordinates, let offsets, let kind):
            begin(kind, &out)
            try appendChain(coordinates, offsets[row]..<offsets[row + 1], to: &out)
        case .rings(let coordinates, let rings, let offsets, let kind):
            begin(kind, &out)
            try appendRings(
                coordinates, rings, offsets[row]..<offsets[row + 1], areal: kind == .polygon,
                to: &out)
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            begin(.multiPolygon, &out)
            out.append("[")
            for polygon in offsets[row]..<offsets[row + 1] {
                if polygon > offsets[row] { out.append(",") }
                try appendRings(
                    coordinates, rings, polygons[polygon]..<polygons[polygon + 1], areal: true,
                    to: &out)
            }
            out.append("]")
        case .shapes:
            guard let shape = geometries.column[row] else { return out.append("null") }
            return try append(mayCross ? cut(shape) : shape, to: &out)
        }
        out.append("}")
    }

    private func begin(_ kind: Shape.Kind, _ out: inout TextBuffer) {
        switch kind {
        case .point: out.append("{\"type\":\"Point\",\"coordinates\":")
        case .lineString: out.append("{\"type\":\"LineString\",\"coordinates\":")
        case .polygon: out.append("{\"type\":\"Polygon\",\"coordinates\":")
        case .multiPoint: out.append("{\"type\":\"MultiPoint\",\"coordinates\":")
        case .multiLineString: out.append("{\"type\":\"MultiLineString\",\"coordinates\":")
        case .multiPolygon: out.append("{\"type\":\"MultiPolygon\",\"coordinates\":")
        case .collection: out.append("{\"type\":\"GeometryCollection\",\"geometries\":")
        }
    }

    /// Appends a shape of any kind.
    private mutating func append(_ shape: Shape, to out: inout TextBuffer) throws(Fault) {
        begin(shape.kind, &out)
        switch shape {
        case .collection(let parts):
            out.append("[")
            for (at, part) in parts.enumerated() {
                if at > 0 { out.append(",") }
                try append(part, to: &out)
            }
            out.append("]")
        case .point(let position):
            if shape.isEmpty {
                out.append("[]")
            } else {
                try CoordinatePointers.with([position]) { at throws(Fault) in
                    try append(at, 0, to: &out)
                }
            }
        case .multiPoint(let positions), .lineString(let positions):
            try CoordinatePointers.with(positions) { at throws(Fault) in
                try appendChain(at, 0..<positions.count, to: &out)
            }
        case .multiLineString(let chains):
            try appendRings(chains, areal: false, to: &out)
        case .polygon(let rings):
            try appendRings(rings, areal: true, to: &out)
        case .multiPolygon(let polygons):
            out.append("[")
            for (at, rings) in polygons.enumerated() {
                if at > 0 { out.append(",") }
                try appendRings(rings, areal: true, to: &out)
            }
            out.append("]")
        }
        out.append("}")
    }

    private mutating func appendRings(
        _ chains: [[Position]], areal: Bool, to out: inout TextBuffer
    ) throws(Fault) {
        var ends = [0]
        for chain in chains { ends.append(ends[ends.count - 1] + chain.count) }
        try CoordinatePointers.with(chains.flatMap { $0 }) { at throws(Fault) in
            try ends.withUnsafeBufferPointer { ends throws(Fault) in
                try appendRings(at, ends, 0..<chains.count, areal: areal, to: &out)
            }
        }
    }

    private mutating func appendRings(
        _ coordinates: CoordinatePointers, _ ends: UnsafeBufferPointer<Int>, _ rings: Range<Int>,
        areal: Bool, to out: inout TextBuffer
    ) throws(Fault) {
        out.append("[")
        for ring in rings {
            if ring > rings.lowerBound { out.append(",") }
            let range = ends[ring]..<ends[ring + 1]
            if areal {
                try appendRing(coordinates, range, isHole: ring > rings.lowerBound, to: &out)
            } else {
                try appendChain(coordinates, range, to: &out)
            }
        }
        out.append("]")
    }

    // MARK: Positions

    private func append(
        _ coordinates: CoordinatePointers, _ at: Int, to out: inout TextBuffer
    ) throws(Fault) {
        let (x, y) = (coordinates.x[at], coordinates.y[at])
        guard x.isFinite, y.isFinite else { throw Self.notFinite(x, y) }
        out.append("[")
        out.append(coordinate: x, decimals: decimals)
        out.append(",")
        out.append(coordinate: y, decimals: decimals)
        appendHeight(coordinates, at, to: &out)
        out.append("]")
    }

    private func appendHeight(
        _ coordinates: CoordinatePointers, _ at: Int, to out: inout TextBuffer
    ) {
        guard let z = coordinates.z?[at], z.isFinite else { return }
        out.append(",")
        out.append(coordinate: z, decimals: Self.heightDecimals)
    }

    private static func notFinite(_ x: Double, _ y: Double) -> Fault {
        Fault(
            .badPosition, at: 0, "the position \(x), \(y) is not finite",
            remedy: "leave the feature out, or give it no geometry")
    }

    private func appendChain(
        _ coordinates: CoordinatePointers, _ range: Range<Int>, to out: inout TextBuffer
    ) throws(Fault) {
        out.append("[")
        for at in range {
            if at > range.lowerBound { out.append(",") }
            try append(coordinates, at, to: &out)
        }
        out.append("]")
    }

    /// Appends a ring, the outer one counterclockwise and holes clockwise; one that would have
    /// fewer than three corners left is written with all its digits.
    private mutating func appendRing(
        _ coordinates: CoordinatePointers, _ range: Range<Int>, isHole: Bool,
        to out: inout TextBuffer
    ) throws(Fault) {
        guard scale(coordinates, range), hasThreeCorners else {
            return try appendExactRing(coordinates, range, isHole: isHole, to: &out)
        }
        let last = range.count - 1
        let turn = scaledTurn
        let isReversed = isHole ? turn > 0 : turn < 0
        out.append("[")
        for step in 0...last {
            let at = isReversed ? last - step : step
            appendPosition(scaledX[at], scaledY[at], isFirst: step == 0, to: &out)
            if coordinates.z != nil { appendHeight(coordinates, range.lowerBound + at, to: &out) }
            out.append(UInt8(ascii: "]"))
        }
        out.append("]")
    }

    /// Appends a position but for its height and the bracket behind it.
    @inline(__always)
    private func appendPosition(
        _ x: Int64, _ y: Int64, isFirst: Bool, to out: inout TextBuffer
    ) {
        out.reserve(112)
        var end = out.end
        let start = end
        end.pointee = UInt8(ascii: ",")
        end += isFirst ? 0 : 1
        end.pointee = UInt8(ascii: "[")
        end += 1
        end += DecimalDigits.write(x, decimals: decimals, to: end)
        end.pointee = UInt8(ascii: ",")
        end += 1
        end += DecimalDigits.write(y, decimals: decimals, to: end)
        out.advance(end - start)
    }

    private mutating func scale(
        _ coordinates: CoordinatePointers, _ range: Range<Int>
    ) -> Bool {
        scaledX.removeAll(keepingCapacity: true)
        scaledY.removeAll(keepingCapacity: true)
        for at in range {
            guard let x = Rounding.scaled(coordinates.x[at], decimals: decimals),
                let y = Rounding.scaled(coordinates.y[at], decimals: decimals)
            else { return false }
            scaledX.append(x)
            scaledY.append(y)
        }
        return true
    }

    private var hasThreeCorners: Bool {
        guard let x = scaledX.first, let y = scaledY.first else { return false }
        var second: (x: Int64, y: Int64)?
        for at in scaledX.indices where scaledX[at] != x || scaledY[at] != y {
            guard let known = second else {
                second = (scaledX[at], scaledY[at])
                continue
            }
            if scaledX[at] != known.x || scaledY[at] != known.y { return true }
        }
        return false
    }

    /// Twice the signed area of the scaled ring.
    private var scaledTurn: Double {
        var area = 0.0
        let (x0, y0) = (scaledX[0], scaledY[0])
        var (dx, dy) = (0.0, 0.0)
        for at in scaledX.indices.dropFirst() {
            let (nx, ny) = (Double(scaledX[at] - x0), Double(scaledY[at] - y0))
            area += dx * ny - nx * dy
            (dx, dy) = (nx, ny)
        }
        return area
    }

    private func appendExactRing(
        _ coordinates: CoordinatePointers, _ range: Range<Int>, isHole: Bool,
        to out: inout TextBuffer
    ) throws(Fault) {
        var flat = FlatGeometries()
        for at in range { flat.append(coordinates.x[at], coordinates.y[at]) }
        let turn = flat.turn(0..<range.count)
        let isReversed = isHole ? turn > 0 : turn < 0
        out.append("[")
        for step in 0..<range.count {
            if step > 0 { out.append(",") }
            let at = isReversed ? range.upperBound - 1 - step : range.lowerBound + step
            let (x, y) = (coordinates.x[at], coordinates.y[at])
            guard x.isFinite, y.isFinite else { throw Self.notFinite(x, y) }
            out.append("[")
            out.append(number: x == 0 ? 0 : x)
            out.append(",")
            out.append(number: y == 0 ? 0 : y)
            appendHeight(coordinates, at, to: &out)
            out.append("]")
        }
        out.append("]")
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
