import Features
import Testing

@testable import Formats

/// Texts of shapefiles as they are found: in CP949 with and without a label, and with a wrong one.
struct ShapefileEncodingTests {
    static let systemWGS84 = """
        GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
        PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]
        """

    /// 대전, 서울, 타 and 이름 in CP949.
    static let daejeon: [UInt8] = [0xB4, 0xEB, 0xC0, 0xFC]
    static let seoul: [UInt8] = [0xBC, 0xAD, 0xBF, 0xEF]
    static let ta: [UInt8] = [0xC5, 0xB8]
    static let name: [UInt8] = [0xC0, 0xCC, 0xB8, 0xA7]

    private func read(
        _ file: SmallShapefile, encoding: TextEncoding? = nil
    ) throws -> (batch: FeatureBatch, remarks: [String]) {
        let scratch = Scratch()
        let path = try file.write("places", in: scratch)
        var options = ReadingOptions()
        options.encoding = encoding
        var source = try openSource(path, options: options)
        let batch = try source.readAll()
        return (batch, source.collection.remarks)
    }

    private func shapefile(
        _ texts: [[UInt8]], label: String? = nil, language: UInt8 = 0,
        fieldName: [UInt8] = ShapefileEncodingTests.name
    ) -> SmallShapefile {
        SmallShapefile(
            fieldNames: [fieldName],
            records: texts.enumerated().map { ([$1], 127 + Double($0), 36) },
            language: language, label: label, system: Self.systemWGS84)
    }

    @Test func `CP949 without a label is told by its bytes`() throws {
        let read = try read(shapefile([Self.daejeon, Self.seoul]))
        #expect(read.batch.columns.map(\.name) == ["이름"])
        #expect(read.batch["이름"]?[0] == .string("대전"))
        #expect(read.batch["이름"]?[1] == .string("서울"))
        #expect(read.remarks == ["no .cpg names the encoding; the texts are CP949 (EUC-KR)"])
    }

    @Test func `a label that tells the truth needs no remark`() throws {
        for label in ["EUC-KR", "cp949", "949", "ANSI 949", "MS949\r\n"] {
            let read = try read(shapefile([Self.daejeon], label: label))
            #expect(read.batch["이름"]?[0] == .string("대전"))
            #expect(read.remarks.isEmpty)
        }
        let byByte = try self.read(shapefile([Self.daejeon], language: 0x4E))
        #expect(byByte.batch["이름"]?[0] == .string("대전"))
        #expect(byByte.remarks.isEmpty)
    }

    @Test func `a label that says UTF-8 over CP949 is not believed`() throws {
        let read = try read(shapefile([Self.daejeon, Self.seoul], label: "UTF-8"))
        #expect(read.batch["이름"]?[0] == .string("대전"))
        #expect(
            read.remarks == [
                "the .cpg says UTF-8, but the texts are CP949 (EUC-KR) and were read so"
            ])
    }

    @Test func `a label that says CP949 over UTF-8 is not believed`() throws {
        let read = try read(
            shapefile(
                [Array("대전".utf8), Array("서울".utf8)], label: "EUC-KR",
                fieldName: Array("이름".utf8)))
        #expect(read.batch["이름"]?[1] == .string("서울"))
        #expect(
            read.remarks == [
                "the .cpg says EUC-KR, but the texts are UTF-8 and were read so"
            ])
    }

    @Test func `a syllable that is well-formed in both encodings is Hangul`() throws {
        let read = try read(shapefile([Self.ta], fieldName: Array("NAME".utf8)))
        #expect(read.batch["NAME"]?[0] == .string("타"))
    }

    @Test func `an encoding that a person names goes before all`() throws {
        let read = try read(
            shapefile([Self.ta], label: "EUC-KR", fieldName: Array("NAME".utf8)), encoding: .utf8)
        // 0xC5 0xB8 is U+0178 in UTF-8.
        #expect(read.batch["NAME"]?[0] == .string("\u{178}"))
    }

    @Test func `names of fields that were cut in the middle of a character lose its half`() throws {
        // 행정구역명칭 is 12 bytes of CP949; behind one letter, ten bytes end within 명.
        let cut: [UInt8] = [
            0x41, 0xC7, 0xE0, 0xC1, 0xA4, 0xB1, 0xB8, 0xBF, 0xAA, 0xB8,
        ]
        let read = try read(shapefile([Self.daejeon], fieldName: cut))
        #expect(read.batch.columns.map(\.name) == ["A행정구역"])
        #expect(
            read.remarks.contains(
                "names of fields end in the middle of a character, which was left out: A행정구역"))
        let utf8 = try self.read(
            shapefile([Array("대전".utf8)], fieldName: Array(Array("행정구역".utf8).prefix(10))))
        #expect(utf8.batch.columns.map(\.name) == ["행정구"])
    }

    @Test func `texts that were cut lose the half of a character, and it is said`() throws {
        var file = shapefile([Self.daejeon + [0xB4]])
        file.width = 5
        let read = try read(file)
        #expect(read.batch["이름"]?[0] == .string("대전"))
        #expect(
            read.remarks.contains("1 texts end in the middle of a character, which was left out"))
    }
}
