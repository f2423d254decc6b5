/// In which encoding the texts of a shapefile are, and how that is known.
struct ShapefileEncoding {
    let encoding: TextEncoding
    /// What a person should know: that nothing names the encoding, or that what names it is wrong.
    let remark: String?

    /// Weighs what the files say against what the bytes are.
    ///
    /// - Parameters:
    ///   - table: The texts of the `.dbf`, where there is one.
    ///   - label: What the `.cpg` says, where there is one.
    ///   - wanted: What a person says, which goes before all else.
    init(_ table: DBFText?, label: String?, wanted: TextEncoding?) {
        let found = table?.evidence.verdict
        if let wanted {
            encoding = wanted
            remark = nil
            return
        }
        let named = label.flatMap(TextEncoding.init(_:))
        // Language byte 0x57 is "ANSI", whatever the machine that wrote it had.
        let byByte = (table?.language).flatMap {
            [0x4E, 0x79].contains($0) ? TextEncoding.cp949 : nil
        }
        guard let found else {
            encoding = named ?? byByte ?? .utf8
            remark = nil
            return
        }
        encoding = found
        if let label, named != found {
            remark =
                "the .cpg says \(label), but the texts are \(found.title) and were read so"
        } else if label == nil, let byByte, byByte != found {
            remark =
                "the language byte of the .dbf says \(byByte.title), but the texts are "
                + "\(found.title) and were read so"
        } else if label == nil, byByte == nil, found != .utf8 {
            remark = "no .cpg names the encoding; the texts are \(found.title)"
        } else {
            remark = nil
        }
    }
}
