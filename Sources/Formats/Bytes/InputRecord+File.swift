internal import Crypto
public import Features

extension InputRecord {
    /// Reads a file to its end for its size and SHA-256.
    ///
    /// - Parameter path: The file.
    /// - Returns: The record of its bytes.
    /// - Throws: ``FormatError`` where it cannot be read.
    public static func of(file path: String) throws(FormatError) -> InputRecord {
        try DigestingInput.record(of: path)
    }

    /// The SHA-256 of a text as UTF-8, in hexadecimal digits (FIPS 180-4).
    ///
    /// - Parameter text: The text.
    /// - Returns: 64 digits.
    public static func sha256(of text: String) -> String {
        let digits = Array("0123456789abcdef")
        let digest = SHA256.hash(data: Array(text.utf8))
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
