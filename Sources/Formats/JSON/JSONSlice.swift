/// A JSON value as the bytes in which it was written, whose parts can be looked at one by one.
///
/// For documents with a large part that is passed on as it is: the grammar of all is checked once,
/// and nothing becomes a tree that nobody asks for.
public struct JSONSlice: Sendable {
    private let whole: [UInt8]
    private let range: Range<Int>

    /// A named value of an object.
    public struct Member: Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSONSlice
    }

    /// What a value is.
    public enum Kind: Hashable, Sendable {
        /// Named values, or values in order.
        case object, array
        /// Everything else.
        case scalar
    }

    /// Checks a JSON text (RFC 8259) whole.
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8, with or without a byte order mark.
    ///   - file: What errors call the text.
    /// - Throws: ``FormatError`` naming line and byte.
    /// - Complexity: O(*n*) in the number of bytes.
    public init(_ bytes: [UInt8], file: String = "JSON") throws(FormatError) {
        var result: Result<Range<Int>, Fault> = .success(0..<0)
        bytes.withUnsafeBufferPointer { buffer in
            do throws(Fault) {
                var scanner = JSONScanner(buffer)
                if buffer.starts(with: ByteOrderMark.utf8) { scanner.at = 3 }
                _ = try scanner.peek()
                let start = scanner.at
                try scanner.skipValue()
                let end = scanner.at
                guard try scanner.isAtEnd() else {
                    throw scanner.unexpected("the end after the value")
                }
                result = .success(start..<end)
            } catch {
                result = .failure(error)
            }
        }
        switch result {
        case .success(let range): (whole, self.range) = (bytes, range)
        case .failure(let fault):
            let line = bytes[..<min(fault.at, bytes.count)].count { $0 == 0x0A } + 1
            throw FormatError(
                fault.code, at: "\(file), line \(line) (byte \(fault.at))", fault.problem,
                remedy: fault.remedy)
        }
    }

    private init(_ whole: [UInt8], _ range: Range<Int>) {
        self.whole = whole
        self.range = range
    }

    /// The bytes of the value, without the white space around it.
    public var bytes: ArraySlice<UInt8> { whole[range] }

    /// What the value is.
    public var kind: Kind {
        switch whole[range.lowerBound] {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        default: .scalar
        }
    }

    /// The members of an object in their order; `nil` where this is none.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    public var members: [Member]? {
        guard kind == .object else { return nil }
        var members: [Member] = []
        scan { scanner throws(Fault) in
            guard try scanner.enterObject() else { return }
            repeat {
                let name = scanner.text(try scanner.key())
                members.append(Member(name: name, value: try next(&scanner)))
            } while try scanner.anotherMember()
        }
        return members
    }

    /// The values of an array in their order; `nil` where this is none.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    public var array: [JSONSlice]? {
        guard kind == .array else { return nil }
        var values: [JSONSlice] = []
        scan { scanner throws(Fault) in
            guard try scanner.enterArray("an array") else { return }
            repeat { values.append(try next(&scanner)) } while try scanner.anotherElement()
        }
        return values
    }

    /// The value as a tree.
    ///
    /// - Returns: The value.
    /// - Throws: ``FormatError`` where numbers or texts of it cannot be held.
    public func value() throws(FormatError) -> JSONValue { try JSONValue.parse(bytes) }

    private func next(_ scanner: inout JSONScanner) throws(Fault) -> JSONSlice {
        _ = try scanner.peek()
        let start = scanner.at
        try scanner.skipValue()
        return JSONSlice(whole, start..<scanner.at)
    }

    /// The grammar was checked before, so that nothing is left to be found.
    private func scan(_ look: (inout JSONScanner) throws(Fault) -> Void) {
        whole.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer, from: range.lowerBound, to: range.upperBound)
            try? look(&scanner)
        }
    }
}
