internal import CArrow
public import Features

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension FeatureSource {
    /// Hands the features to another library of this process through Arrow's C stream interface
    /// (https://arrow.apache.org/docs/format/CStreamInterface.html), without a file between.
    ///
    /// Geometries are laid out as in ``ArrowSink``: longitude, latitude on WGS 84, with GeoArrow's
    /// extension types. One schema holds for a stream, so all batches are read here, and the numbers
    /// and texts of a later batch may widen the type of a column. Whoever takes the stream releases
    /// it, as the interface says; what the source threw is this method's.
    ///
    /// - Parameter address: Where an `ArrowArrayStream` has room, 40 bytes on systems of 64 bits,
    ///   whose content is written over; for example what pyarrow's `_import_from_c` is given.
    /// - Throws: What reading the source throws.
    public func exportArrowStream(to address: UnsafeMutableRawPointer) throws {
        var source = self
        var batches: [FeatureBatch] = []
        var schema = Formats.ArrowSchema(crs: "OGC:CRS84")
        while let batch = try source.next() {
            schema.widen(by: batch)
            batches.append(batch)
        }
        let stream = address.bindMemory(to: ArrowArrayStream.self, capacity: 1)
        ArrowStreamExport(batches, schema).hand(to: stream)
    }
}

/// Features that another library takes batch by batch.
private final class ArrowStreamExport {
    private var batches: ArraySlice<FeatureBatch>
    private let schema: Formats.ArrowSchema
    private let root: ArrowField

    init(_ batches: [FeatureBatch], _ schema: Formats.ArrowSchema) {
        self.batches = batches[...]
        self.schema = schema
        root = ArrowField(name: "", type: .structure, isNullable: false, children: schema.fields)
    }

