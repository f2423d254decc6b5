import Testing

@testable import Formats

@Suite("YAML") struct YAMLTests {
    @Test func `values carry line and column, counted in characters`() throws {
        let yaml = try LocatedYAML.parse("이름: 나주\n목록:\n  - 5km\n  - {p: 3}\n")
        #expect(yaml["이름"]?.mark == .init(line: 1, column: 5))
        let list = try #require(yaml["목록"]?.sequence)
        #expect(list[0].mark == .init(line: 3, column: 5))
        #expect(list[1]["p"]?.mark == .init(line: 4, column: 9))
        #expect(yaml.members?[1].mark == .init(line: 2, column: 1))
    }

    @Test(arguments: [
        ("12", JSONValue.int(12)), ("-0.5", .double(-0.5)), ("+3", .int(3)), (".5", .double(0.5)),
        ("1e3", .double(1000)), ("true", .bool(true)), ("~", .null), ("", .null),
        ("no", .string("no")), ("12:30", .string("12:30")), ("0x1F", .string("0x1F")),
        ("5km", .string("5km")), ("1_000", .string("1_000")), ("--1", .string("--1")),
        ("1e999", .string("1e999")), ("nan", .string("nan")), ("\"12\"", .string("12")),
        ("'true'", .string("true")), ("2024-05-01", .string("2024-05-01")),
    ])
    func `plain words are read by the core schema`(_ words: String, _ value: JSONValue) throws {
        #expect(try LocatedYAML.parse("a: \(words)")["a"]?.scalar == value)
    }

    @Test func `an alias is its anchor's value`() throws {
        let yaml = try LocatedYAML.parse("a: &x [1, 2]\nb: *x\n")
        #expect(yaml["b"]?.json == .array([.int(1), .int(2)]))
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "line 1, column 1", "twice"),
        ("a:\n\tb: 1\n", "line 2, column 1", "token"),
        ("a: [1, 2\nb: 3\n", "line 2", "expected"),
        ("a: *x\n", "line 1, column 4", "alias"),
        ("a: 1\n---\nb: 2\n", "line 2, column 1", "another document"),
        ("[1]: 2\n", "line 1, column 1", "a name must be a word"),
    ])
    func `a fault is told with its place`(_ text: String, _ place: String, _ words: String) throws {
        let error = try #require(throws: FormatError.self) {
            try LocatedYAML.parse(text, file: "s.yaml")
        }
        #expect(error.place.hasPrefix("s.yaml, \(place)"), "\(error.place)")
        #expect(error.problem.contains(words), "\(error.problem)")
    }

    @Test func `aliases that stand for billions of values end in an error`() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let earlier = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(earlier)]\n"
        }
        let error = try #require(throws: FormatError.self) { try LocatedYAML.parse(text) }
        #expect(error.problem.contains("more than 1000000 values"))
    }

    @Test func `values nested without end are an error`() throws {
        let text = String(repeating: "[", count: 5000)
        #expect(throws: FormatError.self) { try LocatedYAML.parse(text) }
    }
}
