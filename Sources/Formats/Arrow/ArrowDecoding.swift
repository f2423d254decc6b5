internal import CZstd
import Features
import Geometry

/// What cannot be made of a batch.
enum ArrowFault: Error {
    case damaged
    case packed(String)
}

/// A column of a batch with its buffers.
struct ArrowVector {
    let field: ArrowField
    let count: Int
    let validity: Validity
    let buffers: [[UInt8]]
    let children: [ArrowVector]
}

/// Reads the columns of a record batch, parents first.
struct ArrowVectorReader {
    private let body: [UInt8]
    private var nodes: ArraySlice<[Int64]>
    private var buffers: ArraySlice<[Int64]>
    private let isPacked: Bool
    let count: Int

    init(_ header: FlatTable, _ body: [UInt8]) throws(ArrowFault) {
        self.body = body
        do throws(FlatTable.Damage) {
            let count: Int64 = try header.number(0)
            guard (0..<1 << 31).contains(count) else { throw FlatTable.Damage() }
            self.count = Int(count)
            nodes = try header.structs(1, words: 2)[...]
            buffers = try header.structs(2, words: 2)[...]
            let packing = try header.table(3)
            isPacked = packing != nil
            let codec: UInt8 = try packing?.number(0) ?? 1
            guard codec == 1 else { throw FlatTable.Damage() }
        } catch {
            if let packing = try? header.table(3), (try? packing.number(0, usual: UInt8(0))) == 0 {
                throw .packed("LZ4")
            }
            throw .damaged
        }
    }

    mutating func next(_ field: ArrowField) throws(ArrowFault) -> ArrowVector {
        let type = field.dictionary?.index ?? field.type
        // A row takes a bit at least, but for columns of nothing.
        let limit: Int64 = isPacked ? 1 << 31 : type == .null ? 1 << 26 : Int64(body.count) * 8
        guard let node = nodes.popFirst(), node[0] >= 0, node[0] <= limit else { throw .damaged }
        let count = Int(node[0])
        var number: Int
        switch type {
        case .null: number = 0
        case .structure, .fixedList: number = 1
        case .text, .binary: number = 3
        case .other(10), .other(8), .other(9), .other(18), .other(3), .other(7), .other(15):
            number = 2
        case .other: throw .packed(type.title)
        default: number = 2
        }
        var parts: [[UInt8]] = []
        while number > 0 {
            parts.append(try buffer())
            number -= 1
        }
        var validity = Validity(repeating: type != .null, count: count)
        if let bits = parts.first, !bits.isEmpty, node[1] != 0 {
            guard bits.count >= (count + 7) / 8 else { throw .damaged }
            validity = Validity(bits: bits, count: count)
        }
        var children: [ArrowVector] = []
        if field.dictionary == nil {
            for child in field.children { children.append(try next(child)) }
        }
        return ArrowVector(
            field: field, count: count, validity: validity, buffers: Array(parts.dropFirst()),
            children: children)
    }

    private mutating func buffer() throws(ArrowFault) -> [UInt8] {
        guard let place = buffers.popFirst(), place[0] >= 0, place[1] >= 0,
            place[0] <= body.count, place[1] <= body.count - Int(place[0])
        else { throw .damaged }
        let bytes = body[Int(place[0])..<Int(place[0]) + Int(place[1])]
        guard isPacked, !bytes.isEmpty else { return Array(bytes) }
        guard bytes.count >= 8 else { throw .damaged }
        let length = bytes.prefix(8).reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        if length == -1 { return Array(bytes.dropFirst(8)) }
        let stated = bytes.dropFirst(8).withUnsafeBytes {
            ZSTD_getFrameContentSize($0.baseAddress, $0.count)
        }
        guard length >= 0, length < 1 << 32, stated == UInt64(length) else { throw .damaged }
        var isRight = false
        let unpacked = [UInt8](unsafeUninitializedCapacity: Int(length)) { out, count in
            count = bytes.dropFirst(8).withUnsafeBytes { packed in
                let written = ZSTD_decompress(
                    out.baseAddress, out.count, packed.baseAddress, packed.count)
                isRight = ZSTD_isError(written) == 0 && written == Int(length)
                return isRight ? written : 0
            }
        }
        guard isRight else { throw .damaged }
        return unpacked
    }
}

