import Features

/// Some whole features of a file as text, to be parsed into one batch by anyone at any time.
struct GeoJSONBlock: TextBlock {
    /// The text; only what the elements cover is meant.
    var bytes: [UInt8]
    /// Where the features lie in the text.
    var elements: [Range<Int>]
    /// The place in the file of the first feature, from 0.
    var firstIndex: Int
    /// The name of the file.
    var file: String
    /// The place in the file of the first byte.
    var origin: Int
    /// How many line breaks lie before the first byte.
    var linesBefore: Int
    /// Whether an element may be a geometry without a feature around it.
    var mayBeGeometry = false

    /// What parsing a block gives.
    struct Parsed: Sendable {
        var batch: FeatureBatch
        var findings: Findings
    }

    /// What parsing found that people should know.
    struct Findings: Hashable, Sendable {
        /// How many rings were turned round.
        var turnedRings = 0
        /// Names of members of features that a batch has no place for.
        var leftOut: [String] = []

        mutating func merge(_ other: Findings) {
            turnedRings += other.turnedRings
            for name in other.leftOut where !leftOut.contains(name) { leftOut.append(name) }
        }

        var remarks: [String] {
            var remarks: [String] = []
            if turnedRings > 0 {
                remarks.append(
                    "\(turnedRings) rings turned the wrong way round and were reversed "
                        + "(RFC 7946, section 3.1.6)")
            }
            if !leftOut.isEmpty {
                remarks.append(
                    "members of features that GeoJSON does not define were left out: "
                        + leftOut.joined(separator: ", "))
            }
            return remarks
        }
    }

    func parse(
        options: ReadingOptions, transformer: Transformer?
    ) throws(FormatError) -> Parsed {
        try GeoJSONBlockParser.parse(self, options: options, transformation: transformer)
    }

    /// The error at a place in this block.
    func error(_ fault: Fault, element: Int?) -> FormatError {
        var place = file
        if let element {
            place += ", feature \(firstIndex + element + 1)"
            if let id = id(of: element) { place += " (id \(id))" }
        }
        let line = linesBefore + ByteWindow.lines(bytes[..<min(fault.at, bytes.count)]) + 1
        place += ", line \(line) (byte \(origin + fault.at))"
        return FormatError(fault.code, at: place, fault.problem, remedy: fault.remedy)
    }

    /// The identifier of a feature as JSON text, as far as it can be read.
    private func id(of element: Int) -> String? {
        bytes.withUnsafeBufferPointer { buffer in
            let range = elements[element]
            var scanner = JSONScanner(buffer, from: range.lowerBound, to: range.upperBound)
            var id: String?
            func look() throws(Fault) {
                guard try scanner.enterObject() else { return }
                repeat {
                    let key = try scanner.key()
                    _ = try scanner.peek()
                    let start = scanner.at
                    let isText = buffer[start] == UInt8(ascii: "\"")
                    let isNumber = buffer[start] &- 0x30 < 10 || buffer[start] == UInt8(ascii: "-")
                    try scanner.skipValue()
                    if scanner.stands(key, for: "id"), isText || isNumber {
                        id = String(decoding: buffer[start..<scanner.at], as: UTF8.self)
                    }
                } while try scanner.anotherMember()
            }
            try? look()
            return id
        }
    }
}
