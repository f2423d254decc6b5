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
