import Features
import Testing

struct StringColumnTests {
    private static let texts = [
        "", "대전", "a", "", "Straße", "👩‍🔬 lab", "\"quoted\"\n\t\\", "\u{0}", "",
    ]

    @Test func `texts read back as they were given`() {
        let column = StringColumn(Self.texts)
        #expect(column.count == Self.texts.count)
        #expect(column.offsets.count == column.count + 1)
        #expect(column.offsets.first == 0 && column.offsets.last == column.bytes.count)
        for (row, text) in Self.texts.enumerated() {
            #expect(column[row] == text)
            #expect(Array(column.utf8(row)) == Array(text.utf8))
        }
    }

    @Test func `bytes, texts and parts of texts come to the same`() {
        var bytes = StringColumn()
        var parts = StringColumn()
        for text in Self.texts {
            bytes.append(utf8: text.utf8)
            parts.append(text[...])
        }
        #expect(bytes == StringColumn(Self.texts))
        #expect(parts == StringColumn(Self.texts))
    }

    @Test func `a column of no texts has one offset`() {
        #expect(StringColumn().count == 0)
        #expect(StringColumn().offsets == [0])
        #expect(StringColumn([String]()) == StringColumn())
    }
}
