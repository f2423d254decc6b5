/// How a file is packed, told by the last ending of its name or by its first bytes.
public enum Compression: String, Hashable, Sendable, CaseIterable {
    /// gzip (RFC 1952), of one or more members.
    case gzip = "gz"
    /// Zstandard (RFC 8878), of one or more frames.
    case zstd = "zst"

    /// Tells the compression by the last ending of a file's name.
    ///
    /// - Parameter path: The file's name; upper and lower case are the same.
    public init?(path: String) {
        let name = path.lowercased()
        guard let found = Self.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") }) else {
            return nil
        }
        self = found
    }

    /// Tells the compression by the first four bytes of a file.
    init?(magic bytes: some Collection<UInt8>) {
        guard let found = Self.allCases.first(where: { bytes.starts(with: $0.magic) }) else {
            return nil
        }
        self = found
    }

    private var magic: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B, 0x08]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        }
    }

    /// A file's name without the ending of a compression.
    static func stripped(_ path: String) -> String {
        guard let found = Compression(path: path) else { return path }
        return String(path.dropLast(found.rawValue.count + 1))
    }

    /// The error for packed bytes that are damaged or end too soon.
    func fault(_ code: FormatError.Code, _ file: String, _ at: Int) -> FormatError {
        let name = self == .gzip ? "gzip" : "Zstandard"
        return FormatError(
            code, at: "\(file), packed byte \(at)",
            code == .truncated
                ? "the file ends in the middle of its \(name) data"
                : "the \(name) data are damaged",
            remedy: "write or download the file again")
    }
}