extension ArrowVector {
    /// So many values of a plain type from a buffer.
    private func values<Element: BitwiseCopyable>(
        _ buffer: Int, _ count: Int, _ zero: Element
    ) throws(ArrowFault) -> [Element] {
        let size = MemoryLayout<Element>.stride
        guard buffer < buffers.count, buffers[buffer].count / size >= count else {
            if count == 0 { return [] }
            throw .damaged
        }
        return [Element](unsafeUninitializedCapacity: count) { out, written in
            UnsafeMutableRawBufferPointer(out).copyBytes(from: buffers[buffer].prefix(size * count))
            written = count
        }
    }

    /// Where the parts of each row begin, and the last one ends; none of them leads out of `limit`.
    func offsets(isLarge: Bool, limit: Int) throws(ArrowFault) -> [Int] {
        if count == 0 { return [0] }
        let offsets: [Int] =
            isLarge
            ? try values(0, count + 1, Int64(0)).map { Int($0) }
            : try values(0, count + 1, Int32(0)).map { Int($0) }
        var before = 0
        for offset in offsets {
            guard offset >= before, offset <= limit else { throw .damaged }
            before = offset
        }
        return offsets
    }

    /// The numbers of a column of whole or other numbers.
    func numbers() throws(ArrowFault) -> [Double]? {
        switch field.type {
        case .float(64): return try values(0, count, 0.0)
        case .float: return try values(0, count, Float(0)).map { Double($0) }
        default: return nil
        }
    }

    func integers(_ type: ArrowType) throws(ArrowFault) -> [Int64]? {
        switch type {
        case .int(8, true): return try values(0, count, Int8(0)).map { Int64($0) }
        case .int(8, false): return try values(0, count, UInt8(0)).map { Int64($0) }
        case .int(16, true): return try values(0, count, Int16(0)).map { Int64($0) }
        case .int(16, false): return try values(0, count, UInt16(0)).map { Int64($0) }
        case .int(32, true): return try values(0, count, Int32(0)).map { Int64($0) }
        case .int(32, false): return try values(0, count, UInt32(0)).map { Int64($0) }
        case .int(64, true): return try values(0, count, Int64(0))
        case .int: return try values(0, count, UInt64(0)).map { Int64(clamping: $0) }
        default: return nil
        }
    }

    func texts(isLarge: Bool) throws(ArrowFault) -> StringColumn {
        guard buffers.count == 2 else { throw .damaged }
        let offsets = try offsets(isLarge: isLarge, limit: buffers[1].count)
        let bytes = buffers[1]
        let isText = bytes.withUnsafeBufferPointer { UTF8Check.firstFault($0) == nil }
        guard isText else { throw .damaged }
        return StringColumn(bytes: bytes, offsets: offsets)
    }

    /// The attribute that the column is; `nil` where there is no type for it.
    func column(_ dictionaries: [Int64: Column]) throws(ArrowFault) -> Column? {
        if let dictionary = field.dictionary {
            guard let words = dictionaries[dictionary.id],
                let places = try integers(dictionary.index)
            else { return nil }
            var builder = ColumnBuilder()
            for (row, place) in places.enumerated() {
                guard validity[row] else {
                    builder.appendNulls()
                    continue
                }
                guard place >= 0, place < words.count else { throw .damaged }
                builder.append(words[Int(place)])
            }
            return builder.finish(as: words.kind)
        }
        switch field.type {
        case .null:
            let texts = StringColumn(repeatElement("", count: count))
            return Column(.string(texts), validity: validity)
        case .bool:
            guard let bits = buffers.first, bits.count >= (count + 7) / 8 else {
                if count == 0 { return Column(.bool([])) }
                throw .damaged
            }
            let values = (0..<count).map { bits[$0 / 8] >> UInt8($0 % 8) & 1 != 0 }
            return Column(.bool(values), validity: validity)
        case .int:
            guard let values = try integers(field.type) else { return nil }
            return Column(.int(values), validity: validity)
        case .float:
            guard let values = try numbers() else { return nil }
            return Column(.double(values), validity: validity)
        case .text(let isLarge):
            let texts = try texts(isLarge: isLarge)
            return Column(
                field.extensionName == "arrow.json" ? .json(texts) : .string(texts),
                validity: validity)
        default: return nil
        }
    }

