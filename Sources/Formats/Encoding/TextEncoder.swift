#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns texts into bytes of an encoding.
final class TextEncoder {
    let encoding: TextEncoding
    private let converter: iconv_t?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
        converter = encoding == .utf8 ? nil : iconv_open(encoding.name, "UTF-8")
    }

    deinit { if let converter { iconv_close(converter) } }

    /// The bytes of a text, or `nil` where the encoding lacks one of its characters.
    func bytes(_ text: String) -> [UInt8]? {
        guard let converter else { return Array(text.utf8) }
        var source = Array(text.utf8)
        var out = [UInt8](repeating: 0, count: 4 * source.count + 16)
        var (left, room) = (source.count, out.count)
        let result = source.withUnsafeMutableBytes { source in
            out.withUnsafeMutableBytes { out in
                var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = out.baseAddress?.assumingMemoryBound(to: CChar.self)
                return iconv(converter, &from, &left, &to, &room)
            }
        }
        iconv(converter, nil, nil, nil, nil)
        guard result != -1, left == 0 else { return nil }
        return Array(out[..<(out.count - room)])
    }

    /// The bytes of as much of the beginning of a text as fits into so many bytes, whole characters
    /// only.
    func prefix(_ text: String, bytes limit: Int) -> [UInt8]? {
        var out: [UInt8] = []
        for character in text {
            guard let next = bytes(String(character)) else { return nil }
            if out.count + next.count > limit { break }
            out += next
        }
        return out
    }
}