    func hand(to stream: UnsafeMutablePointer<ArrowArrayStream>) {
        stream.initialize(
            to: ArrowArrayStream(
                get_schema: { stream, out in
                    guard let this = ArrowStreamExport.of(stream), let out else { return EINVAL }
                    ExportedSchema.write(this.root, to: out)
                    return 0
                },
                get_next: { stream, out in
                    guard let this = ArrowStreamExport.of(stream), let out else { return EINVAL }
                    this.next(out)
                    return 0
                }, get_last_error: { _ in nil },
                release: { stream in
                    guard let stream, let data = stream.pointee.private_data else { return }
                    Unmanaged<ArrowStreamExport>.fromOpaque(data).release()
                    stream.pointee.private_data = nil
                    stream.pointee.release = nil
                }, private_data: Unmanaged.passRetained(self).toOpaque()))
    }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ArrowStreamExport?
    {
        stream?.pointee.private_data.map {
            Unmanaged<ArrowStreamExport>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private func next(_ out: UnsafeMutablePointer<ArrowArray>) {
        guard let batch = batches.popFirst() else {
            // The end is an array that is released already.
            out.initialize(to: ArrowArray())
            return
        }
        let body = schema.body(batch)
        var writer = ExportedArray(body)
        writer.write(root, rows: batch.count, to: out)
    }
}

/// Writes fields as the C data interface has them; each owns its memory.
private enum ExportedSchema {
    static func write(_ field: ArrowField, to out: UnsafeMutablePointer<CArrow.ArrowSchema>) {
        let children = UnsafeMutablePointer<UnsafeMutablePointer<CArrow.ArrowSchema>?>.allocate(
            capacity: max(1, field.children.count))
        for (i, child) in field.children.enumerated() {
            let place = UnsafeMutablePointer<CArrow.ArrowSchema>.allocate(capacity: 1)
            write(child, to: place)
            children[i] = place
        }
        out.initialize(
            to: CArrow.ArrowSchema(
                format: UnsafePointer(strdup(field.type.formatString ?? "n")),
                name: UnsafePointer(strdup(field.name)), metadata: metadata(field.metadata),
                flags: field.isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0,
                n_children: Int64(field.children.count), children: children, dictionary: nil,
                release: { ExportedSchema.release($0) }, private_data: nil))
    }

    private static func release(_ schema: UnsafeMutablePointer<CArrow.ArrowSchema>?) {
        guard let schema, schema.pointee.release != nil else { return }
        for i in 0..<Int(schema.pointee.n_children) {
            guard let child = schema.pointee.children[i] else { continue }
            // A child that was moved away has no release any more.
            child.pointee.release?(child)
            child.deallocate()
        }
        schema.pointee.children.deallocate()
        free(UnsafeMutablePointer(mutating: schema.pointee.format))
        free(UnsafeMutablePointer(mutating: schema.pointee.name))
        free(UnsafeMutablePointer(mutating: schema.pointee.metadata))
        schema.pointee.release = nil
    }

    /// Pairs as a number of them, then key and value with their lengths, in the machine's order.
    private static func metadata(_ pairs: [ArrowField.Pair]) -> UnsafePointer<CChar>? {
        guard !pairs.isEmpty else { return nil }
        var bytes: [UInt8] = []
        func append(_ number: Int) {
            withUnsafeBytes(of: Int32(number)) { bytes.append(contentsOf: $0) }
        }
        append(pairs.count)
        for text in pairs.flatMap({ [$0.key, $0.value] }) {
            append(text.utf8.count)
            bytes.append(contentsOf: text.utf8)
        }
        guard let space = malloc(bytes.count) else { return nil }
        space.copyMemory(from: bytes, byteCount: bytes.count)
        return UnsafePointer(space.assumingMemoryBound(to: CChar.self))
    }
}

/// Writes the columns of a batch as the C data interface has them; all of them own its memory.
private struct ExportedArray {
    /// The memory in which all buffers of a batch lie.
    private final class Block {
        let start: UnsafeMutableRawPointer

        init(_ bytes: [UInt8]) {
            start = .allocate(byteCount: max(64, bytes.count), alignment: 64)
            start.copyMemory(from: bytes, byteCount: bytes.count)
        }

        deinit { start.deallocate() }
    }

    private let block: Block
    private var nodes: ArraySlice<[Int64]>
    private var buffers: ArraySlice<[Int64]>

    init(_ body: ArrowBody) {
        block = Block(body.bytes)
        nodes = body.nodes[...]
        buffers = body.buffers[...]
    }

    /// Writes the structure that holds all columns.
    mutating func write(
        _ root: ArrowField, rows: Int, to out: UnsafeMutablePointer<ArrowArray>
    ) {
        let own = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: 1)
        own[0] = nil
        finish(root, length: Int64(rows), nulls: 0, own, count: 1, to: out)
    }

    private mutating func write(
        _ field: ArrowField, to out: UnsafeMutablePointer<ArrowArray>
    ) {
        let node = nodes.popFirst() ?? [0, 0]
        let count = field.type.bufferCount
        let own = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(1, count))
        for i in 0..<count {
            let place = buffers.popFirst() ?? [0, 0]
            // Only bits of validity may be missing.
            let isMissing = i == 0 && place[1] == 0
            own[i] = isMissing ? nil : UnsafeRawPointer(block.start + Int(place[0]))
        }
        finish(field, length: node[0], nulls: node[1], own, count: count, to: out)
    }

    private mutating func finish(
        _ field: ArrowField, length: Int64, nulls: Int64,
        _ own: UnsafeMutablePointer<UnsafeRawPointer?>, count: Int,
        to out: UnsafeMutablePointer<ArrowArray>
    ) {
        let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(
            capacity: max(1, field.children.count))
        for (i, child) in field.children.enumerated() {
            let place = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
            write(child, to: place)
            children[i] = place
        }
        out.initialize(
            to: ArrowArray(
                length: length, null_count: nulls, offset: 0, n_buffers: Int64(count),
                n_children: Int64(field.children.count), buffers: own, children: children,
                dictionary: nil, release: { ExportedArray.release($0) },
                private_data: Unmanaged.passRetained(block).toOpaque()))
    }

    private static func release(_ array: UnsafeMutablePointer<ArrowArray>?) {
        guard let array, array.pointee.release != nil else { return }
        for i in 0..<Int(array.pointee.n_children) {
            guard let child = array.pointee.children[i] else { continue }
            child.pointee.release?(child)
            child.deallocate()
        }
        array.pointee.children.deallocate()
        array.pointee.buffers.deallocate()
        if let data = array.pointee.private_data { Unmanaged<Block>.fromOpaque(data).release() }
        array.pointee.private_data = nil
        array.pointee.release = nil
    }
}
