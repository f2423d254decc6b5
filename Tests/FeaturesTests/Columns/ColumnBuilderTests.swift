import Features
import Foundation
import TestSupport
import Testing

private func built(_ values: [Value]) -> Column {
    var builder = ColumnBuilder()
    for value in values { builder.append(value) }
    return builder.finish()
}

private func cells(_ column: Column) -> [Value] { (0..<column.count).map { column[$0] } }

/// 2⁵³ + 1, the least whole number that is not exact as a number of 64 bits.
private let inexact: Int64 = 9_007_199_254_740_993

struct ColumnBuilderTests {
    @Test(
        arguments: [
            ([.bool(true), .null, .bool(false)], .bool),
            ([.null, .int(1), .int(.min), .int(.max)], .int),
            ([.double(0.5), .null, .double(-0.0), .double(.infinity)], .double),
            ([.null, .null, .string("대전"), .string("")], .string),
            ([.json("[1,2]"), .null, .json("{}")], .json),
        ] as [([Value], Column.Kind)])
    func `values of one kind keep it`(values: [Value], kind: Column.Kind) {
        let column = built(values)
        #expect(column.kind == kind)
        #expect(cells(column) == values)
        #expect(column.validity.nullCount == values.count { $0.isNull })
    }

    @Test func `whole numbers become numbers where a number comes`() {
        let column = built([.null, .int(3), .int(-(1 << 53)), .null, .double(0.5), .int(4)])
        #expect(column.kind == .double)
        #expect(
            cells(column) == [
                .null, .double(3), .double(-9_007_199_254_740_992), .null, .double(0.5), .double(4),
            ])
    }

    @Test func `whole numbers stay exact where a number comes`() {
        let before = built([.int(inexact), .double(0.5), .int(7)])
        #expect(before.kind == .json)
        #expect(cells(before) == [.json("9007199254740993"), .json("0.5"), .json("7")])
        let after = built([.double(0.5), .null, .int(inexact)])
        #expect(after.kind == .json)
        #expect(cells(after) == [.json("0.5"), .null, .json("9007199254740993")])
    }

    @Test func `kinds that do not go together become JSON text`() {
        let values: [Value] = [
            .null, .bool(true), .int(5), .double(2.5), .string("a\"b\\c\n"), .json("[1]"), .null,
            .string("대전"), .bool(false), .int(.max), .double(1e300),
        ]
        let expected: [Value] = [
            .null, .json("true"), .json("5"), .json("2.5"), .json(#""a\"b\\c\n""#), .json("[1]"),
            .null, .json("\"대전\""), .json("false"), .json("9223372036854775807"),
            .json("1e+300"),
        ]
        #expect(cells(built(values)) == expected)
        // Whatever comes first, a cell of JSON text says the same.
        for start in 1..<values.count {
            let turned = Array(values[start...] + values[..<start])
            #expect(cells(built(turned)) == Array(expected[start...] + expected[..<start]))
        }
    }

    @Test func `a column without any value is of the kind that was wanted`() {
        for kind in [Column.Kind.bool, .int, .double, .string, .json] {
            var builder = ColumnBuilder(nulls: 2)
            builder.appendNulls()
            let column = builder.finish(as: kind)
            #expect(column.kind == kind && column.count == 3)
            #expect(cells(column) == [.null, .null, .null])
        }
        #expect(ColumnBuilder(nulls: 3).finish().kind == .string)
        #expect(ColumnBuilder().finish(as: .int).count == 0)
    }

    @Test func `the kind that was wanted gives way to values`() {
        var builder = ColumnBuilder(nulls: 1)
        builder.append(Int64(5))
        #expect(builder.finish(as: .string).kind == .int)
    }

    @Test func `rows without a value hold a neutral one`() {
        let mixed = built([.int(1), .null, .string("a"), .null])
        guard case .json(let texts) = mixed.storage else {
            Issue.record("\(mixed.kind)")
            return
        }
        #expect((0..<4).map { texts[$0] } == ["1", "", "\"a\"", ""])
        let numbers = built([.null, .int(1), .double(0.5), .null])
        #expect(numbers.storage == .double([0, 1, 0.5, 0]))
    }

    @Test func `columns of the same cells are equal however they came about`() {
        var random = SeededGenerator(seed: 22)
        for _ in 0..<300 {
            let kinds = Int.random(in: 1...5, using: &random)
            let values: [Value] = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                switch Int.random(in: 0...kinds, using: &random) {
                case 0: .null
                case 1: .int(.random(in: -9...9, using: &random))
                case 2: .double(.random(in: -1...1, using: &random))
                case 3: .string("t\(Int.random(in: 0...9, using: &random))")
                case 4: .bool(.random(using: &random))
                default: .json("[\(Int.random(in: 0...9, using: &random))]")
                }
            }
            let column = built(values)
            #expect(column.count == values.count)
            // Cells read back and appended again are the same column.
            var again = ColumnBuilder()
            for row in 0..<column.count { again.append(column[row]) }
            #expect(again.finish(as: column.kind) == column)
            for (row, value) in values.enumerated() {
                #expect(column[row].isNull == value.isNull)
                let number = value.number
                if column.kind != .json { #expect(column.number(row) == number) }
                if column.kind == .json, !value.isNull {
                    #expect(column[row] == .json(JSONText.of(value)))
                }
            }
        }
    }

    @Test func `a long column widens once`() {
        var builder = ColumnBuilder()
        for i in 0..<50_000 { builder.append(Int64(i)) }
        builder.append(0.5)
        for i in 0..<50_000 { builder.append(Int64(i)) }
        let column = builder.finish()
        #expect(column.kind == .double && column.count == 100_001)
        #expect(column.number(49_999) == 49_999 && column.number(100_000) == 49_999)
    }
}

