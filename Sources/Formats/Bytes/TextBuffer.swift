import CBytes

/// Text on its way out, as UTF-8 in memory that is filled without checks for each byte.
struct TextBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 1 << 16) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// The bytes so far.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// A copy of the bytes so far.
    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    mutating func removeAll() { count = 0 }

    /// Forgets the bytes from a place on.
    mutating func cut(to length: Int) { count = min(count, length) }

    /// Makes room for so many bytes, which may then be written at the end without a check.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    /// Where the next byte goes.
    var end: UnsafeMutablePointer<UInt8> { base + count }

    /// Takes note of bytes that were written at the end, for which room was made.
    @inline(__always)
    mutating func advance(_ written: Int) {
        count += written
        assert(count <= capacity)
    }

    private mutating func grow(_ more: Int) {
        let larger = max(2 * capacity, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = larger
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        (base + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    // MARK: JSON

    /// Appends a text that lies in a buffer of texts in quotation marks, escaped as JSON demands;
    /// 16 bytes at a time while they need no escapes.
    mutating func append(jsonString range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
        guard let text = bytes.baseAddress, range.upperBound + 16 <= bytes.count else {
            return append(jsonString: UnsafeBufferPointer(rebasing: bytes[range]))
        }
        reserve(range.count + 18)
        let start = count
        var out = end
        out.pointee = UInt8(ascii: "\"")
        out += 1
        var at = range.lowerBound
        while at < range.upperBound {
            // What lies behind the text is copied too, and written over.
            let escapes = cbytes_copy_text16(text + at, out)
            let length = min(16, range.upperBound - at)
            if escapes & ((1 << UInt32(length)) &- 1) != 0 {
                count = start
                return append(jsonString: UnsafeBufferPointer(rebasing: bytes[range]))
            }
            out += length
            at += length
        }
        out.pointee = UInt8(ascii: "\"")
        advance(range.count + 2)
    }

    /// Appends a text in quotation marks, escaped as JSON demands.
    mutating func append(jsonString bytes: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var start = 0
        for at in bytes.indices {
            let byte = bytes[at]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
            append(UnsafeBufferPointer(rebasing: bytes[start..<at]))
            start = at + 1
            append(UInt8(ascii: "\\"))
            switch byte {
            case 0x0A: append(UInt8(ascii: "n"))
            case 0x0D: append(UInt8(ascii: "r"))
            case 0x09: append(UInt8(ascii: "t"))
            case 0..<0x20:
                append("u00")
                append(Self.hexadecimal(byte >> 4))
                append(Self.hexadecimal(byte & 15))
            default: append(byte)
            }
        }
        append(UnsafeBufferPointer(rebasing: bytes[start...]))
        append(UInt8(ascii: "\""))
    }

    mutating func append(jsonString text: String) {
        var text = text
        text.withUTF8 { append(jsonString: $0) }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : UInt8(ascii: "a") + digit - 10
    }
}
