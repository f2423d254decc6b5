/// The names that attributes take in a format: whole, or in a shapefile the beginning that ten bytes
/// hold, each different from the others.
struct FieldNames {
    private let encoder: TextEncoder?
    private let file: String
    private var taken: Set<String> = []
    private var given: [String: String] = [:]
    /// The names that changed, as `before → after`.
    private(set) var changes: [String] = []

    /// The bytes of a name in a dBASE table.
    static let limit = 10

    /// Names of any length where `encoder` is `nil`; `reserved` are names that the format takes.
    init(encoder: TextEncoder?, reserved: [String] = [], file: String) {
        self.encoder = encoder
        self.file = file
        taken = Set(reserved.map { $0.lowercased() })
    }

    /// The name that an attribute takes.
    mutating func name(for wanted: String) throws(FormatError) -> String {
        if let name = given[wanted] { return name }
        var name = try cut(wanted, to: Self.limit)
        var number = 1
        while name.isEmpty || !taken.insert(name.lowercased()).inserted {
            let tail = "_\(number)"
            name = try cut(wanted, to: Self.limit - tail.utf8.count) + tail
            number += 1
        }
        given[wanted] = name
        if name != wanted { changes.append("\(wanted) → \(name)") }
        return name
    }

    private func cut(_ name: String, to limit: Int) throws(FormatError) -> String {
        guard let encoder else { return name }
        guard let bytes = encoder.prefix(name, bytes: limit) else {
            throw FormatError(
                .encoding, at: file,
                "the name \"\(name)\" has characters that \(encoder.encoding.title) lacks",
                remedy: "write in UTF-8, or give the column another name")
        }
        return bytes.withUnsafeBufferPointer { TextDecoder(encoder.encoding).text($0) }
    }
}
