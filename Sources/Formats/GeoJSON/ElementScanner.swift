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
    private static func findElementEnd(
        _ bytes: UnsafeBufferPointer<UInt8>, to end: Int, _ place: inout Int, _ level: inout Int,
        _ isInString: inout Bool
    ) -> Bool {
        var at = place
        var depth = level
        defer {
            place = at
            level = depth
        }
        while at < end {
            if isInString {
                guard let hit = find(UInt8(ascii: "\""), UInt8(ascii: "\\"), nil, bytes, at, end)
                else {
                    at = end
                    return false
                }
                at = hit
                if bytes[hit] == UInt8(ascii: "\"") {
                    isInString = false
                    at += 1
                } else {
                    guard hit + 1 < end else { return false }
                    at += 2
                }
                continue
            }
            guard
                let hit = find(
                    UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"), bytes, at, end)
            else {
                at = end
                return false
            }
            at = hit + 1
            switch bytes[hit] {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"): depth += 1
            default:
                depth -= 1
                if depth == 0 { return true }
            }
        }
        return false
    }

    /// The first of two or three bytes, eight at a time.
    @inline(__always)
    private static func find(
        _ first: UInt8, _ second: UInt8, _ third: UInt8?,
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Int? {
        var at = start
        guard let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) else { return nil }
        let ones: UInt64 = 0x0101_0101_0101_0101
        @inline(__always) func zeroes(_ word: UInt64) -> UInt64 {
            (word &- ones) & ~word & (ones << 7)
        }
        while at + 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            var hits = zeroes(word ^ (ones &* UInt64(first)))
            hits |= zeroes(word ^ (ones &* UInt64(second)))
            if let third { hits |= zeroes(word ^ (ones &* UInt64(third))) }
            if hits != 0 { return at + hits.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < end {
            let byte = bytes[at]
            if byte == first || byte == second || byte == third { return at }
            at += 1
        }
        return nil
    }
}
