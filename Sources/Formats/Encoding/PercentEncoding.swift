/// Texts of addresses, whose percent signs stand for bytes.
///
/// Source: RFC 3986, section 2.1.
public enum PercentEncoding {
    /// A text without its percent signs.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - plusIsSpace: Whether a plus sign is a space, as in the query of a form.
    /// - Returns: The text; `nil` where two hexadecimal digits are missing behind a percent sign,
    ///   or the bytes are no UTF-8 or hold a zero.
    public static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
        let plus = UInt8(ascii: "+")
        let percent = UInt8(ascii: "%")
        if !text.utf8.contains(where: { $0 == percent || $0 == 0 || $0 == plus && plusIsSpace }) {
            return String(text)
        }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == plus, plusIsSpace {
                bytes.append(0x20)
            } else if byte == percent {
                guard let high = rest.popFirst().flatMap(hexadecimal),
                    let low = rest.popFirst().flatMap(hexadecimal)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
