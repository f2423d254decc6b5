/// The words of the C data interface for types
/// (https://arrow.apache.org/docs/format/CDataInterface.html).
extension ArrowType {
    /// How the C data interface calls the type; `nil` for one that is not written.
    var formatString: String? {
        switch self {
        case .null: "n"
        case .bool: "b"
        case .int(let bits, let isSigned):
            [8: "cC", 16: "sS", 32: "iI", 64: "lL"][bits].map {
                String(isSigned ? $0.first ?? "l" : $0.last ?? "L")
            }
        case .float(let bits): bits == 64 ? "g" : "f"
        case .text(let isLarge): isLarge ? "U" : "u"
        case .binary(let isLarge): isLarge ? "Z" : "z"
        case .list(let isLarge): isLarge ? "+L" : "+l"
        case .structure: "+s"
        case .fixedList(let count): "+w:\(count)"
        case .other: nil
        }
    }

    /// Reads how the C data interface calls a type; `nil` for one that is not read.
    init?(formatString text: String) {
        let known: [String: ArrowType] = [
            "n": .null, "b": .bool, "c": .int(bits: 8, isSigned: true),
            "C": .int(bits: 8, isSigned: false), "s": .int(bits: 16, isSigned: true),
            "S": .int(bits: 16, isSigned: false), "i": .int(bits: 32, isSigned: true),
            "I": .int(bits: 32, isSigned: false), "l": .int(bits: 64, isSigned: true),
            "L": .int(bits: 64, isSigned: false), "f": .float(bits: 32), "g": .float(bits: 64),
            "u": .text(isLarge: false), "U": .text(isLarge: true), "z": .binary(isLarge: false),
            "Z": .binary(isLarge: true), "+l": .list(isLarge: false), "+L": .list(isLarge: true),
            "+s": .structure,
        ]
        if let type = known[text] {
            self = type
        } else if text.hasPrefix("+w:"), let count = Int(text.dropFirst(3)), count > 0 {
            self = .fixedList(count)
        } else {
            return nil
        }
    }

    /// How many buffers a column of the type has in a batch.
    var bufferCount: Int {
        switch self {
        case .null: 0
        case .structure, .fixedList: 1
        case .text, .binary: 3
        default: 2
        }
    }
}
