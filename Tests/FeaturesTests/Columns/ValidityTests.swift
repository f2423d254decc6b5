import Features
import TestSupport
import Testing

struct ValidityTests {
    /// What the bitmap of rows has to be, bit by bit.
    private func bytes(of rows: [Bool]) -> [UInt8] {
        stride(from: 0, to: rows.count, by: 8).map { start in
            rows[start..<min(start + 8, rows.count)].enumerated().reduce(0) {
                $0 | ($1.element ? 1 << UInt8($1.offset) : 0)
            }
        }
    }

    private func expect(
        _ validity: Validity, _ rows: [Bool], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(validity.count == rows.count, sourceLocation: sourceLocation)
        #expect(validity.bytes == bytes(of: rows), sourceLocation: sourceLocation)
        let nulls = rows.count { !$0 }
        #expect(validity.nullCount == nulls, sourceLocation: sourceLocation)
        #expect(validity.isAllValid == (nulls == 0), sourceLocation: sourceLocation)
        #expect(rows.indices.map { validity[$0] } == rows, sourceLocation: sourceLocation)
    }

    @Test func `the first row is the least significant bit`() {
        var validity = Validity()
        for row in [true, false, false, true, false, false, false, false, true] {
            validity.append(row)
        }
        #expect(validity.bytes == [0b0000_1001, 0b0000_0001])
        #expect(validity.count == 9 && validity.nullCount == 6)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 64, 65])
    func `rows that are all alike leave the bits past the last one zero`(count: Int) {
        for value in [true, false] {
            let rows = [Bool](repeating: value, count: count)
            expect(Validity(repeating: value, count: count), rows)
            var appended = Validity()
            appended.append(value, count: count)
            expect(appended, rows)
            #expect(appended == Validity(repeating: value, count: count))
        }
    }

    @Test func `random rows are those of an array of truth values`() {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<200 {
            var rows = [Bool](
                repeating: .random(using: &random), count: .random(in: 0...20, using: &random))
            var validity = Validity(repeating: rows.first ?? true, count: rows.count)
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let value = Bool.random(using: &random)
                let run = Int.random(in: 0...11, using: &random)
                if Bool.random(using: &random) {
                    validity.append(value, count: run)
                    rows += [Bool](repeating: value, count: run)
                } else {
                    validity.append(value)
                    rows.append(value)
                }
            }
            expect(validity, rows)
        }
    }
}
