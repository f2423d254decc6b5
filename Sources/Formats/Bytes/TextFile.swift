/// A small text that is written to a file, whole or not at all.
public enum TextFile {
    /// Writes a text.
    ///
    /// - Parameters:
    ///   - text: The text; written as UTF-8.
    ///   - path: The file, `-` for standard output.
    /// - Throws: ``FormatError`` where nothing can be written there.
    public static func write(_ text: String, to path: String) throws(FormatError) {
        let output = try AtomicOutput(path)
        let bytes = Array(text.utf8)
        var failure: FormatError?
        bytes.withUnsafeBytes { space in
            do throws(FormatError) { try output.write(space) } catch { failure = error }
        }
        if let failure { throw failure }
        try output.finish()
    }

    /// Reads a text.
    ///
    /// - Parameter path: The file, `-` for standard input.
    /// - Returns: The text; bytes that are no UTF-8 are replaced.
    /// - Throws: ``FormatError`` where it cannot be read.
    public static func read(_ path: String) throws(FormatError) -> String {
        String(decoding: try FileBytes.read(path), as: UTF8.self)
    }
}
