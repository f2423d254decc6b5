import Features
import Foundation
import TestSupport
import Testing

struct JSONTextTests {
    private func text(_ string: String) -> String {
        String(decoding: JSONText.string(string.utf8), as: UTF8.self)
    }

    @Test func `what JSON demands is escaped and nothing else`() {
        #expect(text("대전 a/b é 👩‍🔬 \u{7F}\u{2028}") == "\"대전 a/b é 👩‍🔬 \u{7F}\u{2028}\"")
        #expect(text("\"\\") == #""\"\\""#)
        #expect(text("\n\r\t") == #""\n\r\t""#)
        #expect(text("\u{0}\u{8}\u{C}\u{1B}\u{1F}") == #""\u0000\u0008\u000c\u001b\u001f""#)
        #expect(text("") == "\"\"")
    }

    @Test func `every character reads back`() throws {
        let all = String(String.UnicodeScalarView((0..<0x2100).compactMap(Unicode.Scalar.init)))
        let parsed = try JSONDecoder().decode([String].self, from: Data("[\(text(all))]".utf8))
        #expect(parsed.first?.unicodeScalars.elementsEqual(all.unicodeScalars) == true)
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0.0"), (1, "1"), (-127, "-127"), (0.1, "0.1"),
        (0.1 + 0.2, "0.30000000000000004"), (9_007_199_254_740_991, "9007199254740991"),
        (1e22, "1e+22"), (.leastNonzeroMagnitude, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
    ])
    func `numbers are written in the fewest digits`(value: Double, expected: String) {
        #expect(JSONText.number(value) == expected)
    }

    /// The grammar of RFC 8259, section 6.
    private let grammar = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/

    @Test func `numbers of random bits read back as the same bits`() throws {
        var random = SeededGenerator(seed: 23)
        for i in 0..<20_000 {
            var value = Double(bitPattern: random.next())
            if i % 4 == 1 {
                value = Double(Int64.random(in: -(1 << 54)...(1 << 54), using: &random))
            }
            if i % 4 == 2 { value = Double.random(in: -180...180, using: &random) }
            guard value.isFinite else { continue }
            let text = JSONText.number(value)
            #expect(Double(text)?.bitPattern == value.bitPattern, "\(text)")
            if i % 20 == 0 { #expect(text.wholeMatch(of: grammar) != nil, "\(text)") }
        }
    }

    @Test func `cells are written as JSON values`() {
        let cells: [Value] = [
            .null, .bool(true), .bool(false), .int(.min), .double(2.50), .string("a\"b"),
            .json("{\"a\": [1]}"),
        ]
        #expect(
            cells.map(JSONText.of) == [
                "null", "true", "false", "-9223372036854775808", "2.5", #""a\"b""#, "{\"a\": [1]}",
            ])
    }
}
