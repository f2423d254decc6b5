internal import CArrow
public import Features

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Features that another library of this process hands over through Arrow's C stream interface
/// (https://arrow.apache.org/docs/format/CStreamInterface.html).
///
/// What becomes of the columns is what ``ArrowSource`` makes of those of a file. Columns of types
/// that are not read, dictionaries among them, are left out, and a remark says so. The stream is
/// taken: it is released when its last batch was read, or with the source.
public final class ArrowStreamSource: FeatureSource {
    private let base: ArrowSource
    private let input: ArrowStreamInput

    /// What is known of the whole.
    public var collection: CollectionInfo {
        var collection = base.collection
        collection.remarks += input.remarks
        return collection
    }

    /// Takes a stream.
    ///
    /// - Parameters:
    ///   - address: Where an `ArrowArrayStream` lies; it is moved from there, as the interface says.
    ///   - name: The name by which errors call it.
    ///   - options: How to read; the system of positions that name none is
    ///     ``ReadingOptions/assumedCRS``.
    /// - Throws: ``FormatError`` where the stream was released before, or gives no table.
    public init(
        importing address: UnsafeMutableRawPointer, name: String = "Arrow stream",
        options: ReadingOptions = ReadingOptions()
    ) throws(FormatError) {
        input = try ArrowStreamInput(
            address.bindMemory(to: ArrowArrayStream.self, capacity: 1), name: name)
        base = ArrowSource(input, options: options)
    }

    /// Takes the next batch.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the stream and what is wrong with it.
    public func next() throws(FormatError) -> FeatureBatch? { try base.next() }
}

/// A C stream as the bytes of an IPC stream, message after message.
private final class ArrowStreamInput: ByteInput {
    let name: String
    private(set) var remarks: [String] = []
    private let stream: UnsafeMutablePointer<ArrowArrayStream>
    private var columns: [(field: ArrowField, place: Int)] = []
    private var pending: ArraySlice<UInt8> = []
    private var isAtEnd = false

    init(
        _ given: UnsafeMutablePointer<ArrowArrayStream>, name: String
    ) throws(FormatError) {
        self.name = name
        stream = .allocate(capacity: 1)
        stream.initialize(to: given.pointee)
        guard given.pointee.release != nil else {
            throw FormatError(
                .unreadable, at: name, "the stream was released already",
                remedy: "hand over each stream once")
        }
        given.pointee.release = nil
        try readSchema()
    }

    deinit {
        stream.pointee.release?(stream)
        stream.deallocate()
    }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        while pending.isEmpty, !isAtEnd { try readBatch() }
        let count = min(space.count, pending.count)
        space.copyBytes(from: pending.prefix(count))
        pending = pending.dropFirst(count)
        return count
    }

    private func failure(_ problem: String) -> FormatError {
        FormatError(
            .truncated, at: name, problem, remedy: "look at what makes the stream, or write a file")
    }

    private func readSchema() throws(FormatError) {
        var schema = CArrow.ArrowSchema()
        defer { schema.release?(&schema) }
        guard let get = stream.pointee.get_schema, get(stream, &schema) == 0 else {
            throw failure("the stream gives no schema: \(lastError)")
        }
        guard let format = schema.format, String(cString: format) == "+s" else {
            throw failure("the stream holds no table of columns")
        }
        for place in 0..<Int(schema.n_children) {
            guard let child = schema.children[place] else { continue }
            guard let field = ArrowField(child) else {
                let title = child.pointee.name.map { String(cString: $0) } ?? ""
                remarks.append("the column \"\(title)\" is of a type that is not read")
                continue
            }
            columns.append((field, place))
        }
        pending = ArrowMessage.schema(columns.map(\.field))[...]
    }

    private func readBatch() throws(FormatError) {
        var array = ArrowArray()
        guard let get = stream.pointee.get_next, get(stream, &array) == 0 else {
            throw failure("the stream broke off: \(lastError)")
        }
        defer { array.release?(&array) }
        guard array.release != nil else {
            isAtEnd = true
            pending = ArrowMessage.end[...]
            return
        }
        var body = ArrowBody()
        for (field, place) in columns {
            guard place < array.n_children, let child = array.children[place] else {
                throw failure("a batch has fewer columns than the schema")
            }
            ImportedArray(child.pointee).append(
                field, from: Int(array.offset), count: Int(array.length), to: &body)
        }
        pending = ArrowMessage.batch(Int(array.length), body).message[...]
    }

    private var lastError: String {
        stream.pointee.get_last_error?(stream).map { String(cString: $0) } ?? "no reason given"
    }
}

