#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How texts are written as bytes.
public struct TextEncoding: Hashable, Sendable {
    /// The name by which iconv knows it: `CP949`.
    public let name: String

    private init(known name: String) { self.name = name }

    /// UTF-8.
    public static let utf8 = TextEncoding(known: "UTF-8")
    /// Microsoft's code page 949, which extends EUC-KR (KS X 1001) to all modern syllables of Hangul.
    public static let cp949 = TextEncoding(known: "CP949")

    private static let utf8Names: Set<String> = ["utf8", "65001", "utf8sig"]
    private static let cp949Names: Set<String> = [
        "cp949", "949", "ms949", "windows949", "ansi949", "oem949", "uhc", "euckr", "51949",
        "ksc56011987", "ksc5601", "ksx1001", "korean", "xwindows949", "cseuckr", "ldid78",
        "ldid121",
    ]

    /// Reads the name of an encoding, as a person, a `.cpg` file or a program writes it.
    ///
    /// The result is `nil` where the system has no such encoding.
    ///
    /// - Parameter text: A name: `UTF-8`, `cp949`, `EUC-KR`, `65001`, or any that iconv knows.
    public init?(_ text: String) {
        let key = text.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        if Self.utf8Names.contains(key) {
            self = .utf8
        } else if Self.cp949Names.contains(key) {
            self = .cp949
        } else {
            let trimmed = text.filter { !$0.isWhitespace }
            let isNumber = !key.isEmpty && key.allSatisfy(\.isNumber)
            let isLatin = isNumber && key.hasPrefix("8859")
            let name =
                isLatin ? "ISO-8859-\(key.dropFirst(4))" : isNumber ? "CP\(key)" : trimmed
            let handle = iconv_open("UTF-8", name)
            guard !key.isEmpty, handle != iconv_t(bitPattern: -1) else { return nil }
            iconv_close(handle)
            self.init(known: name)
        }
    }

    /// What people call it: `CP949 (EUC-KR)`.
    public var title: String { self == .cp949 ? "CP949 (EUC-KR)" : name }
}