struct ColumnTests {
    @Test func `columns made of optional values hold them`() {
        #expect(cells(.int([1, nil, -3])) == [.int(1), .null, .int(-3)])
        #expect(cells(.double([0.5, nil])) == [.double(0.5), .null])
        #expect(cells(.string(["a", nil, ""])) == [.string("a"), .null, .string("")])
        #expect(cells(.bool([nil, true])) == [.null, .bool(true)])
    }

    @Test func `columns without any value keep the kind they were made of`() {
        #expect(Column.int([nil, nil]).kind == .int)
        #expect(Column.double([Double?]()).kind == .double)
        #expect(Column.bool([nil]).kind == .bool)
        #expect(Column.string([nil]).kind == .string)
    }

    @Test func `a storage is valid throughout where nothing else is said`() {
        let column = Column(.int([1, 2, 3]))
        #expect(column.count == 3 && column.validity.isAllValid)
        #expect(cells(column) == [.int(1), .int(2), .int(3)])
    }

    @Test func `only numbers are numbers and only texts are texts`() {
        #expect(Value.int(3).number == 3 && Value.double(0.5).number == 0.5)
        for value in [Value.null, .bool(true), .string("3"), .json("3")] {
            #expect(value.number == nil)
        }
        #expect(Value.string("3").text == "3")
        for value in [Value.null, .bool(true), .int(3), .json("3")] { #expect(value.text == nil) }
        #expect(Column.string(["3"]).number(0) == nil && Column.bool([true]).number(0) == nil)
        #expect(Column.int([3, nil]).number(0) == 3 && Column.int([3, nil]).number(1) == nil)
    }

    @Test(arguments: [
        (Value.json(#""a\"b\\c\/\n\t\r\b\f""#), Value.string("a\"b\\c/\n\t\r\u{8}\u{C}")),
        (.json(#""\ub300\uD83D\uDC69 x\u0000""#), .string("대👩 x\u{0}")),
        (.json("\"\""), .string("")),
        (.json("12"), .int(12)), (.json("-0.5e3"), .double(-500)), (.json("true"), .bool(true)),
        (.json("false"), .bool(false)), (.json("null"), .null), (.json("[1]"), .json("[1]")),
        (.json("{}"), .json("{}")), (.json(#""\uZZ""#), .json(#""\uZZ""#)), (.json(""), .json("")),
        (.string("\"a\""), .string("\"a\"")), (.int(3), .int(3)), (.null, .null),
    ])
    func `a single value in JSON text is read for what it is`(cell: Value, plain: Value) {
        #expect(cell.plain == plain)
    }

    @Test func `a person reads a cell as they would write it`() {
        let cells: [Value] = [
            .null, .bool(true), .int(-3), .double(0.5), .string("a"), .json("[]"),
        ]
        #expect(cells.map(\.description) == ["", "true", "-3", "0.5", "a", "[]"])
    }
}
