/// What a result was made from: one input, named so that anyone can tell whether theirs is the same.
public struct InputRecord: Hashable, Sendable {
    /// The file's name without its folder; `standard input` for that.
    public let name: String
    /// Its size in bytes.
    public let size: Int
    /// The SHA-256 of its bytes, in hexadecimal digits (FIPS 180-4).
    public let sha256: String

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - size: Its size in bytes.
    ///   - sha256: The SHA-256 of its bytes, in hexadecimal digits.
    public init(name: String, size: Int, sha256: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
    }
}
