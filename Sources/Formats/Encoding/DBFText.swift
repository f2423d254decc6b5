/// The texts of a dBASE table (the `.dbf` of a shapefile), as bytes: the names of its fields, and
/// some of its records, from which the encoding is told.
///
/// https://www.dbase.com/Knowledgebase/INT/db7_file_fmt.htm (the layout that shapefiles use is the
/// older one, of level 5: field descriptors of 32 bytes from byte 32 on, ended by 0x0D).
struct DBFText {
    struct Field {
        var name: [UInt8]
        var type: UInt8
        var start: Int
        var length: Int
    }

    private(set) var fields: [Field] = []
    /// The number of records that the header announces.
    let count: Int
    /// The language driver's id (byte 29); 0 where none is named.
    let language: UInt8
    private(set) var evidence = EncodingEvidence()

    /// How many records are looked at, spread over the table.
    private static let sample = 4000

    /// Reads the head of a table and some of its records; `nil` where it is none.
    ///
    /// - Parameter read: Gives up to so many bytes from a place in the file.
    init?(_ read: (_ at: Int, _ count: Int) -> [UInt8]) {
        let head = read(0, 32)
        guard head.count == 32 else { return nil }
        func word(_ at: Int) -> Int { Int(head[at]) | Int(head[at + 1]) << 8 }
        count = word(4) | word(6) << 16
        language = head[29]
        let (headLength, recordLength) = (word(8), word(10))
        guard headLength > 32, recordLength > 0 else { return nil }
        let descriptors = read(32, headLength - 32)
        var at = 0
        var start = 1
        while at + 32 <= descriptors.count, descriptors[at] != 0x0D {
            let name = descriptors[at..<at + 11].prefix { $0 != 0 }
            let length = Int(descriptors[at + 16])
            let type = descriptors[at + 11]
            // A text's length may go on in the byte of its decimals (dBASE does so beyond 255).
            let more = type == UInt8(ascii: "C") ? Int(descriptors[at + 17]) << 8 : 0
            let fits = start + length + more <= recordLength
            fields.append(
                Field(
                    name: Array(name), type: type, start: start,
                    length: length + (fits ? more : 0)))
            start += length + (fits ? more : 0)
            at += 32
        }
        for field in fields {
            field.name.withUnsafeBufferPointer { evidence.add($0, mayBeCut: true) }
        }
        look(read, headLength, recordLength)
    }

    private mutating func look(
        _ read: (_ at: Int, _ count: Int) -> [UInt8], _ headLength: Int, _ recordLength: Int
    ) {
        let texts = fields.filter { $0.type == UInt8(ascii: "C") }
        guard !texts.isEmpty, count > 0 else { return }
        let pieces = count <= Self.sample ? 1 : 8
        let each = min(count, Self.sample) / pieces
        for piece in 0..<pieces {
            let first = piece * (count - each) / max(1, pieces - 1)
            let records = read(headLength + first * recordLength, each * recordLength)
            records.withUnsafeBufferPointer { bytes in
                for start in stride(from: 0, to: bytes.count - recordLength + 1, by: recordLength) {
                    for field in texts {
                        let from = start + field.start
                        guard from + field.length <= bytes.count else { continue }
                        var end = from + field.length
                        while end > from, bytes[end - 1] == 0x20 || bytes[end - 1] == 0 { end -= 1 }
                        evidence.add(
                            UnsafeBufferPointer(rebasing: bytes[from..<end]),
                            mayBeCut: end >= from + field.length - 1)
                    }
                }
            }
        }
    }
}
