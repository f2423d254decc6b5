import Glibc
import Testing

@testable import Formats

/// SplitMix64, so that every run draws the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct Numbers {
    private func parse(_ text: String) throws -> Double {
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            return try scanner.double()
        }
    }

    private func write(_ value: Double) -> String {
        var out = TextBuffer()
        out.append(number: value)
        return String(decoding: out.bytes, as: UTF8.self)
    }

    private func write(coordinate value: Double, _ decimals: Int) -> String {
        var out = TextBuffer()
        out.append(coordinate: value, decimals: decimals)
        return String(decoding: out.bytes, as: UTF8.self)
    }

    @Test func `reading agrees with strtod, and writing comes back`() throws {
        var random = SeededGenerator(state: 7946)
        for round in 0..<1_000_000 {
            let text: String
            switch round % 5 {
            case 0:
                let value = Double(bitPattern: random.next())
                if !value.isFinite { continue }
                text = value.description
            case 1: text = "\(Double.random(in: -180...180, using: &random))"
            case 2:
                // Up to 19 digits with the point anywhere, which is where rounding is hard.
                let digits = String(random.next() >> UInt64.random(in: 0...40, using: &random))
                let at = Int.random(in: 1...digits.count, using: &random)
                let whole = digits.prefix(at)
                text = at == digits.count ? "\(whole).0" : "\(whole).\(digits.dropFirst(at))"
            case 3: text = "\(random.next() >> 1)e-\(Int.random(in: 0...30, using: &random))"
            default:
                text =
                    "\(Int64(bitPattern: random.next()))e\(Int.random(in: 0...25, using: &random))"
            }
            guard let value = try? parse(text) else {
                Issue.record("\(text) is refused")
                continue
            }
            let right = strtod(text, nil)
            if value != right { Issue.record("\(text): \(value), not \(right)") }
            let back = strtod(write(value), nil)
            if back != value { Issue.record("\(value) was written \(write(value))") }
        }
    }

    /// Numbers half-way between two of 64 bits or close to it, at the ends of the range, and beyond
    /// what 19 digits say.
    @Test(arguments: [
        "9007199254740993", "9007199254740993.0", "9007199254740992.999999999999999999999999",
        "9007199254740993.00000000000000000000000000000000000000001", "0.500000000000000166533453",
        "0.50000000000000016653345369377348106354475021362304688", "1.00000000000000011102230246",
        "3.518437208883201171875e13", "62.5364939768271845828", "8.10109172351e-10",
        "1.50000000000000011102230246251565", "1.7976931348623157e308", "2.2250738585072011e-308",
        "2.2250738585072014e-308", "4.9406564584124654e-324", "2.4703282292062328e-324",
        "6631236871469758276785396630275967.2", "1e-400", "123456789012345678901234567890",
        "0.000000000000000000000000000000000012345678901234567890", "18446744073709551615.0",
        "9223372036854775808", "1e22", "1e23", "8.5e22", "0e999", "179.99999999999999",
    ])
    func `hard numbers are read as strtod reads them`(text: String) throws {
        #expect(try parse(text) == strtod(text, nil))
    }

    @Test(arguments: [
        (0.1, "0.1"), (1, "1"), (-0.0, "-0.0"), (100, "100"), (1.5e300, "1.5e+300"),
        (123456.789, "123456.789"), (5e-7, "5e-07"), (0.30000000000000004, "0.30000000000000004"),
        (.nan, "null"), (.infinity, "null"), (1e15, "1000000000000000"), (8705, "8705"),
    ])
    func `numbers are written in the fewest digits`(value: Double, text: String) {
        #expect(write(value) == text)
    }

    @Test func `rounding to decimals agrees with printf`() {
        var random = SeededGenerator(state: 1)
        for _ in 0..<20_000 {
            let value = Double.random(in: -180...180, using: &random)
            for decimals in [0, 1, 3, 7] {
                let right = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { space in
                    _ = withVaList([Int32(decimals), value]) {
                        vsnprintf(space.baseAddress, 64, "%.*f", $0)
                    }
                    return space.baseAddress.map { String(cString: $0) } ?? ""
                }
                let ours = write(coordinate: value, decimals)
                if strtod(ours, nil) != strtod(right, nil) {
                    Issue.record("\(value) with \(decimals): \(ours), not \(right)")
                }
            }
        }
        #expect(write(coordinate: 0.5, 0) == "0")
        #expect(write(coordinate: 1.5, 0) == "2")
        #expect(write(coordinate: -0.25, 1) == "-0.2")
        #expect(write(coordinate: -0.00000001, 7) == "0")
        #expect(write(coordinate: 0.05, 2) == "0.05")
        #expect(write(coordinate: 1e12, 7) == "1000000000000")
    }
}

@Suite struct `JSON values` {
    @Test func `a document is read as a tree in its order`() throws {
        let value = try JSONValue.parse(
            Array(#"{"b":[1,2.5,"가",null,true],"a":{"x":1},"a":{"x":2}}"#.utf8))
        #expect(value.members?.map(\.name) == ["b", "a", "a"])
        #expect(value["a"]?["x"]?.int == 2)
        #expect(value["b"]?[1]?.number == 2.5)
        #expect(value["b"]?[2]?.string == "가")
        #expect(value["b"]?[3]?.isNull == true)
        #expect(value["b"]?.array?.count == 5)
        #expect(value["c"] == nil && value["b"]?[9] == nil)
    }

    @Test func `what is no JSON is refused with line and byte`() {
        let error = #expect(throws: FormatError.self) {
            try JSONValue.parse(Array("{\n\"a\": 1,\n}".utf8), file: "facts.json")
        }
        #expect(error?.place == "facts.json, line 3 (byte 10)")
        for text in ["", "1 2", "[1", "nul", String(repeating: "[", count: 10_000)] {
            #expect(throws: FormatError.self) { try JSONValue.parse(Array(text.utf8)) }
        }
    }
}
