internal import CZlib
internal import CZstd

extension Compression {
    /// Packs a text as a member (a frame) of its own; members one after another are one file, so
    /// that many can be packed at once.
    ///
    /// Levels are 6 of 9 and 3 of 22, the usual ones of the libraries.
    package func pack(_ text: [UInt8], file: String) throws(FormatError) -> [UInt8] {
        guard !text.isEmpty else { return [] }
        let packed: [UInt8]? =
            switch self {
            case .gzip: Self.gzip(text)
            case .zstd: Self.zstd(text)
            }
        guard let packed else {
            throw FormatError(.unwritable, at: file, "the text cannot be packed: no memory")
        }
        return packed
    }

    private static func gzip(_ text: [UInt8]) -> [UInt8]? {
        // On the heap, as zlib keeps its address.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard czlib_begin_writing(stream, 6) == Z_OK else { return nil }
        defer { deflateEnd(stream) }
        var isDone = false
        let bound = Int(deflateBound(stream, UInt(text.count)))
        let packed = [UInt8](unsafeUninitializedCapacity: bound) { out, count in
            text.withUnsafeBufferPointer { text in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: text.baseAddress)
                stream.pointee.avail_in = UInt32(text.count)
                stream.pointee.next_out = out.baseAddress
                stream.pointee.avail_out = UInt32(out.count)
                isDone = deflate(stream, Z_FINISH) == Z_STREAM_END
                count = isDone ? out.count - Int(stream.pointee.avail_out) : 0
            }
        }
        return isDone ? packed : nil
    }

    private static func zstd(_ text: [UInt8]) -> [UInt8]? {
        var isDone = false
        guard let context = ZSTD_createCCtx() else { return nil }
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
        // Without it damage would go unseen; gzip always has one.
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        let packed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(text.count)) {
            out, count in
            let written = text.withUnsafeBytes {
                ZSTD_compress2(context, out.baseAddress, out.count, $0.baseAddress, $0.count)
            }
            isDone = ZSTD_isError(written) == 0
            count = isDone ? written : 0
        }
        return isDone ? packed : nil
    }
}
