internal import CZlib
internal import CZstd

/// Unpacks a stream piece by piece.
///
/// - `read` is how many packed bytes were used up, `written` how many came out, and `isBetween` tells
///   that a member (a frame) has ended and no other has begun.
protocol Unpacker: AnyObject {
    /// Unpacks what it can; `nil` where the data are damaged.
    func unpack(
        _ packed: UnsafeRawBufferPointer, into space: UnsafeMutableRawBufferPointer
    ) -> (read: Int, written: Int, isBetween: Bool)?
}

extension Compression {
    func unpacker() -> any Unpacker {
        switch self {
        case .gzip: GzipUnpacker()
        case .zstd: ZstdUnpacker()
        }
    }
}

/// Unpacks gzip with zlib (https://www.zlib.net/manual.html, inflate).
private final class GzipUnpacker: Unpacker {
    // On the heap, as zlib keeps its address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let isReady: Bool

    init() {
        stream.initialize(to: z_stream())
        isReady = czlib_begin_reading(stream) == Z_OK
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func unpack(
        _ packed: UnsafeRawBufferPointer, into space: UnsafeMutableRawBufferPointer
    ) -> (read: Int, written: Int, isBetween: Bool)? {
        guard isReady else { return nil }
        let (input, output) = (
            UInt32(min(packed.count, 1 << 30)), UInt32(min(space.count, 1 << 30))
        )
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = input
        stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = output
        let result = inflate(stream, Z_NO_FLUSH)
        guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { return nil }
        if result == Z_STREAM_END, inflateReset(stream) != Z_OK { return nil }
        return (
            Int(input - stream.pointee.avail_in), Int(output - stream.pointee.avail_out),
            result == Z_STREAM_END
        )
    }
}

/// Unpacks Zstandard with libzstd (https://facebook.github.io/zstd/zstd_manual.html, streaming
/// decompression).
private final class ZstdUnpacker: Unpacker {
    private let context = ZSTD_createDCtx()

    deinit { ZSTD_freeDCtx(context) }

    func unpack(
        _ packed: UnsafeRawBufferPointer, into space: UnsafeMutableRawBufferPointer
    ) -> (read: Int, written: Int, isBetween: Bool)? {
        var input = ZSTD_inBuffer(src: packed.baseAddress, size: packed.count, pos: 0)
        var output = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
        let result = ZSTD_decompressStream(context, &output, &input)
        guard ZSTD_isError(result) == 0 else { return nil }
        return (input.pos, output.pos, result == 0)
    }
}
