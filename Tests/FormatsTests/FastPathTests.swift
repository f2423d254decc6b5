import Features
import Geometry
import Testing

@testable import Formats

/// What is quick agrees with what is simple: short pieces of input take the ways of single bytes,
/// long ones those of many at once.
@Suite struct `Fast paths` {
    private static let texts = [
        "", "a", "학교", "\\\"", "\\\\", "{", "}", "[{", "\\n\\u00e9", "😀",
        "plain text of some length",
        "\\ud83d\\ude00}", "\\\\\\\"{\\\\",
    ]

    /// Features of a writer that changes its mind now and then.
    private func collection(_ random: inout SeededGenerator, features: Int) -> String {
        var rows: [String] = []
        for row in 0..<features {
            let text = Self.texts.randomElement(using: &random) ?? ""
            let number = Double.random(in: -1000...1000, using: &random)
            var members = [
                #""id":\#(row)"#, #""name":"\#(text) \#(row)""#,
                row % 50 == 49 ? #""v":null"# : #""v":\#(number)"#,
            ]
            if row % 40 == 39 { members.append(#""o":{"a":["}",{}]}"#) }
            if row % 60 == 59 { members.swapAt(0, 1) }
            if row % 90 == 89 { members.append(#""id":-1"#) }
            let space = row % 30 == 29 ? " \n" : ""
            let x = Double.random(in: -180...180, using: &random)
            let geometry =
                switch row % 20 {
                case 17: "null"
                case 18: #"{"type":"LineString","coordinates":[[\#(x),1],[2,3]]}"#
                case 19: #"{"coordinates":[\#(x),1],"type":"Point"}"#
                default: #"{"type":"Point","coordinates":[\#(x),36.5]}"#
                }
            rows.append(
                #"{"type":"Feature","properties":{\#(members.joined(separator: ","))},\#(space)"#
                    + #""geometry":\#(geometry)}"#)
        }
        return #"{"type":"FeatureCollection","features":["# + rows.joined(separator: ",\n") + "]}"
    }

    @Test func `pieces, blocks and threads change nothing`() throws {
        var random = SeededGenerator(state: 8259)
        let text = Array(collection(&random, features: 700).utf8)
        func read(piece: Int, block: Int) throws -> FeatureBatch {
            var options = ReadingOptions()
            options.blockBytes = block
            options.readBytes = max(1, min(piece, 1 << 20))
            let source = GeoJSONSource(
                MemoryInput(text, name: "t", piece: piece), options: options)
            var batches: [FeatureBatch] = []
            while let batch = try source.next() { batches.append(batch) }
            return .joining(batches)
        }
        let whole = try read(piece: .max, block: 1 << 20)
        #expect(whole.count == 700)
        #expect(whole["id"]?[89] == .int(-1))
        #expect(whole.columns.map(\.name) == ["id", "name", "v", "o"])
        for piece in [1, 7, 63, 64, 65, 500] {
            #expect(try read(piece: piece, block: 1 << 20) == whole, "pieces of \(piece)")
        }
        // A column that only some blocks have has its place among those of the first that has it.
        for block in [500, 4000] {
            let parts = try read(piece: .max, block: block)
            #expect(parts.geometry == whole.geometry)
            for name in ["id", "name", "v", "o"] { #expect(parts[name] == whole[name]) }
        }
    }

    @Test func `what a writer writes comes back whatever the batch`() throws {
        var random = SeededGenerator(state: 7946)
        let text = collection(&random, features: 300)
        let (batch, _) = try geoJSON(text)
        let out = try written([batch])
        #expect(try geoJSON(out).batch.columns == batch.columns)
        let lines = try written([batch, batch], name: "a.geojsonl").split(separator: "\n")
        #expect(lines.count == 600)
    }

    @Test func `rows of CSV are found alike by bytes and by vectors`() throws {
        var random = SeededGenerator(state: 4180)
        var rows = ["n,lon,lat,text,code"]
        for row in 0..<2000 {
            let kind = row % 9 == 8 ? 1 : row % 4
            let field = ["a b", "\"q,\"\"r\"\"\n\"", "", "plain"][kind]
            let x = Double.random(in: 120...130, using: &random)
            let code = row < 1500 ? "\(row)" : "007"
            rows.append("\(row % 7 == 0 ? "" : "\(row)"),\(x),36.5,\(field),\(code)")
        }
        for end in ["\n", "\r\n", "\r"] {
            let text = Array(rows.joined(separator: end).utf8)
            func read(piece: Int, block: Int) throws -> FeatureBatch {
                var options = ReadingOptions()
                options.blockBytes = block
                options.readBytes = min(piece, 1 << 20)
                let input = MemoryInput(text, name: "t", piece: piece)
                let source = CSVSource(input, options: options)
                var batches: [FeatureBatch] = []
                while let batch = try source.next() { batches.append(batch) }
                return .joining(batches)
            }
            let whole = try read(piece: .max, block: 1 << 20)
            #expect(whole.count == 2000)
            #expect(whole["code"]?.kind == .string && whole["n"]?.kind == .int)
            for piece in [1, 61, 128] {
                #expect(try read(piece: piece, block: 1 << 20) == whole, "pieces of \(piece)")
            }
            let parts = try read(piece: .max, block: 3000)
            #expect(parts.geometry == whole.geometry && parts["n"] == whole["n"])
        }
    }

    @Test func `digits are written eight at a time as one by one`() {
        var random = SeededGenerator(state: 10)
        var fast = [UInt8](repeating: 0, count: 64)
        var slow = fast
        for round in 0..<200_000 {
            let shift = UInt64.random(in: 1...63, using: &random)
            var value = Int64(bitPattern: random.next() >> shift)
            if round % 3 == 0 { value = -value }
            if round % 5 == 0 { value = value / 1000 * 1000 }
            let decimals = round % 12
            let count = fast.withUnsafeMutableBufferPointer { out in
                out.baseAddress.map { DecimalDigits.write(value, decimals: decimals, to: $0) } ?? 0
            }
            let right = slow.withUnsafeMutableBufferPointer { out in
                out.baseAddress.map { DecimalDigits.writeSlowly(value, decimals: decimals, to: $0) }
                    ?? 0
            }
            if fast[..<count] != slow[..<right] {
                Issue.record("\(value) with \(decimals): \(fast[..<count]), not \(slow[..<right])")
            }
        }
    }

    @Test func `digits are read eight at a time as one by one`() {
        var random = SeededGenerator(state: 11)
        let letters = Array("0123456789.eE-+,]:/;".utf8)
        for _ in 0..<100_000 {
            var word: UInt64 = 0
            let digits = Int.random(in: 0...8, using: &random)
            for i in 0..<8 {
                let any = letters.randomElement(using: &random) ?? 0
                let byte = i < digits ? 0x30 + UInt8(random.next() % 10) : any
                word |= UInt64(byte) << UInt64(8 * i)
            }
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
            let count = bytes.firstIndex { !(0x30...0x39).contains($0) } ?? 8
            let value = bytes[..<count].reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
            #expect(DecimalDigits.count(word) == count)
            #expect(DecimalDigits.value(word, count: count) == value)
        }
    }

    @Test func `work comes out in the order in which it went in`() throws {
        var work = OrderedWork<Int>(limit: 5)
        var results: [Int] = []
        for number in 0..<200 {
            while work.isFull { if let result = try work.next() { results.append(result) } }
            work.add { (0..<(number * 7919 % 1000)).reduce(0, &+) &* 0 + number }
        }
        while let result = try work.next() { results.append(result) }
        #expect(results == Array(0..<200))
        work.add { () throws(FormatError) in throw FormatError(.syntax, at: "here", "a fault") }
        #expect(throws: FormatError.self) { try work.next() }
    }
}
