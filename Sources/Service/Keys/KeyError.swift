public import Geometry

/// A file of keys that holds none, or something else.
public struct KeyError: ExplainedError {
    /// The file, and the line in it.
    public let place: String
    /// What was expected.
    public var problem: String {
        "a line must be a name and the SHA-256 of a key, 64 hexadecimal digits"
    }
    /// What to do.
    public var remedy: String? {
        "make a key with `openssl rand -hex 32`, and its line with "
            + "`echo office $(printf %s KEY | sha256sum | cut -c-64)`"
    }
}
