public import Features

/// A file of JSON that was read whole, and which bytes it was.
public struct JSONDocument: Hashable, Sendable {
    /// The value it holds.
    public let value: JSONValue
    /// The file's name, size and SHA-256.
    public let input: InputRecord

    /// Reads a file of JSON.
    ///
    /// - Parameters:
    ///   - path: The file, `-` for standard input.
    ///   - omitted: Names of members whose values are stepped over, wherever they stand: what is not
    ///     needed costs no memory and little time, but its grammar is still checked.
    /// - Throws: ``FormatError`` naming the file, line and byte.
    public init(_ path: String, omitting omitted: Set<String> = []) throws(FormatError) {
        let source = DigestingInput(try FileInput(path))
        let bytes = try FileBytes.read(source, upTo: .max)
        value = try JSONValue.parse(
            bytes, file: path == "-" ? "standard input" : path, omitting: omitted)
        input = source.record
    }
}