    // MARK: Geometries

    /// The geometries that the column is, or `nil` where it is none.
    func geometries(_ name: String) throws(ArrowFault) -> GeometryColumn? {
        switch (name, field.type) {
        case ("geoarrow.wkb", .binary(let isLarge)), ("ogc.wkb", .binary(let isLarge)):
            guard buffers.count == 2 else { throw .damaged }
            let offsets = try offsets(isLarge: isLarge, limit: buffers[1].count)
            return GeometryColumn(.binary(buffers[1], offsets: offsets), validity: validity)
        case ("geoarrow.point", _):
            let coordinates = try coordinates()
            guard coordinates.count == count else { throw .damaged }
            var points = coordinates
            for row in 0..<count where !validity[row] {
                points.x[row] = .nan
                points.y[row] = .nan
            }
            return GeometryColumn(.points(points), validity: validity)
        case ("geoarrow.multipoint", _), ("geoarrow.linestring", _):
            let (offsets, vertices) = try list()
            let kind = name == "geoarrow.multipoint" ? Shape.Kind.multiPoint : .lineString
            return GeometryColumn(
                .chains(try vertices.coordinates(), offsets: offsets, kind: kind),
                validity: validity)
        case ("geoarrow.multilinestring", _), ("geoarrow.polygon", _):
            let (offsets, inner) = try list()
            let (rings, vertices) = try inner.list()
            let kind = name == "geoarrow.polygon" ? Shape.Kind.polygon : .multiLineString
            return GeometryColumn(
                .rings(try vertices.coordinates(), rings: rings, offsets: offsets, kind: kind),
                validity: validity)
        case ("geoarrow.multipolygon", _):
            let (offsets, inner) = try list()
            let (polygons, innermost) = try inner.list()
            let (rings, vertices) = try innermost.list()
            return GeometryColumn(
                .polygons(
                    try vertices.coordinates(), rings: rings, polygons: polygons, offsets: offsets),
                validity: validity)
        default: return nil
        }
    }

    private func list() throws(ArrowFault) -> ([Int], ArrowVector) {
        guard case .list(let isLarge) = field.type, let child = children.first else {
            throw .damaged
        }
        return (try offsets(isLarge: isLarge, limit: child.count), child)
    }

    /// Coordinates one axis after another, or side by side.
    private func coordinates() throws(ArrowFault) -> GeometryColumn.Coordinates {
        if case .fixedList(let width) = field.type {
            guard let child = children.first, (2...4).contains(width),
                child.count == width * count, let numbers = try child.numbers()
            else { throw .damaged }
            func axis(_ at: Int) -> [Double] { (0..<count).map { numbers[$0 * width + at] } }
            let hasHeights = width == 3 && child.field.name != "xym" || width == 4
            return .init(x: axis(0), y: axis(1), z: hasHeights ? axis(2) : nil)
        }
        func axis(_ name: String) throws(ArrowFault) -> [Double]? {
            guard let child = children.first(where: { $0.field.name == name }) else { return nil }
            guard child.count == count else { throw .damaged }
            return try child.numbers()
        }
        guard let x = try axis("x"), let y = try axis("y") else { throw .damaged }
        return .init(x: x, y: y, z: try axis("z"))
    }
}