extension ArrowField {
    /// Reads a field; `nil` where its type, or that of a part of it, is not read.
    fileprivate init?(_ schema: UnsafeMutablePointer<CArrow.ArrowSchema>, depth: Int = 0) {
        let schema = schema.pointee
        guard depth < 16, schema.dictionary == nil, let format = schema.format,
            let type = ArrowType(formatString: String(cString: format))
        else { return nil }
        self.init(name: schema.name.map { String(cString: $0) } ?? "", type: type)
        isNullable = schema.flags & Int64(ARROW_FLAG_NULLABLE) != 0
        metadata = Self.pairs(schema.metadata)
        for place in 0..<Int(schema.n_children) {
            guard let child = schema.children[place],
                let field = ArrowField(child, depth: depth + 1)
            else { return nil }
            children.append(field)
        }
    }

    private static func pairs(_ start: UnsafePointer<CChar>?) -> [Pair] {
        guard var at = start.map({ UnsafeRawPointer($0) }) else { return [] }
        func number() -> Int {
            defer { at += 4 }
            return Int(at.loadUnaligned(as: Int32.self))
        }
        func text() -> String {
            let length = number()
            defer { at += length }
            return String(
                decoding: UnsafeRawBufferPointer(start: at, count: length), as: UTF8.self)
        }
        return (0..<number()).map { _ in Pair(key: text(), value: text()) }
    }
}

/// A column as the C data interface has it, of which some rows are copied.
private struct ImportedArray {
    private let array: ArrowArray

    init(_ array: ArrowArray) { self.array = array }

    private func buffer(_ place: Int) -> UnsafeRawPointer? {
        place < array.n_buffers ? array.buffers[place] : nil
    }

    /// Copies so many rows, beginning at one, as an IPC message lays them out.
    func append(_ field: ArrowField, from start: Int, count: Int, to body: inout ArrowBody) {
        let first = Int(array.offset) + start
        let bits = field.type == .null ? [] : validity(first, count)
        let nulls =
            field.type == .null
            ? count : bits.isEmpty ? 0 : count - bits.reduce(0) { $0 + $1.nonzeroBitCount }
        body.add(node: count, nulls: nulls)
        if field.type != .null { body.add(buffer: nulls == 0 ? [] : bits) }
        switch field.type {
        case .null: break
        case .bool: body.add(buffer: Self.bits(buffer(1), first, count))
        case .int(let width, _), .float(let width):
            body.add(buffer: bytes(1, first * width / 8, count * width / 8))
        case .text(let isLarge), .binary(let isLarge):
            let range = offsets(isLarge, first, count, to: &body)
            body.add(buffer: bytes(2, range.lowerBound, range.count))
        case .list(let isLarge):
            let range = offsets(isLarge, first, count, to: &body)
            child(0, field, from: range.lowerBound, count: range.count, to: &body)
        case .fixedList(let size):
            child(0, field, from: first * size, count: count * size, to: &body)
        case .structure, .other:
            for place in field.children.indices {
                child(place, field, from: first, count: count, to: &body)
            }
        }
    }

    private func child(
        _ place: Int, _ field: ArrowField, from start: Int, count: Int, to body: inout ArrowBody
    ) {
        guard place < array.n_children, let child = array.children[place] else { return }
        ImportedArray(child.pointee).append(
            field.children[place], from: start, count: count, to: &body)
    }

    private func bytes(_ place: Int, _ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
        // A buffer that is missing is found to be too short by whoever reads the column.
        let memory = buffer(place).map { $0 + start }
        return UnsafeRawBufferPointer(start: memory, count: memory == nil ? 0 : count)
    }

    /// Where rows begin and end, counted from the first; returns what they hold of the parts.
    private func offsets(
        _ isLarge: Bool, _ first: Int, _ count: Int, to body: inout ArrowBody
    ) -> Range<Int> {
        func copied<Offset: FixedWidthInteger & BitwiseCopyable>(_ type: Offset.Type) -> Range<Int>
        {
            guard let start = buffer(1), count > 0 else {
                body.add(buffer: [UInt8](repeating: 0, count: MemoryLayout<Offset>.size))
                return 0..<0
            }
            let size = MemoryLayout<Offset>.size
            let all = (0...count).map {
                start.loadUnaligned(fromByteOffset: (first + $0) * size, as: Offset.self)
            }
            let moved = all.map { $0 - all[0] }
            moved.withUnsafeBytes { body.add(buffer: $0) }
            return Int(all[0])..<Int(all[count])
        }
        return isLarge ? copied(Int64.self) : copied(Int32.self)
    }

    /// The bits of validity; empty where all rows hold a value.
    private func validity(_ first: Int, _ count: Int) -> [UInt8] {
        guard array.null_count != 0, let start = buffer(0) else { return [] }
        return Self.bits(start, first, count)
    }

    /// So many bits from one on, the first of them in the least place.
    private static func bits(_ start: UnsafeRawPointer?, _ first: Int, _ count: Int) -> [UInt8] {
        var bits = [UInt8](repeating: 0, count: (count + 7) / 8)
        guard let start else { return bits }
        for row in 0..<count {
            let place = first + row
            let byte = start.load(fromByteOffset: place >> 3, as: UInt8.self)
            if byte >> UInt8(place & 7) & 1 == 1 { bits[row >> 3] |= 1 << UInt8(row & 7) }
        }
        return bits
    }
}
