internal import Features
internal import Formats

/// What a step was made from, and what it wrote, noted once it had ended well.
struct StepRecord: Hashable, Sendable {
    /// All that the step's results depend on, as name and value.
    var parts: [Part]
    /// What it wrote.
    var outputs: [InputRecord]
    /// How long it took.
    var seconds: Double

    /// One of the things that a step's results depend on.
    struct Part: Hashable, Sendable {
        /// What it is, in words: `input towns.geojson`, `parameter within`.
        let name: String
        /// The value, or the SHA-256 of the bytes.
        let value: String
    }

    /// The SHA-256 of all parts, by which an unchanged step is known.
    static func key(_ parts: [Part]) -> String {
        InputRecord.sha256(of: parts.map { "\($0.name)\u{0}\($0.value)\u{0}" }.joined())
    }

    init(parts: [Part], outputs: [InputRecord], seconds: Double) {
        self.parts = parts
        self.outputs = outputs
        self.seconds = seconds
    }

    init?(_ json: JSONValue) {
        guard let parts = json["parts"]?.array, let outputs = json["outputs"]?.array else {
            return nil
        }
        self.parts = parts.compactMap { part in
            guard let name = part["name"]?.string, let value = part["value"]?.string else {
                return nil
            }
            return Part(name: name, value: value)
        }
        self.outputs = outputs.compactMap(InputRecord.init(json:))
        seconds = json["seconds"]?.number ?? 0
        guard json["key"]?.string == Self.key(self.parts), self.outputs.count == outputs.count
        else { return nil }
    }

    var json: JSONValue {
        .object([
            "key": .string(Self.key(parts)),
            "parts": .array(
                parts.map { .object(["name": .string($0.name), "value": .string($0.value)]) }),
            "outputs": .array(outputs.map(\.json)),
            "seconds": .double((seconds * 1000).rounded() / 1000),
        ])
    }

    /// What makes these results others than those of given parts, in words; `nil` for none.
    func difference(from now: [Part]) -> String? {
        if parts == now { return nil }
        let changed = now.filter { part in
            parts.contains { $0.name == part.name && $0.value != part.value }
        }
        let added = now.filter { part in !parts.contains { $0.name == part.name } }
        let gone = parts.filter { part in !now.contains { $0.name == part.name } }
        let words =
            changed.map { "\($0.name) changed" } + added.map { "\($0.name) is new" }
            + gone.map { "\($0.name) is gone" }
        return words.isEmpty ? "the order of its parts changed" : words.joined(separator: ", ")
    }
}

extension InputRecord {
    /// Reads a record as provenance writes it.
    init?(json: JSONValue) {
        guard let name = json["name"]?.string, let bytes = json["bytes"]?.int,
            let sha256 = json["sha256"]?.string
        else { return nil }
        self.init(name: name, size: bytes, sha256: sha256)
    }

    /// The record as provenance writes it.
    var json: JSONValue {
        .object([
            "name": .string(name), "bytes": .int(Int64(size)), "sha256": .string(sha256),
        ])
    }
}
