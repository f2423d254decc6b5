import Features
import Testing

@testable import Formats

/// CSV in CP949, as Korean Excel saves it.
struct CSVEncodingTests {
    /// 이름,lon,lat and 대전 in CP949.
    static let head: [UInt8] = [0xC0, 0xCC, 0xB8, 0xA7] + Array(",lon,lat\r\n".utf8)
    static let row: [UInt8] = [0xB4, 0xEB, 0xC0, 0xFC] + Array(",127.5,36.5\r\n".utf8)

    @Test func `CP949 is told by its bytes, and said`() throws {
        let scratch = Scratch()
        let path = try scratch.write(Self.head + Self.row, to: "in.csv")
        var source = try openSource(path)
        let batch = try source.readAll()
        #expect(batch["이름"]?[0] == .string("대전"))
        #expect(source.collection.remarks == ["the text is CP949 (EUC-KR) and was read so"])
        // What was read is the file as it stands on the disk.
        #expect(source.collection.inputs.map(\.size) == [Self.head.count + Self.row.count])
    }

    @Test func `rows far behind the first are decoded in pieces of any size`() throws {
        let scratch = Scratch()
        var bytes = Self.head
        for _ in 0..<60_000 { bytes += Self.row }
        let path = try scratch.write(bytes, to: "in.csv")
        var source = try openSource(path)
        let batch = try source.readAll()
        #expect(batch.count == 60_000)
        let names = try #require(batch["이름"])
        #expect((0..<60_000).allSatisfy { names[$0] == .string("대전") })
    }

    @Test func `an encoding can be named`() throws {
        let scratch = Scratch()
        let path = try scratch.write(
            Array("n,lon,lat\n".utf8) + [0xE9] + Array(",127,36\n".utf8), to: "in.csv")
        #expect(throws: FormatError.self) {
            var source = try openSource(path)
            _ = try source.readAll()
        }
        var options = ReadingOptions()
        options.encoding = TextEncoding("latin1")
        var source = try openSource(path, options: options)
        #expect(try source.readAll()["n"]?[0] == .string("é"))
    }

    @Test func `names of encodings are read as people write them`() {
        for name in ["cp949", "EUC-KR", "MS949", "ks_c_5601-1987", "949", "uhc"] {
            #expect(TextEncoding(name) == .cp949)
        }
        for name in ["utf-8", "UTF8", "65001"] { #expect(TextEncoding(name) == .utf8) }
        #expect(TextEncoding("88591")?.name == "ISO-8859-1")
        #expect(TextEncoding("1252")?.name == "CP1252")
        #expect(TextEncoding("no such thing") == nil)
        #expect(TextEncoding("") == nil)
    }

    @Test func `what is encoded comes back`() {
        let encoder = TextEncoder(.cp949)
        let decoder = TextDecoder(.cp949)
        for text in ["대전광역시 유성구", "똠방각하", "A-1", ""] {
            let bytes = encoder.bytes(text) ?? []
            #expect(bytes.withUnsafeBufferPointer { decoder.text($0) } == text)
        }
        #expect(encoder.bytes("한글 🙂") == nil)
        #expect(encoder.prefix("가나다라마바", bytes: 10) == encoder.bytes("가나다라마"))
        #expect(encoder.prefix("a가나다라마", bytes: 10) == encoder.bytes("a가나다라"))
    }
}
