import Features
import Formats
import Geometry
import TestSupport
import Testing

@testable import Filters

struct CQLReadingTests {
    private func property(_ name: String) -> CQLExpression { CQLExpression(.property(name)) }

    @Test func `words bind as in the standard, AND before OR and products before sums`() throws {
        let text = "a = 1 OR b = 2 AND NOT c = 3 + 4 * 5"
        let product = CQLExpression(
            .arithmetic(
                .plus, CQLExpression(.integer(3)),
                CQLExpression(
                    .arithmetic(.times, CQLExpression(.integer(4)), CQLExpression(.integer(5))))))
        func equal(_ name: String, _ value: CQLExpression) -> CQLExpression {
            CQLExpression(.comparison(.equal, property(name), value))
        }
        #expect(
            try CQLExpression(text: text).kind
                == .or([
                    equal("a", CQLExpression(.integer(1))),
                    CQLExpression(
                        .and([
                            equal("b", CQLExpression(.integer(2))),
                            CQLExpression(.not(equal("c", product))),
                        ])),
                ]))
    }

    @Test(arguments: [
        ("year > 2010", #"{"op":">","args":[{"property":"year"},2010]}"#),
        (
            "name LIKE 'Pan%' and not (closed)",
            #"""
            {"op":"and","args":[{"op":"like","args":[{"property":"name"},"Pan%"]},
             {"op":"not","args":[{"property":"closed"}]}]}
            """#
        ),
        (
            "CASEI(name) IN (CASEI('kaist'), casei('Unist'))",
            #"""
            {"op":"in","args":[{"op":"casei","args":[{"property":"name"}]},
             [{"op":"casei","args":["kaist"]},{"op":"casei","args":["Unist"]}]]}
            """#
        ),
        (
            "area NOT BETWEEN 2 AND -3.5e1",
            #"{"op":"not","args":[{"op":"between","args":[{"property":"area"},2,-35]}]}"#
        ),
        (
            "owner IS NOT NULL",
            #"{"op":"not","args":[{"op":"isNull","args":[{"property":"owner"}]}]}"#
        ),
        (
            "S_INTERSECTS(geometry, BBOX(126.5,37,127.5,38))",
            #"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[126.5,37,127.5,38]}]}"#
        ),
        (
            "S_WITHIN(geometry, polygon((0 0, 4 0, 4 4, 0 0)))",
            #"""
            {"op":"s_within","args":[{"property":"geometry"},
             {"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]]]}]}
            """#
        ),
        (
            "T_DURING(INTERVAL(opened, closed), INTERVAL('2010-01-01', '..'))",
            #"""
            {"op":"t_during","args":[{"interval":[{"property":"opened"},{"property":"closed"}]},
             {"interval":["2010-01-01",".."]}]}
            """#
        ),
        (
            "T_AFTER(opened, TIMESTAMP('2012-08-10T05:30:00.5+09:00'))",
            #"""
            {"op":"t_after","args":[{"property":"opened"},
             {"timestamp":"2012-08-10T05:30:00.5+09:00"}]}
            """#
        ),
        (
            "S_DWITHIN(geometry, POINT(127 37), 2500)",
            #"""
            {"op":"s_dwithin","args":[{"property":"geometry"},
             {"type":"Point","coordinates":[127,37]},2500]}
            """#
        ),
        (
            #""the size" - 2 ^ 3 DIV 2 <> "and""#,
            #"""
            {"op":"<>","args":[{"op":"-","args":[{"property":"the size"},
             {"op":"div","args":[{"op":"^","args":[2,3]},2]}]},{"property":"and"}]}
            """#
        ),
        (
            "이름 = '판교' AND note = 'o''clock'",
            #"""
            {"op":"and","args":[{"op":"=","args":[{"property":"이름"},"판교"]},
             {"op":"=","args":[{"property":"note"},"o'clock"]}]}
            """#
        ),
    ])
    func `text and JSON say the same`(text: String, json: String) throws {
        let fromText = try CQLExpression(text: text)
        let fromJSON = try CQLExpression(jsonText: Array(json.utf8))
        #expect(fromText == fromJSON)
        #expect(try CQLExpression(text: fromText.text()) == fromText)
        #expect(try CQLExpression(json: fromText.json) == fromText)
    }

    @Test(arguments: [
        ("", 1, "the end"), ("a =", 4, "the end"), ("a = 1 b", 7, "\"b\""),
        ("a + 1", 1, "calculation"),
        ("(a = 1", 7, "\")\""), ("a = 'x", 5, "closing"), ("a LIKE b", 8, "pattern"),
        ("a IN ()", 7, "value"), ("a IS 3", 6, "NULL"), ("a BETWEEN 1 OR 2", 13, "AND"),
        ("a = 1 AND 2 + b", 11, "condition"), ("S_NEAR(a, b)", 1, "function"),
        ("S_INTERSECT(geometry, POINT(1 2))", 1, "S_INTERSECTS"),
        ("S_INTERSECTS(geometry, POINT(1))", 24, "number"),
        ("S_INTERSECTS(geometry, POINT EMPTY)", 24, "empty"),
        ("S_INTERSECTS(geometry, 5)", 24, "geometry"), ("a = DATE('2020-02-30')", 5, "day"),
        ("T_AFTER(a, INTERVAL('2020-01-01','2019-01-01'))", 12, "before it begins"),
        ("a = 1e999", 5, "number"), ("a = 12abc", 5, "12abc"), ("a ; b", 3, ";"),
        ("NOT", 4, "the end"), ("a = BBOX(1,2,3)", 5, "four"),
        ("S_DWITHIN(geometry, POINT(1 2), -5)", 33, "metres"), ("(a = 1) + 2 = 3", 2, "number"),
        ("a = NULL", 5, "NULL"),
    ])
    func `errors name the column`(text: String, column: Int, word: String) throws {
        let error = try #require(throws: CQLError.self) { try CQLExpression(text: text) }
        #expect(error.at == .column(column), "\(error)")
        #expect(error.description.contains(word), "\(error)")
    }

    @Test(arguments: [
        ("[]", "", "array"), ("3", "", "condition"), (#"{"op":"=","args":[1]}"#, "/args", "2"),
        (#"{"op":"near","args":[]}"#, "/op", "function"),
        (
            #"{"op":"and","args":[true,{"op":"not","args":[{"property":5}]}]}"#,
            "/args/1/args/0/property", "name"
        ),
        (
            #"{"op":"s_within","args":[{"property":"geometry"},{"type":"Point","coordinates":["a",1]}]}"#,
            "/args/1/coordinates", "position"
        ),
        (#"{"op":"in","args":[{"property":"a"},5]}"#, "/args/1", "array"),
        (#"{"op":"=","args":[{"property":"a"},null]}"#, "/args/1", "null"),
        (#"{"op":"=","args":[{"property":"a"},{}]}"#, "/args/1", "empty object"),
    ])
    func `errors name the value in JSON`(json: String, pointer: String, word: String) throws {
        let error = try #require(throws: CQLError.self) {
            try CQLExpression(jsonText: Array(json.utf8))
        }
        #expect(error.at == .pointer(pointer), "\(error)")
        #expect(error.description.contains(word), "\(error)")
    }

    @Test func `text that is no JSON is told with its byte`() throws {
        let error = try #require(throws: CQLError.self) {
            try CQLExpression(jsonText: Array(#"{"op": }"#.utf8))
        }
        #expect(error.description.contains("byte 7"), "\(error)")
    }

    @Test func `what nests too deep or is too large is refused`() throws {
        let deep = [
            String(repeating: "(", count: 100_000), String(repeating: "NOT ", count: 100_000) + "a",
            "a = 1" + String(repeating: " + 1", count: 3000),
            String(repeating: "CASEI(", count: 50_000),
            "S_INTERSECTS(geometry, "
                + String(repeating: "GEOMETRYCOLLECTION(", count: 20_000) + "POINT(1 1)",
        ]
        for text in deep {
            #expect(throws: CQLError.self) { try CQLExpression(text: text) }
        }
        let flat = (0..<400).map { "a = \($0)" }.joined(separator: " OR ")
        #expect(throws: Never.self) { try CQLExpression(text: flat) }
        let wide = (0..<4000).map { "a = \($0)" }.joined(separator: " OR ")
        #expect(throws: CQLError.self) { try CQLExpression(text: wide) }
        let json =
            String(repeating: #"{"op":"not","args":["#, count: 200) + "true"
            + String(repeating: "]}", count: 200)
        let error = try #require(throws: CQLError.self) {
            try CQLExpression(jsonText: Array(json.utf8))
        }
        #expect(error.problem.contains("deeper than 64"))
        let ring = (0...25_000).map { "\($0 % 90) \($0 % 80)" }.joined(separator: ",")
        let large = try #require(throws: CQLError.self) {
            try CQLExpression(text: "S_INTERSECTS(geometry, LINESTRING(\(ring)))")
        }
        #expect(large.problem.contains("20000 positions"))
    }

    @Test func `filters of all kinds come back from text and from JSON`() throws {
        var random = SeededGenerator(seed: 21_065)
        for _ in 0..<500 {
            let filter = FilterFixture.random(3, &random)
            #expect(try CQLExpression(text: filter.text()) == filter)
            #expect(try CQLExpression(json: filter.json) == filter)
            #expect(try CQLExpression(jsonText: Array(filter.json.text.utf8)) == filter)
        }
        let unwritable = CQLExpression(
            .comparison(.equal, property("a"), CQLExpression(.text("\\'"))))
        #expect(throws: CQLError.self) { try unwritable.text() }
        #expect(try CQLExpression(json: unwritable.json) == unwritable)
    }

    @Test func `a thousand broken filters are answered with an error or a filter`() throws {
        var random = SeededGenerator(seed: 1000)
        let batch = FilterFixture.batch(20, seed: 3)
        let marks = Array("()',\"<>=%\\.{}[]:-+*/ 0aé판\u{301}\u{0}".unicodeScalars)
        var read = 0
        for round in 0..<1000 {
            let filter = FilterFixture.random(2, &random)
            let isText = round % 2 == 0
            var letters = Array((isText ? try filter.text() : filter.json.text).unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0..<letters.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: letters.remove(at: at)
                case 1: letters.insert(marks.randomElement(using: &random)!, at: at)
                case 2: letters[at] = marks.randomElement(using: &random)!
                default: letters.removeSubrange(at..<min(at + 9, letters.count))
                }
                if letters.isEmpty { letters = ["a"] }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: letters)
            let text = String(view)
            switch Self.answer(text, isText, batch) {
            case .success: read += 1
            case .failure(let error): #expect(!error.problem.isEmpty)
            }
        }
        #expect(read > 20 && read < 980)
    }

    private static func answer(
        _ text: String, _ isText: Bool, _ batch: FeatureBatch
    ) -> Result<[Int], CQLError> {
        Result { () throws(CQLError) in
            let filter =
                isText
                ? try CQLExpression(text: text) : try CQLExpression(jsonText: Array(text.utf8))
            return try CQLFilter(filter, over: batch).rows()
        }
    }
}
