/// A column of Arrow as its schema names it
/// (https://arrow.apache.org/docs/format/Columnar.html, Schema.fbs).
struct ArrowField: Hashable, Sendable {
    var name: String
    var type: ArrowType
    var isNullable = true
    var children: [ArrowField] = []
    var metadata: [Pair] = []
    /// Where values stand in a dictionary: its number, and the type of the places in it.
    var dictionary: Dictionary?

    struct Pair: Hashable, Sendable {
        var key: String
        var value: String
    }

    struct Dictionary: Hashable, Sendable {
        var id: Int64
        var index: ArrowType
    }

    /// The name of the extension, which says what is meant by the type.
    var extensionName: String? { metadata.first { $0.key == Self.nameKey }?.value }
    var extensionMetadata: String? { metadata.first { $0.key == Self.metadataKey }?.value }

    static let nameKey = "ARROW:extension:name"
    static let metadataKey = "ARROW:extension:metadata"
}

/// The types of Arrow that are read; others have the number of their type.
enum ArrowType: Hashable, Sendable {
    case null
    case bool
    case int(bits: Int, isSigned: Bool)
    case float(bits: Int)
    case text(isLarge: Bool)
    case binary(isLarge: Bool)
    case list(isLarge: Bool)
    case structure
    case fixedList(Int)
    case other(Int)

    static let offset = ArrowType.int(bits: 32, isSigned: true)
}

extension ArrowField {
    /// The field as a table of Schema.fbs.
    var table: [FlatBufferWriter.Value] {
        let (number, parameters) = type.table
        return [
            .text(name), .byte(isNullable ? 1 : 0), .byte(number), .table(parameters), .none,
            .tables(children.map(\.table)), Self.pairs(metadata),
        ]
    }

    static func pairs(_ pairs: [Pair]) -> FlatBufferWriter.Value {
        pairs.isEmpty ? .none : .tables(pairs.map { [.text($0.key), .text($0.value)] })
    }

    init(_ table: FlatTable, depth: Int = 0) throws(FlatTable.Damage) {
        guard depth < 16 else { throw FlatTable.Damage() }
        name = try table.text(0) ?? ""
        isNullable = try table.number(1, usual: UInt8(0)) != 0
        type = try ArrowType(table.number(2, usual: UInt8(0)), try table.table(3))
        if let encoding = try table.table(4) {
            var index = ArrowType.offset
            if let table = try encoding.table(1) { index = try ArrowType(2, table) }
            dictionary = Dictionary(id: try encoding.number(0), index: index)
        }
        for child in try table.tables(5) {
            children.append(try ArrowField(child, depth: depth + 1))
        }
        for pair in try table.tables(6) {
            metadata.append(Pair(key: try pair.text(0) ?? "", value: try pair.text(1) ?? ""))
        }
    }
}

extension ArrowType {
    fileprivate var table: (UInt8, [FlatBufferWriter.Value]) {
        switch self {
        case .null: (1, [])
        case .int(let bits, let isSigned): (2, [.int(Int32(bits)), .byte(isSigned ? 1 : 0)])
        case .float(let bits): (3, [.short(bits == 64 ? 2 : bits == 32 ? 1 : 0)])
        case .binary(let isLarge): (isLarge ? 19 : 4, [])
        case .text(let isLarge): (isLarge ? 20 : 5, [])
        case .bool: (6, [])
        case .list(let isLarge): (isLarge ? 21 : 12, [])
        case .structure: (13, [])
        case .fixedList(let count): (16, [.int(Int32(count))])
        case .other(let number): (UInt8(truncatingIfNeeded: number), [])
        }
    }

    init(_ number: UInt8, _ table: FlatTable?) throws(FlatTable.Damage) {
        switch number {
        case 1: self = .null
        case 2:
            let bits: Int32 = try table?.number(0) ?? 0
            let isSigned: UInt8 = try table?.number(1) ?? 0
            guard [8, 16, 32, 64].contains(bits) else { throw FlatTable.Damage() }
            self = .int(bits: Int(bits), isSigned: isSigned != 0)
        case 3:
            let precision: Int16 = try table?.number(0) ?? 0
            self = precision == 2 ? .float(bits: 64) : precision == 1 ? .float(bits: 32) : .other(3)
        case 4: self = .binary(isLarge: false)
        case 5: self = .text(isLarge: false)
        case 6: self = .bool
        case 12: self = .list(isLarge: false)
        case 13: self = .structure
        case 16:
            let count: Int32 = try table?.number(0) ?? 0
            self = .fixedList(Int(count))
        case 19: self = .binary(isLarge: true)
        case 20: self = .text(isLarge: true)
        case 21: self = .list(isLarge: true)
        default: self = .other(Int(number))
        }
    }

    /// How people call the type.
    var title: String {
        guard case .other(let number) = self else { return "\(self)" }
        let names = [
            3: "float16", 7: "decimal", 8: "date", 9: "time", 10: "timestamp", 11: "interval",
            14: "union", 15: "fixed-size binary", 17: "map", 18: "duration", 22: "run-end encoded",
            23: "binary view", 24: "string view",
        ]
        return names[number] ?? "type \(number)"
    }
}
