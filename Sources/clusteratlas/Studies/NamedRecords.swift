import Formats
import Studies

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The words of a result, and of the results in its folder that it rests on, among which are the
/// identifiers of the records it names.
struct NamedRecords {
    /// Words of small letters, digits and hyphens, as identifiers are.
    private(set) var ids: Set<String> = []

    /// Reads the results.
    ///
    /// - Parameters:
    ///   - result: The result.
    ///   - origins: The names of what it rests on; those of files beside it are read too.
    /// - Throws: `FormatError` where the result cannot be read.
    init(in result: String, _ origins: Set<String>) throws {
        let folder = result.lastIndex(of: "/").map { String(result[...$0]) } ?? ""
        add(try TextFile.read(result))
        for name in origins.sorted() where !name.contains("/") {
            let file = folder + name
            guard access(file, R_OK) == 0, let text = try? TextFile.read(file) else { continue }
            add(text)
        }
    }

    private mutating func add(_ text: String) {
        var word: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                word.append(byte)
            default:
                keep(&word)
            }
        }
        keep(&word)
    }

    /// Identifiers have a hyphen behind the two letters of their layer.
    private mutating func keep(_ word: inout [UInt8]) {
        if word.count > 3, word.count < 80, word.contains(UInt8(ascii: "-")) {
            ids.insert(String(decoding: word, as: UTF8.self))
        }
        word.removeAll(keepingCapacity: true)
    }
}
