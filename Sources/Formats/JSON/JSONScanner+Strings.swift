import CBytes

extension JSONScanner {
    /// Reads a string and checks its escapes and its UTF-8.
    @inline(__always)
    mutating func string() throws(Fault) -> Text {
        let start = at + 1
        var isHigh = false
        let stop = plainEnd(start, &isHigh)
        if !isHigh, stop < end, bytes[stop] == UInt8(ascii: "\"") {
            at = stop + 1
            return Text(start: start, end: stop, isEscaped: false)
        }
        return try restOfString(start, stop, isHigh)
    }

    /// Goes on where a string holds more than plain ASCII.
    private mutating func restOfString(
        _ start: Int, _ firstStop: Int, _ firstIsHigh: Bool
    ) throws(Fault) -> Text {
        var (from, stop, isHigh) = (start, firstStop, firstIsHigh)
        var isEscaped = false
        while true {
            if isHigh, let fault = UTF8Check.firstFault(bytes, from, stop) { throw badUTF8(fault) }
            guard stop < end else { throw .end(at: end) }
            if bytes[stop] == UInt8(ascii: "\"") {
                at = stop + 1
                return Text(start: start, end: stop, isEscaped: isEscaped)
            }
            guard bytes[stop] == UInt8(ascii: "\\") else { throw controlCharacter(stop) }
            isEscaped = true
            from = try escapeEnd(stop)
            isHigh = false
            stop = plainEnd(from, &isHigh)
        }
    }

    /// The first quotation mark, backslash or control character, or the end; `isHigh` is set where
    /// something before it is no ASCII.
    @inline(__always)
    private func plainEnd(_ start: Int, _ isHigh: inout Bool) -> Int {
        var next = start
        if let base = bytes.baseAddress {
            // What lies behind the end may be looked at, and does not count.
            while next < end, next + 16 <= bytes.count {
                let found = cbytes_text16(base + next)
                let stops = found & 0xFFFF
                if stops != 0 {
                    let length = stops.trailingZeroBitCount
                    if found >> 16 & ((1 << UInt32(length)) &- 1) != 0 { isHigh = true }
                    return min(next + length, end)
                }
                if found >> 16 != 0 { isHigh = true }
                next += 16
            }
        }
        while next < end {
            let byte = bytes[next]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 {
                return next
            }
            if byte >= 0x80 { isHigh = true }
            next += 1
        }
        return end
    }

    private func controlCharacter(_ at: Int) -> Fault {
        Fault(
            .syntax, at: at, "\(described(at)) stands unescaped in a string",
            remedy: bytes[at] == 0x0A
                ? "close the string with a quotation mark, or write the line break as \\n" : nil)
    }

    private func badUTF8(_ at: Int) -> Fault {
        if end - at < 4, UTF8Check.isStart(bytes, at, end) { return .end(at: end) }
        return Fault(
            .encoding, at: at, "\(described(at)) is no UTF-8",
            remedy: "convert the file, for example with `iconv -f cp949 -t utf-8`")
    }

    /// The byte after an escape, which must be a right one.
    private func escapeEnd(_ at: Int) throws(Fault) -> Int {
        guard at + 1 < end else { throw .end(at: end) }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return at + 2
        case UInt8(ascii: "u"): break
        default:
            throw Fault(
                .syntax, at: at, "'\\' before \(described(at + 1)) is no escape of JSON",
                remedy: "write a backslash as \\\\")
        }
        let unit = try hexadecimal(at + 2)
        guard unit & 0xF800 == 0xD800 else { return at + 6 }
        let lone = Fault(
            .encoding, at: at, "an escape \\u stands for half of a surrogate pair",
            remedy: "write the character itself, or both halves of the pair")
        guard unit < 0xDC00 else { throw lone }
        guard at + 7 < end else {
            throw at + 6 >= end || bytes[at + 6] == 0x5C ? .end(at: end) : lone
        }
        guard bytes[at + 6] == UInt8(ascii: "\\"), bytes[at + 7] == UInt8(ascii: "u"),
            try hexadecimal(at + 8) & 0xFC00 == 0xDC00
        else { throw lone }
        return at + 12
    }

    private func hexadecimal(_ at: Int) throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for next in at..<at + 4 {
            guard next < end else { throw .end(at: end) }
            let digit: UInt8
            switch bytes[next] {
            case let byte where byte >= 0x30 && byte <= 0x39: digit = byte - 0x30
            case let byte where byte >= 0x41 && byte <= 0x46: digit = byte - 0x41 + 10
            case let byte where byte >= 0x61 && byte <= 0x66: digit = byte - 0x61 + 10
            default:
                throw Fault(
                    .syntax, at: next,
                    "an escape \\u needs four hexadecimal digits, found "
                        + described(next))
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// The bytes of a string without its escapes.
    func slice(_ text: Text) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[text.start..<text.end])
    }

    /// Appends what a string stands for, its escapes resolved.
    func append(_ text: Text, to out: inout [UInt8]) {
        guard text.isEscaped else {
            out.append(contentsOf: slice(text))
            return
        }
        var next = text.start
        while next < text.end {
            guard bytes[next] == UInt8(ascii: "\\") else {
                out.append(bytes[next])
                next += 1
                continue
            }
            let letter = bytes[next + 1]
            next += 2
            switch letter {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"): appendScalar(at: &next, to: &out)
            default: out.append(letter)
            }
        }
    }

    /// Appends the character of an escape whose hexadecimal digits begin here; `string()` has
    /// checked them.
    private func appendScalar(at next: inout Int, to out: inout [UInt8]) {
        var value = (try? hexadecimal(next)) ?? 0xFFFD
        next += 4
        if value & 0xFC00 == 0xD800 {
            let low = (try? hexadecimal(next + 2)) ?? 0xDC00
            value = 0x10000 + (value & 0x3FF) << 10 + (low & 0x3FF)
            next += 6
        }
        out.append(contentsOf: Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [])
    }

    /// Appends JSON text that has been checked, without the white space between its values.
    func appendCompact(_ range: Range<Int>, to out: inout [UInt8]) {
        var isInString = false
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            at += 1
            if !isInString, byte <= 0x20 { continue }
            out.append(byte)
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            if byte == UInt8(ascii: "\\") {
                out.append(bytes[at])
                at += 1
            }
        }
    }

    /// What a string stands for.
    func text(_ text: Text) -> String {
        guard text.isEscaped else { return String(decoding: slice(text), as: UTF8.self) }
        var out: [UInt8] = []
        append(text, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Whether a string stands for an ASCII word.
    @inline(__always)
    func stands(_ text: Text, for word: StaticString) -> Bool {
        guard !text.isEscaped else { return self.text(text) == "\(word)" }
        guard text.end - text.start == word.utf8CodeUnitCount else { return false }
        for i in 0..<word.utf8CodeUnitCount
        where bytes[text.start + i] != word.utf8Start[i] { return false }
        return true
    }
}
