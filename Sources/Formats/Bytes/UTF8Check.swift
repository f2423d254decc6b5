/// Checks that bytes are well-formed UTF-8 (Unicode 15, table 3-7).
enum UTF8Check {
    /// The end of the sequence of two to four bytes that starts here, or `nil` where there is none.
    @inline(__always)
    static func sequenceEnd(
        _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int
    ) -> Int? {
        let first = bytes[at]
        let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard length > 0, at + length <= end, isStart(bytes, at, at + length) else { return nil }
        return at + length
    }

    /// Whether the bytes are a sequence, or the beginning of one.
    @inline(__always)
    static func isStart(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
        let first = bytes[at]
        guard first >= 0xC2, first < 0xF5 else { return false }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        let last = min(end, at + length)
        if at + 1 < last {
            let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
            let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
            guard bytes[at + 1] >= low, bytes[at + 1] <= high else { return false }
        }
        if at + 2 < last, bytes[at + 2] & 0xC0 != 0x80 { return false }
        if at + 3 < last, bytes[at + 3] & 0xC0 != 0x80 { return false }
        return true
    }

    /// The first byte that is no UTF-8, or `nil`.
    static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        firstFault(bytes, 0, bytes.count)
    }

    /// The first byte of a part that is no UTF-8, or `nil`.
    static func firstFault(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Int? {
        var at = start
        guard let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) else { return nil }
        while at < end {
            if bytes[at] < 0x80 {
                at += 1
                while at + 8 <= end,
                    base.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080
                        == 0
                {
                    at += 8
                }
            } else if let after = sequenceEnd(bytes, at, end) {
                at = after
            } else {
                return at
            }
        }
        return nil
    }
}
