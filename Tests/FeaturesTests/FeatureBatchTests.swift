import Features
import Geometry
import Testing

private func points(_ count: Int, from x: Double = 127) -> GeometryColumn {
    GeometryColumn((0..<count).map { .point(Position(x + Double($0), 36)) })
}

private func cells(_ column: Column?) -> [Value]? {
    column.map { column in (0..<column.count).map { column[$0] } }
}

struct FeatureBatchTests {
    @Test func `columns keep their order, and setting one again its place`() {
        var batch = FeatureBatch(geometry: points(2))
        batch.set("b", .int([1, 2]))
        batch.set("a", .string(["x", nil]))
        batch.set("c", .bool([true, false]))
        #expect(batch.columns.map(\.name) == ["b", "a", "c"])
        batch.set("a", .double([0.5, 1]))
        #expect(batch.columns.map(\.name) == ["b", "a", "c"])
        #expect(batch["a"]?.kind == .double)
        batch.remove("b")
        batch.remove("absent")
        #expect(batch.columns.map(\.name) == ["a", "c"])
        #expect(batch["b"] == nil && batch["A"] == nil)
    }

    @Test func `identifiers are texts and numbers in decimal form`() {
        let numbers = FeatureBatch(geometry: points(3), ids: .int([7, nil, -1]))
        #expect((0..<3).map { numbers.id($0) } == ["7", nil, "-1"])
        let texts = FeatureBatch(geometry: points(2), ids: .string(["KR-1", nil]))
        #expect((0..<2).map { texts.id($0) } == ["KR-1", nil])
        #expect(FeatureBatch(geometry: points(1)).id(0) == nil)
    }

    @Test func `identifiers of mixed kinds are read without quotation marks`() {
        var ids = ColumnBuilder()
        ids.append(Int64(7))
        ids.append(utf8: "KR-\"1\"\n대전".utf8)
        ids.appendNulls()
        ids.append(2.5)
        let batch = FeatureBatch(geometry: points(4), ids: ids.finish())
        #expect((0..<4).map { batch.id($0) } == ["7", "KR-\"1\"\n대전", nil, "2.5"])
    }

    @Test func `taking rows keeps their order and every kind of column`() {
        var batch = FeatureBatch(
            geometry: GeometryColumn([
                .point(Position(127, 36)), nil, .lineString([Position(0, 0), Position(1, 1)]),
            ]), ids: .string(["a", "b", nil]), firstIndex: 9)
        batch.set("int", .int([1, nil, 3]))
        batch.set("double", .double([1, 2, nil]))
        batch.set("string", .string([nil, "y", "z"]))
        batch.set("bool", .bool([true, nil, false]))
        batch.set("json", Column(.json(StringColumn(["[1]", "{}", "5"]))))
        let taken = batch.taking([2, 0, 2, 1])
        #expect(taken.count == 4 && taken.firstIndex == 9)
        #expect(
            taken.geometry.shapes == [
                batch.geometry[2], batch.geometry[0], batch.geometry[2], nil,
            ])
        #expect((0..<4).map { taken.id($0) } == [nil, "a", nil, "b"])
        for named in batch.columns {
            let column = named.column
            #expect(
                cells(taken[named.name]) == [column[2], column[0], column[2], column[1]])
            #expect(taken[named.name]?.kind == column.kind)
        }
        #expect(batch.taking([0, 1, 2]) == batch)
    }

    @Test func `taking no rows keeps the kinds of the columns`() {
        var batch = FeatureBatch(geometry: points(2), ids: .int([1, 2]))
        batch.set("a", .double([1, 2]))
        let none = batch.taking([])
        #expect(none.count == 0 && none.ids?.kind == .int && none["a"]?.kind == .double)
        // A column without values keeps its kind as well.
        batch.set("b", .bool([nil, nil]))
        #expect(batch.taking([1])["b"]?.kind == .bool)
    }

    @Test func `joined batches hold no value where a column was missing`() {
        var first = FeatureBatch(geometry: points(2), firstIndex: 5)
        first.set("a", .int([1, 2]))
        first.set("b", .string(["x", "y"]))
        var second = FeatureBatch(geometry: points(1, from: 130), ids: .string(["s"]))
        second.set("c", .bool([true]))
        second.set("a", .double([0.5]))
        let joined = FeatureBatch.joining([first, second])
        #expect(joined.count == 3 && joined.firstIndex == 5)
        #expect(joined.columns.map(\.name) == ["a", "b", "c"])
        #expect(cells(joined["a"]) == [.double(1), .double(2), .double(0.5)])
        #expect(cells(joined["b"]) == [.string("x"), .string("y"), .null])
        #expect(cells(joined["c"]) == [.null, .null, .bool(true)])
        #expect((0..<3).map { joined.id($0) } == [nil, nil, "s"])
        #expect(joined.geometry[2] == .point(Position(130, 36)))
    }

    @Test func `cutting a batch and joining it again changes nothing`() {
        var batch = FeatureBatch(
            geometry: GeometryColumn(
                (0..<7).map { $0 == 3 ? nil : .point(Position(Double($0), 1)) }),
            ids: .int((0..<7).map(Optional.init)))
        batch.set("late", .string((0..<7).map { $0 < 5 ? nil : "v\($0)" as String? }))
        batch.set("never", .double([Double?](repeating: nil, count: 7)))
        batch.set("number", .double((0..<7).map { Double($0) }))
        for cut in 0...7 {
            let parts = [Array(0..<cut), Array(cut..<7)].map { batch.taking($0) }
            #expect(FeatureBatch.joining(parts) == batch, "cut at \(cut)")
        }
        #expect(FeatureBatch.joining([batch]) == batch)
    }

    @Test func `a column whose first batch has no value takes the kind of the next`() {
        var first = FeatureBatch(geometry: points(1))
        first.set("a", .string([nil]))
        var second = FeatureBatch(geometry: points(1))
        second.set("a", .int([3]))
        #expect(FeatureBatch.joining([first, second])["a"]?.kind == .int)
    }

    @Test func `nothing joined is nothing`() {
        #expect(FeatureBatch.joining([]).count == 0)
    }
}
