/// A table of FlatBuffers (https://flatbuffers.dev/internals) in bytes that nobody has checked: what
/// lies outside of them is an error.
struct FlatTable {
    private let bytes: [UInt8]
    private let place: Int

    /// Something that leads out of the bytes.
    struct Damage: Error {}

    /// The root of a buffer.
    init(_ bytes: [UInt8]) throws(Damage) {
        self.bytes = bytes
        place = Int(try Self.number(bytes, 0, UInt32.self))
    }

    private init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    private static func number<Number: FixedWidthInteger>(
        _ bytes: [UInt8], _ at: Int, _ type: Number.Type
    ) throws(Damage) -> Number {
        let size = Number.bitWidth / 8
        guard at >= 0, at <= bytes.count - size else { throw Damage() }
        var value: Number = 0
        for i in (0..<size).reversed() {
            value = (size > 1 ? value << 8 : 0) | Number(truncatingIfNeeded: bytes[at + i])
        }
        return value
    }

    /// Where a field stands, or `nil` where it has its usual value.
    private func field(_ number: Int) throws(Damage) -> Int? {
        let list = place - Int(try Self.number(bytes, place, Int32.self))
        let size = Int(try Self.number(bytes, list, UInt16.self))
        guard 4 + 2 * number + 2 <= size else { return nil }
        let offset = Int(try Self.number(bytes, list + 4 + 2 * number, UInt16.self))
        return offset == 0 ? nil : place + offset
    }

    func number<Number: FixedWidthInteger>(
        _ field: Int, usual: Number = 0
    ) throws(Damage) -> Number {
        guard let at = try self.field(field) else { return usual }
        return try Self.number(bytes, at, Number.self)
    }

    private func target(_ field: Int) throws(Damage) -> Int? {
        guard let at = try self.field(field) else { return nil }
        return at + Int(try Self.number(bytes, at, UInt32.self))
    }

    func table(_ field: Int) throws(Damage) -> FlatTable? {
        try target(field).map { FlatTable(bytes, at: $0) }
    }

    func text(_ field: Int) throws(Damage) -> String? {
        guard let at = try target(field) else { return nil }
        let count = Int(try Self.number(bytes, at, UInt32.self))
        guard count <= bytes.count - at - 4 else { throw Damage() }
        return String(decoding: bytes[at + 4..<at + 4 + count], as: UTF8.self)
    }

    func tables(_ field: Int) throws(Damage) -> [FlatTable] {
        guard let at = try target(field) else { return [] }
        let count = Int(try Self.number(bytes, at, UInt32.self))
        guard count <= (bytes.count - at) / 4 else { throw Damage() }
        var tables: [FlatTable] = []
        for i in 0..<count {
            let entry = at + 4 + 4 * i
            tables.append(
                FlatTable(bytes, at: entry + Int(try Self.number(bytes, entry, UInt32.self))))
        }
        return tables
    }

    /// Structs of so many whole numbers of 64 bits each.
    func structs(_ field: Int, words: Int) throws(Damage) -> [[Int64]] {
        guard let at = try target(field) else { return [] }
        let count = Int(try Self.number(bytes, at, UInt32.self))
        guard count <= (bytes.count - at) / (8 * words) else { throw Damage() }
        var structs: [[Int64]] = []
        for i in 0..<count {
            var values: [Int64] = []
            for word in 0..<words {
                values.append(
                    try Self.number(bytes, at + 4 + 8 * (i * words + word), Int64.self))
            }
            structs.append(values)
        }
        return structs
    }
}
