import HTTPTypes

/// Tells whether an answer has changed (RFC 9110, section 8.8.3).
///
/// Tags are weak: what is packed with gzip, or told at another second, is the same answer.
enum EntityTag {
    /// The tag of bytes: their number and 64 bits of FNV-1a, eight at a time.
    static func of(_ bytes: [UInt8]) -> String {
        "W/\"\(String(bytes.count, radix: 36))-\(String(hash(bytes), radix: 36))\""
    }

    /// A tag of contents and of the question that was asked of them.
    static func of(contents: String, question: String) -> String {
        "W/\"\(contents)-\(String(hash(Array(question.utf8)), radix: 36))\""
    }

    /// A mixing of words of eight bytes after FNV-1a, for telling contents apart, not for secrets.
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        bytes.withUnsafeBytes { bytes in
            var at = 0
            while at + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                hash = (hash ^ UInt64(littleEndian: word)) &* 0x100_0000_01B3
                hash ^= hash >> 29
                at += 8
            }
            while at < bytes.count {
                hash = (hash ^ UInt64(bytes[at])) &* 0x100_0000_01B3
                at += 1
            }
        }
        return hash ^ hash >> 32
    }
}
