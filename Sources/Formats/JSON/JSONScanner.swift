/// Reads JSON (RFC 8259, without any leniency) from bytes in memory, value by value.
///
/// The scanner never recurses; whoever calls it decides how deep to go.
struct JSONScanner {
    /// How deep arrays and objects may nest.
    static let depthLimit = 512

    let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte.
    var at: Int
    /// The end of the text, at most the number of bytes.
    let end: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.at = start
        self.end = end ?? bytes.count
    }

    /// The content of a string, between its quotation marks.
    struct Text {
        var start: Int
        var end: Int
        /// Whether escapes stand in it.
        var isEscaped: Bool
    }

    /// A number, whole where it is written so and fits.
    enum Number {
        case int(Int64)
        case double(Double)
    }

    /// The byte that comes next after white space.
    @inline(__always)
    mutating func peek() throws(Fault) -> UInt8 {
        while at < end {
            let byte = bytes[at]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
                throw Fault(.syntax, at: at, "\(described(at)) between values is no JSON")
            }
            at += 1
        }
        throw .end(at: at)
    }

    /// Whether nothing but white space follows.
    mutating func isAtEnd() throws(Fault) -> Bool {
        while at < end {
            guard [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) else { return false }
            at += 1
        }
        return true
    }

    /// Steps over the byte given, after white space.
    @inline(__always)
    mutating func expect(_ byte: UInt8, _ what: @autoclosure () -> String) throws(Fault) {
        guard try peek() == byte else { throw unexpected(what()) }
        at += 1
    }

    /// The error for what stands here instead of what was expected.
    func unexpected(_ what: String) -> Fault {
        if at >= end { return .end(at: at) }
        let rest = bytes[at..<min(end, at + 9)]
        func begins(_ word: StaticString) -> Bool {
            word.withUTF8Buffer { rest.starts(with: $0) }
        }
        if begins("NaN") || begins("Infinity") || begins("-Infinity") || begins("nan") {
            return Fault(
                .syntax, at: at,
                "expected \(what), found NaN or Infinity, which JSON does not have",
                remedy: "write null for a number that is not known")
        }
        if bytes[at] == UInt8(ascii: "/") {
            return Fault(
                .syntax, at: at, "expected \(what), found a comment, which JSON does not have",
                remedy: "remove the comment")
        }
        return Fault(.syntax, at: at, "expected \(what), found \(described(at))")
    }

    /// A byte as people name it.
    func described(_ at: Int) -> String {
        guard at < end else { return "the end" }
        for word in ["null", "true", "false"] where bytes[at..<end].starts(with: word.utf8) {
            return word
        }
        switch bytes[at] {
        case 0x21..<0x7F: return "'\(Character(Unicode.Scalar(bytes[at])))'"
        case let byte:
            let digits = String(byte, radix: 16, uppercase: true)
            return "byte 0x\(byte < 16 ? "0" : "")\(digits)"
        }
    }

    // MARK: Arrays and objects

    /// Steps into an object and says whether it has a member.
    @inline(__always)
    mutating func enterObject() throws(Fault) -> Bool {
        try expect(UInt8(ascii: "{"), "an object")
        guard try peek() == UInt8(ascii: "}") else { return true }
        at += 1
        return false
    }

    /// Reads a member's name and the colon.
    @inline(__always)
    mutating func key() throws(Fault) -> Text {
        guard try peek() == UInt8(ascii: "\"") else {
            throw unexpected("a member's name in quotation marks")
        }
        let text = try string()
        try expect(UInt8(ascii: ":"), "':' after a member's name")
        return text
    }

    /// After a member: whether another one follows, or the object has ended.
    @inline(__always)
    mutating func anotherMember() throws(Fault) -> Bool {
        let byte = try peek()
        if byte == UInt8(ascii: ",") {
            at += 1
            return true
        }
        guard byte == UInt8(ascii: "}") else { throw unexpected("',' or '}'") }
        at += 1
        return false
    }

    /// Steps into an array and says whether it has an element.
    @inline(__always)
    mutating func enterArray(_ what: @autoclosure () -> String) throws(Fault) -> Bool {
        try expect(UInt8(ascii: "["), what())
        guard try peek() == UInt8(ascii: "]") else { return true }
        at += 1
        return false
    }

    /// After an element: whether another one follows, or the array has ended.
    @inline(__always)
    mutating func anotherElement() throws(Fault) -> Bool {
        let byte = try peek()
        if byte == UInt8(ascii: ",") {
            at += 1
            return true
        }
        guard byte == UInt8(ascii: "]") else { throw unexpected("',' or ']'") }
        at += 1
        return false
    }

    // MARK: Whole values

    /// Steps over a value of any kind and checks its grammar; `depth` says how many arrays and
    /// objects are open around it.
    mutating func skipValue(depth: Int = 0) throws(Fault) {
        /// Which of the arrays and objects that are open are objects.
        var open: [Bool] = []
        while true {
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard depth + open.count < Self.depthLimit else {
                    throw Fault(
                        .tooDeep, at: at, "arrays and objects nest deeper than \(Self.depthLimit)")
                }
                let isObject = byte == UInt8(ascii: "{")
                if isObject ? try enterObject() : try enterArray("an array") {
                    open.append(isObject)
                    if isObject { _ = try key() }
                    continue
                }
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): _ = try word()
            default: _ = try number()
            }
            while let isObject = open.last {
                if isObject ? try anotherMember() : try anotherElement() {
                    if isObject { _ = try key() }
                    break
                }
                open.removeLast()
            }
            if open.isEmpty { return }
        }
    }

    /// Reads `true`, `false` or `null` (as `nil`).
    mutating func word() throws(Fault) -> Bool? {
        func stands(_ word: StaticString) -> Bool {
            word.withUTF8Buffer { bytes[at..<min(end, at + $0.count)].elementsEqual($0) }
        }
        let found: (length: Int, value: Bool?)
        if stands("null") {
            found = (4, nil)
        } else if stands("true") {
            found = (4, true)
        } else if stands("false") {
            found = (5, false)
        } else if end - at < 5, ["null", "true", "false"].contains(where: { isStart(of: $0) }) {
            throw .end(at: end)
        } else {
            throw unexpected("a value")
        }
        at += found.length
        return found.value
    }

    private func isStart(of word: String) -> Bool { word.utf8.starts(with: bytes[at..<end]) }
}
