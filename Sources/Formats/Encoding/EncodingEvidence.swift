/// What bytes of many texts tell about their encoding: UTF-8 or CP949.
///
/// UTF-8 has a grammar that other text hardly ever meets, so texts that are all well-formed are
/// UTF-8. A few syllables of CP949 happen to be well-formed too (타 is 0xC5 0xB8); what reads as
/// Hangul in one of both is then taken.
struct EncodingEvidence {
    /// Texts that are not ASCII.
    private(set) var texts = 0
    /// Of those, the ones well-formed in UTF-8 and in CP949; a cut at the end does not count.
    private(set) var utf8 = 0
    private(set) var cp949 = 0
    private var hangulInUTF8 = 0
    private var hangulInCP949 = 0

    /// Takes note of a text; `mayBeCut` where it may end in the middle of a character.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, mayBeCut: Bool) {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        texts += 1
        let fault = UTF8Check.firstFault(bytes)
        if fault.map({ mayBeCut && UTF8Check.isStart(bytes, $0, bytes.count) }) ?? true {
            utf8 += 1
            hangulInUTF8 += bytes.count { (0xEA...0xED).contains($0) }
        }
        if let syllables = Self.syllables(bytes, mayBeCut) {
            cp949 += 1
            hangulInCP949 += syllables
        }
    }

    /// The number of syllables of KS X 1001 in a text of CP949; `nil` where it is none.
    private static func syllables(
        _ bytes: UnsafeBufferPointer<UInt8>, _ mayBeCut: Bool
    ) -> Int? {
        var at = 0
        var found = 0
        while at < bytes.count {
            guard bytes[at] >= 0x80 else {
                at += 1
                continue
            }
            guard (0x81...0xFE).contains(bytes[at]) else { return nil }
            guard at + 1 < bytes.count else { return mayBeCut ? found : nil }
            switch bytes[at + 1] {
            case 0x41...0x5A, 0x61...0x7A, 0x81...0xFE: break
            default: return nil
            }
            if (0xB0...0xC8).contains(bytes[at]), bytes[at + 1] >= 0xA1 { found += 1 }
            at += 2
        }
        return found
    }

    /// The encoding that the texts are in; `nil` where all are ASCII, or neither fits.
    var verdict: TextEncoding? {
        guard texts > 0, max(utf8, cp949) * 2 > texts else { return nil }
        if utf8 == texts, cp949 == texts {
            return hangulInUTF8 == 0 && hangulInCP949 > 0 ? .cp949 : .utf8
        }
        return utf8 >= cp949 ? .utf8 : .cp949
    }
}
