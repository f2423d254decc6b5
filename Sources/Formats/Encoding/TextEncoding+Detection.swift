extension TextEncoding {
    /// How much of a text is looked at.
    private static let sample = 1 << 20

    /// The encoding of the beginning of a text, by its bytes: CP949, or `nil` for whatever is
    /// UTF-8 or nothing known.
    static func of(_ bytes: [UInt8]) -> TextEncoding? {
        var evidence = EncodingEvidence()
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            line.withUnsafeBufferPointer {
                evidence.add($0, mayBeCut: line.endIndex == bytes.count)
            }
        }
        return evidence.verdict == .cp949 ? .cp949 : nil
    }

    /// The encoding of a file of text: the one a person names, or the one its bytes show.
    static func of(_ path: String, _ options: ReadingOptions) throws(FormatError) -> TextEncoding? {
        if let encoding = options.encoding { return encoding }
        if path == "-" { return nil }
        return of(try FileBytes.read(Inputs.open(path), upTo: sample))
    }
}
