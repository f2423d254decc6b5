import Features
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Formats

struct MatrixTableTests {
    private static let origins = ["a", "ㄴ", "c"]
    private static let destinations = ["x", "y y", "from", "x"]

    /// Three rows in two blocks; the second has nothing.
    private static let blocks: [NeighbourRows] = {
        var first = NeighbourRows()
        first.append(0, 1.5)
        first.append(2, 0.1 + 0.2)
        first.endRow()
        first.endRow()
        var second = NeighbourRows()
        second.append(3, 1e6)
        second.endRow()
        return [first, second]
    }()

    private func write(_ path: String, isDense: Bool) throws {
        let form = try #require(MatrixForm(path: path, isDense: isDense))
        let sink = try MatrixSink(
            path: path, form: form, rows: 3, destinations: Self.destinations)
        try sink.write(
            form.encode(
                Self.blocks[0], origins: Self.origins[0..<2], destinations: Self.destinations))
        try sink.write(
            form.encode(
                Self.blocks[1], origins: Self.origins[2..<3], destinations: Self.destinations))
        try sink.finish()
    }

    @Test func `pairs come back bit for bit`() throws {
        let scratch = Scratch()
        try write(scratch / "m.arrow", isDense: false)
        var source = try openSource(scratch / "m.arrow")
        let all = try source.readAll()
        #expect(all["from_id"] == .string(["a", "a", "c"]))
        #expect(all["to_id"] == .string(["x", "from", "x"]))
        #expect(all["metres"] == .double([1.5, 0.1 + 0.2, 1e6]))
    }

    @Test func `a matrix without rows is a table without rows`() throws {
        let scratch = Scratch()
        let form = MatrixForm.table(isDense: true)
        try MatrixSink(path: scratch / "m.arrow", form: form, rows: 0, destinations: ["x"])
            .finish()
        var source = try openSource(scratch / "m.arrow")
        #expect(try source.readAll().count == 0)
    }

    /// Needs a Python with pyarrow, named by CLUSTERATLAS_PYTHON.
    @Test(arguments: [true, false])
    func `pyarrow reads what is written`(isDense: Bool) throws {
        guard let python = getenv("CLUSTERATLAS_PYTHON").map({ String(cString: $0) }) else {
            print("pyarrow is not asked: CLUSTERATLAS_PYTHON names no Python that has it")
            return
        }
        let scratch = Scratch()
        try write(scratch / "m.arrow", isDense: isDense)
        let script = """
            import sys, pyarrow as pa
            table = pa.ipc.open_file(pa.OSFile(sys.argv[1])).read_all()
            table.validate(full=True)
            print(table.column_names)
            for column in table.columns: print(column.to_pylist())
            """
        let run = try SharedData.run(URL(filePath: python), ["-c", script, scratch / "m.arrow"])
        if run.errors.contains("ModuleNotFoundError") {
            print("pyarrow is not asked: that Python lacks it")
            return
        }
        let expected =
            isDense
            ? """
            ['from_id', 'x', 'y y', 'from', 'x']
            ['a', 'ㄴ', 'c']
            [1.5, nan, nan]
            [nan, nan, nan]
            [0.30000000000000004, nan, nan]
            [nan, nan, 1000000.0]

            """
            : """
            ['from_id', 'to_id', 'metres']
            ['a', 'a', 'c']
            ['x', 'from', 'x']
            [1.5, 0.30000000000000004, 1000000.0]

            """
        #expect(String(decoding: run.output, as: UTF8.self) == expected, "\(run.errors)")
    }
}
