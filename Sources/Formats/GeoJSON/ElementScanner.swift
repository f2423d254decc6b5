import CBytes

/// Finds where the elements of a "features" array begin and end, without reading what is in them.
///
/// It stops anywhere and goes on once more bytes are there. Only braces and strings matter: what
/// lies between them is checked when the block is parsed.
struct ElementScanner {
    /// The next byte to look at.
    var at: Int
    /// The elements that are complete.
    var elements: [Range<Int>] = []
    /// Where the element starts that is not complete yet.
    private(set) var openElement: Int?
    private var depth = 0
    private var isInString = false
    private var expected = Expected.elementOrEnd

    private enum Expected { case elementOrEnd, element, commaOrEnd }

    /// Why scanning stopped.
    enum Stop { case needsMore, isFull, ended }

    /// - Parameter at: The byte after the bracket that opens the array.
    init(at: Int) { self.at = at }

    /// Goes on after the bytes before `start` have been handed over.
    mutating func rebase(_ start: Int) {
        at -= start
        openElement = openElement.map { $0 - start }
        elements.removeAll(keepingCapacity: true)
    }

    /// Scans up to `end`, the end of the array, or until there are enough elements for a block.
    mutating func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, to end: Int, enough: (count: Int, bytes: Int)
    ) throws(Fault) -> Stop {
        while at < end {
            if let start = openElement {
                guard Self.findElementEnd(bytes, to: end, &at, &depth, &isInString) else {
                    return .needsMore
                }
                elements.append(start..<at)
                openElement = nil
                expected = .commaOrEnd
                if elements.count >= enough.count || at >= enough.bytes { return .isFull }
                continue
            }
            let byte = bytes[at]
            switch (byte, expected) {
            case (0x20, _), (0x0A, _), (0x0D, _), (0x09, _): break
            case (UInt8(ascii: "]"), .elementOrEnd), (UInt8(ascii: "]"), .commaOrEnd):
                at += 1
                return .ended
            case (UInt8(ascii: ","), .commaOrEnd): expected = .element
            case (UInt8(ascii: "{"), .element), (UInt8(ascii: "{"), .elementOrEnd):
                openElement = at
                depth = 1
                isInString = false
            default: throw unexpected(bytes, end)
            }
            at += 1
        }
        return .needsMore
    }

    private func unexpected(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Fault {
        let what = JSONScanner(bytes, to: end).described(at)
        switch expected {
        case .commaOrEnd:
            return Fault(.syntax, at: at, "expected ',' or ']' after a feature, found \(what)")
        case .element where bytes[at] == UInt8(ascii: "]"):
            return Fault(
                .syntax, at: at, "a comma stands after the last feature",
                remedy: "remove the comma")
        case .element, .elementOrEnd:
            return Fault(
                .structure, at: at, "expected a feature, which begins with '{', found \(what)",
                remedy: "give every entry of \"features\" the form {\"type\":\"Feature\",…}")
        }
    }

    /// Moves behind the brace that closes the element; false where the bytes end before.
    ///
    /// 64 bytes at a time become bits: a bit of the exclusive-or of all quotation marks before it
    /// says whether a byte stands in a string (G. Langdale and D. Lemire, Parsing Gigabytes of JSON
    /// per Second, doi:10.1007/s00778-019-00578-5, section 3.1).
    private static func findElementEnd(
        _ bytes: UnsafeBufferPointer<UInt8>, to end: Int, _ place: inout Int, _ level: inout Int,
        _ isInString: inout Bool
    ) -> Bool {
        var at = place
        var depth = level
        // All bits are set where the byte before stood in a string.
        var inside: UInt64 = isInString ? ~0 : 0
        defer {
            place = at
            level = depth
            isInString = inside != 0
        }
        guard let base = bytes.baseAddress else { return false }
        while at + 64 <= end {
            let found = cbytes_json64(base + at)
            guard found.escapes == 0 else {
                // Backslashes are rare: what follows each of them is stepped over one by one.
                if step(bytes, to: at + 64, end, &at, &depth, &inside) { return true }
                if at >= end { return false }
                continue
            }
            let strings = prefixes(found.quotes) ^ inside
            var braces = (found.opening | found.closing) & ~strings
            while braces != 0 {
                let bit = braces.trailingZeroBitCount
                if found.opening >> UInt64(bit) & 1 != 0 {
                    depth += 1
                } else {
                    depth -= 1
                    if depth == 0 {
                        at += bit + 1
                        inside = 0
                        return true
                    }
                }
                braces &= braces &- 1
            }
            inside = UInt64(bitPattern: Int64(bitPattern: strings) >> 63)
            at += 64
        }
        return step(bytes, to: end, end, &at, &depth, &inside)
    }

    /// Each bit becomes the exclusive-or of itself and all lower ones.
    @inline(__always)
    private static func prefixes(_ bits: UInt64) -> UInt64 {
        var sums = bits ^ bits << 1
        sums ^= sums << 2
        sums ^= sums << 4
        sums ^= sums << 8
        sums ^= sums << 16
        return sums ^ sums << 32
    }

    /// The same byte by byte, up to `stop` or the byte after an escape that begins before it; stops
    /// before a backslash that is the last byte of all.
    private static func step(
        _ bytes: UnsafeBufferPointer<UInt8>, to stop: Int, _ end: Int, _ at: inout Int,
        _ depth: inout Int, _ inside: inout UInt64
    ) -> Bool {
        while at < stop {
            switch bytes[at] {
            case UInt8(ascii: "\""): inside = ~inside
            case UInt8(ascii: "\\") where inside != 0:
                guard at + 1 < end else { return false }
                at += 1
            case UInt8(ascii: "{") where inside == 0: depth += 1
            case UInt8(ascii: "}") where inside == 0:
                depth -= 1
                if depth == 0 {
                    at += 1
                    return true
                }
            default: break
            }
            at += 1
        }
        return false
    }
}
