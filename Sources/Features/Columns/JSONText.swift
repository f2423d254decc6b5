/// The JSON text of single values (RFC 8259), for columns of mixed kinds and for writers.
public enum JSONText {
    /// Returns the JSON text of a cell; null is `null`.
    ///
    /// - Parameter value: The cell.
    /// - Returns: Its JSON text.
    public static func of(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): number(value)
        case .string(let text): String(decoding: string(text.utf8), as: UTF8.self)
        case .json(let text): text
        }
    }

    /// Returns the cell that a JSON text stands for; arrays and objects stay JSON text.
    ///
    /// - Parameter json: Valid JSON text, as ``of(_:)`` writes it or as a file holds it.
    /// - Returns: A cell of the kind of the value.
    static func plain(_ json: String) -> Value {
        switch json {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        guard let first = json.utf8.first else { return .json(json) }
        switch first {
        case UInt8(ascii: "\""):
            return unescaped(Array(json.utf8.dropFirst().dropLast())).map { .string($0) }
                ?? .json(json)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return Int64(json).map { .int($0) } ?? Double(json).map { .double($0) } ?? .json(json)
        default: return .json(json)
        }
    }

    /// The text of a JSON string without its quotation marks; `nil` where an escape is broken.
    private static func unescaped(_ escaped: [UInt8]) -> String? {
        let letters: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        ]
        var out: [UInt8] = []
        var units: [UInt16] = []
        var at = 0
        while at < escaped.count {
            let isEscape = escaped[at] == UInt8(ascii: "\\")
            guard !isEscape || at + 1 < escaped.count else { return nil }
            if isEscape, escaped[at + 1] == UInt8(ascii: "u") {
                let digits = escaped[(at + 2)...].prefix(4)
                guard let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
                    return nil
                }
                units.append(unit)
                at += 6
                continue
            }
            // Units stand together: two of them may be one character.
            out += String(decoding: units, as: UTF16.self).utf8
            units = []
            out.append(isEscape ? letters[escaped[at + 1]] ?? escaped[at + 1] : escaped[at])
            at += isEscape ? 2 : 1
        }
        out += String(decoding: units, as: UTF16.self).utf8
        return String(decoding: out, as: UTF8.self)
    }

    /// Returns the shortest text that reads back as the same number; `null` for infinities and NaN.
    ///
    /// - Parameter value: The number.
    /// - Returns: Its JSON text, with `.0` left out of whole numbers up to 2⁵³.
    public static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == value.rounded(), value.magnitude < 9_007_199_254_740_992 {
            return value == 0 && value.sign == .minus ? "-0.0" : String(Int64(value))
        }
        return value.description
    }

    /// Returns a text in quotation marks with the escapes that JSON demands.
    ///
    /// - Parameter utf8: The bytes of the text, which must be valid UTF-8.
    /// - Returns: The bytes of the JSON text.
    public static func string(_ utf8: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = [UInt8(ascii: "\"")]
        append(string: utf8, to: &out)
        out.append(UInt8(ascii: "\""))
        return out
    }

    /// Appends a text without quotation marks, with the escapes that JSON demands.
    ///
    /// - Parameters:
    ///   - utf8: The bytes of the text, which must be valid UTF-8.
    ///   - out: The buffer to extend.
    public static func append(string utf8: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0x0A: out += Array("\\n".utf8)
            case 0x0D: out += Array("\\r".utf8)
            case 0x09: out += Array("\\t".utf8)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                out += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
    }
}
