#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns bytes of an encoding into texts, and counts what could not be turned.
///
/// https://www.gnu.org/software/libc/manual/html_node/Generic-Charset-Conversion.html
final class TextDecoder {
    let encoding: TextEncoding
    /// How many bytes stood for no character; each became U+FFFD.
    private(set) var faults = 0
    /// How many texts ended in the middle of a character, whose first bytes were left out.
    private(set) var cuts = 0
    private let converter: iconv_t?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
        converter = encoding == .utf8 ? nil : iconv_open("UTF-8", encoding.name)
    }

    deinit { if let converter { iconv_close(converter) } }

    /// The text that bytes stand for.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        guard let converter else { return utf8Text(bytes) }
        var out: [UInt8] = []
        convert(bytes, converter, isLast: true, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends bytes as UTF-8; what begins a character at their end is left for later, unless they
    /// are the last.
    ///
    /// - Returns: How many bytes were taken.
    func append(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, to out: inout [UInt8]
    ) -> Int {
        guard let converter else {
            out.append(contentsOf: bytes)
            return bytes.count
        }
        return convert(bytes, converter, isLast: isLast, to: &out)
    }

    private func utf8Text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard let fault = UTF8Check.firstFault(bytes) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        if UTF8Check.isStart(bytes, fault, bytes.count), bytes.count - fault < 4 {
            cuts += 1
            return String(decoding: bytes[..<fault], as: UTF8.self)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        faults += text.unicodeScalars.count { $0 == "\u{FFFD}" }
        return text
    }

    @discardableResult
    private func convert(
        _ bytes: UnsafeBufferPointer<UInt8>, _ converter: iconv_t, isLast: Bool,
        to out: inout [UInt8]
    ) -> Int {
        var at = 0
        var space = [UInt8](repeating: 0, count: min(3 * bytes.count + 16, 1 << 16))
        while at < bytes.count {
            var left = bytes.count - at
            var room = space.count
            let (number, made) = space.withUnsafeMutableBufferPointer { space in
                // iconv reads through a pointer that C declares mutable and does not write to.
                var source =
                    UnsafeMutablePointer(
                        mutating: UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + at)
                            .assumingMemoryBound(to: CChar.self)) as UnsafeMutablePointer<CChar>?
                var target =
                    UnsafeMutableRawPointer(space.baseAddress.unsafelyUnwrapped)
                    .assumingMemoryBound(to: CChar.self) as UnsafeMutablePointer<CChar>?
                errno = 0
                let result = iconv(converter, &source, &left, &target, &room)
                return (result == -1 ? errno : 0, space.count - room)
            }
            out += space[..<made]
            at = bytes.count - left
            switch number {
            case 0, E2BIG: break
            case EINVAL:
                // An incomplete character at the end.
                guard isLast else { return at }
                cuts += 1
                iconv(converter, nil, nil, nil, nil)
                return bytes.count
            default:
                faults += 1
                out += Array("\u{FFFD}".utf8)
                at += 1
            }
        }
        return at
    }
}
