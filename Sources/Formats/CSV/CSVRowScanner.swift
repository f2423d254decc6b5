import CBytes

/// Finds where the rows of a CSV text begin and end (RFC 4180); line ends may be CRLF, LF or CR.
///
/// It stops anywhere and goes on once more bytes are there.
struct CSVRowScanner {
    let separator: UInt8
    /// The next byte to look at.
    private(set) var at: Int
    /// The rows that are complete, without their line ends.
    var rows: [Range<Int>] = []
    private var start: Int
    private var state = State.fieldStart
    private var quoteStart = 0

    private enum State { case fieldStart, plain, quoted, afterQuote }

    init(separator: UInt8, at: Int) {
        self.separator = separator
        self.at = at
        start = at
    }

    /// Where the row starts that is not complete yet.
    var openRow: Int { start }

    /// Goes on after the bytes before `offset` have been handed over.
    mutating func rebase(_ offset: Int) {
        at -= offset
        start -= offset
        quoteStart -= offset
        rows.removeAll(keepingCapacity: true)
    }

    /// Scans until there are enough rows (true), or the bytes end (false); `isFinal` says whether
    /// the input ends where the bytes do.
    mutating func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, to end: Int, isFinal: Bool,
        enough: (count: Int, bytes: Int)
    ) throws(Fault) -> Bool {
        /// Up to where bytes are looked at one by one.
        var slowEnd = at
        while at < end {
            if at >= slowEnd, at + 64 <= end, state != .afterQuote,
                rows.count + 64 <= enough.count, let base = bytes.baseAddress
            {
                if skip(cbytes_csv64(base + at, separator), bytes) {
                    if at >= enough.bytes, !rows.isEmpty { return true }
                    continue
                }
                slowEnd = at + 64
            }
            let byte = bytes[at]
            if state == .quoted {
                if byte == UInt8(ascii: "\"") { state = .afterQuote }
                at += 1
                continue
            }
            if byte == 0x0A || byte == 0x0D {
                if byte == 0x0D, at + 1 >= end, !isFinal { return false }
                let isPair = byte == 0x0D && at + 1 < end && bytes[at + 1] == 0x0A
                endRow(next: at + (isPair ? 2 : 1))
                // Blank lines alone make no block, however many they are.
                if rows.count >= enough.count || (at >= enough.bytes && !rows.isEmpty) {
                    return true
                }
                continue
            }
            if byte == separator {
                state = .fieldStart
            } else if byte == UInt8(ascii: "\""), state == .fieldStart {
                state = .quoted
                quoteStart = at
            } else if byte == UInt8(ascii: "\""), state == .afterQuote {
                state = .quoted
            } else if state == .afterQuote {
                throw Fault(
                    .syntax, at: at, "a field goes on after its closing quotation mark",
                    remedy: "double the quotation marks inside a field: \"\"")
            } else {
                state = .plain
            }
            at += 1
        }
        guard isFinal else { return false }
        if state == .quoted {
            throw Fault(
                .truncated, at: quoteStart,
                "a quotation mark opens here and is never closed",
                remedy: "close the field, or double quotation marks inside it: \"\"")
        }
        if start < at { endRow(next: at) }
        return false
    }

    /// Steps over 64 bytes in which no field with quotation marks begins or ends, and notes the rows
    /// that end in them; false where they are to be looked at one by one.
    private mutating func skip(
        _ found: cbytes_csv, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard found.quotes == 0 else { return false }
        let chunkEnd = at + 64
        guard state != .quoted else {
            at = chunkEnd
            return true
        }
        // A return at the end may be half of a line end.
        guard bytes[chunkEnd - 1] != 0x0D else { return false }
        var breaks = found.breaks
        while breaks != 0 {
            let place = chunkEnd - 64 + breaks.trailingZeroBitCount
            breaks &= breaks &- 1
            // The second half of a line end stands where the next row would begin.
            if bytes[place] == 0x0A, place > 0, place == start, bytes[place - 1] == 0x0D {
                start = place + 1
                continue
            }
            if start < place { rows.append(start..<place) }
            start = place + 1
        }
        at = chunkEnd
        let isStart = start == chunkEnd || bytes[chunkEnd - 1] == separator
        state = isStart ? .fieldStart : .plain
        return true
    }

    private mutating func endRow(next: Int) {
        if start < at { rows.append(start..<at) }
        at = next
        start = next
        state = .fieldStart
    }
}

/// A field of a row, without its quotation marks.
struct CSVField {
    var start: Int
    var end: Int
    /// Whether quotation marks are doubled in it.
    var isDoubled = false

    /// Splits a row that a scanner has found.
    static func append(
        of row: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, separator: UInt8,
        to fields: inout [CSVField]
    ) {
        var at = row.lowerBound
        if let base = bytes.baseAddress {
            var start = at
            // What lies behind the row is looked at, and does not count.
            while at + 64 <= bytes.count {
                let found = cbytes_csv64(base + at, separator)
                let rest = row.upperBound - at
                let mask: UInt64 = rest >= 64 ? ~0 : (1 << UInt64(rest)) &- 1
                if found.quotes & mask != 0 { break }
                var separators = found.separators & mask
                while separators != 0 {
                    let place = at + separators.trailingZeroBitCount
                    separators &= separators &- 1
                    fields.append(CSVField(start: start, end: place))
                    start = place + 1
                }
                if rest <= 64 {
                    fields.append(CSVField(start: start, end: row.upperBound))
                    return
                }
                at += 64
            }
            // A field with quotation marks begins in what follows, or one without has been begun.
            at = start
        }
        while true {
            var field = CSVField(start: at, end: at)
            if at < row.upperBound, bytes[at] == UInt8(ascii: "\"") {
                at += 1
                field.start = at
                while at < row.upperBound {
                    guard bytes[at] == UInt8(ascii: "\"") else {
                        at += 1
                        continue
                    }
                    guard at + 1 < row.upperBound, bytes[at + 1] == UInt8(ascii: "\"") else {
                        break
                    }
                    field.isDoubled = true
                    at += 2
                }
                field.end = at
                at += 1
            } else {
                while at < row.upperBound, bytes[at] != separator { at += 1 }
                field.end = at
            }
            fields.append(field)
            guard at < row.upperBound else { return }
            at += 1
        }
    }

    /// The bytes of the field; doubled quotation marks still stand doubled.
    @inline(__always)
    func slice(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// Appends the text of the field.
    func append(from bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var skips = false
        for byte in slice(bytes) {
            if isDoubled, byte == UInt8(ascii: "\"") {
                skips.toggle()
                if skips { continue }
            }
            out.append(byte)
        }
    }

    /// The text of the field.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var out: [UInt8] = []
        append(from: bytes, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
