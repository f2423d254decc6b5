import Features
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Formats

@Suite struct Arrow {
    private static let shapes: [[Shape?]] = [
        [.point(Position(127, 36)), nil, .point(Position(128, 37))],
        [.point(Position(127, 36, 5)), .point(Position(128, 37, 6)), nil],
        [.multiPoint([Position(1, 2), Position(3, 4)]), nil, .multiPoint([])],
        [.lineString([Position(1, 2), Position(3, 4)]), .lineString([]), nil],
        [.multiLineString([[Position(1, 2), Position(3, 4)], [Position(5, 6), Position(7, 8)]])],
        [.polygon([[Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 0)]]), nil],
        [
            .multiPolygon([
                [[Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 0)]],
                [[Position(5, 5), Position(6, 5), Position(6, 6), Position(5, 5)]],
            ])
        ],
        [.point(Position(1, 2)), .lineString([Position(1, 2), Position(3, 4)]), nil],
        [.collection([.point(Position(1, 2))])],
        [nil, nil],
    ]

    private func batch(_ shapes: [Shape?], firstIndex: Int = 0) -> FeatureBatch {
        var batch = FeatureBatch(geometry: GeometryColumn(shapes), firstIndex: firstIndex)
        let rows = shapes.indices
        batch.set("n", .int(rows.map { $0 % 3 == 1 ? nil : $0 }))
        batch.set("name", .string(rows.map { $0 % 3 == 2 ? nil : "곳 \($0)" }))
        batch.set("v", .double(rows.map { Double($0) / 4 }))
        batch.set("b", .bool(rows.map { $0 % 2 == 0 }))
        var json = ColumnBuilder()
        for row in rows { json.appendJSON(utf8: "[\(row)]".utf8) }
        batch.set("j", json.finish())
        return batch
    }

    private func write(_ batches: [FeatureBatch], to path: String, crs: String? = nil) throws {
        var sink = try openSink(path, options: WritingOptions(crs: crs))
        for batch in batches { try sink.write(batch) }
        try sink.finish(CollectionInfo())
    }

    @Test(arguments: Self.shapes.indices, ["a.arrow", "a.arrows", "a.arrow.zst"])
    func `batches come back`(kind: Int, name: String) throws {
        let scratch = Scratch()
        let first = batch(Self.shapes[kind])
        let second = batch(Self.shapes[kind].reversed(), firstIndex: first.count)
        try write([first, second], to: scratch / name)
        var source = try openSource(scratch / name)
        for expected in [first, second] {
            let read = try #require(try source.next())
            #expect(read.geometry.shapes == expected.geometry.shapes)
            #expect(read.columns == expected.columns)
            #expect(read.firstIndex == expected.firstIndex)
        }
        #expect(try source.next() == nil)
        #expect(source.collection.remarks.isEmpty)
    }

    @Test func `what later batches bring is in the schema of all`() throws {
        let scratch = Scratch()
        var first = FeatureBatch(geometry: GeometryColumn([.point(Position(1, 2))]))
        first.set("a", .int([1]))
        first.set("m", .int([7]))
        var second = FeatureBatch(
            geometry: GeometryColumn([.lineString([Position(1, 2), Position(3, 4)])]),
            ids: .string(["x"]), firstIndex: 1)
        second.set("a", .double([0.5]))
        second.set("m", .string(["t"]))
        second.set("c", .bool([true]))
        for name in ["a.arrow", "a.arrows"] {
            try write([first, second, first], to: scratch / name)
            var source = try openSource(scratch / name)
            let all = try source.readAll()
            let (point, line) = (first.geometry[0], second.geometry[0])
            #expect(all.geometry.shapes == [point, line, point])
            #expect(all.columns.map(\.name) == ["id", "a", "m", "c"])
            #expect(all["a"] == .double([1, 0.5, 1]))
            #expect(all["m"]?[1] == .json("\"t\"") && all["m"]?[0] == .json("7"))
            #expect(all["c"]?[0] == .null && all["c"]?[1] == .bool(true))
            #expect(all.id(1) == "x" && all.id(0) == nil)
        }
    }

    @Test func `positions are transformed on the way out and in`() throws {
        let scratch = Scratch()
        let points = batch([.point(Position(127, 36)), .point(Position(126.978, 37.5665))])
        try write([points], to: scratch / "a.arrow", crs: "EPSG:5179")
        var source = try openSource(scratch / "a.arrow")
        let read = try source.readAll()
        for row in 0..<2 {
            let (a, b) = (read.geometry[row]?.envelope, points.geometry[row]?.envelope)
            #expect(abs((a?.minX ?? 0) - (b?.minX ?? 1)) < 1e-8)
        }
        #expect(source.collection.remarks.contains { $0.contains("EPSG:5179") })
    }

    @Test(arguments: [nil, "EPSG:5179"])
    func `a geometry that is no well-known binary is named by file and feature`(
        crs: String?
    ) throws {
        let scratch = Scratch()
        let mixed = batch([
            .point(Position(127, 36)), .lineString([Position(127, 36), Position(128, 37)]),
        ])
        try write([mixed], to: scratch / "a.arrow", crs: crs)
        var bytes = try FileBytes.read(scratch / "a.arrow")
        // A line of two positions becomes something of a kind that is none.
        let head: [UInt8] = [1, 2, 0, 0, 0, 2, 0, 0, 0]
        let at = try #require(bytes.indices.first { bytes[$0...].starts(with: head) })
        bytes[at + 1] = 99
        let source = ArrowSource(MemoryInput(bytes, name: "a.arrow"), options: ReadingOptions())
        let error = #expect(throws: FormatError.self) { try source.next() }
        #expect(error?.place == "a.arrow, feature 2")
        #expect(error?.problem == "the geometry is no well-known binary")
    }

    @Test func `a file cut anywhere, or with any byte changed, never crashes`() throws {
        let scratch = Scratch()
        try write([batch(Self.shapes[5])], to: scratch / "a.arrow")
        let bytes = try FileBytes.read(scratch / "a.arrow")
        func read(_ bytes: [UInt8]) throws {
            let source = ArrowSource(
                MemoryInput(bytes, name: "t"), options: ReadingOptions())
            while let batch = try source.next() { _ = batch.geometry.shapes }
        }
        try read(bytes)
        for length in stride(from: 0, to: bytes.count, by: 7) { try? read(Array(bytes[..<length])) }
        var random = SeededGenerator(state: 1)
        for _ in 0..<3000 {
            var changed = bytes
            let at = Int.random(in: 0..<bytes.count, using: &random)
            changed[at] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            try? read(changed)
        }
    }

    /// pyarrow reads what is written, and its own files are read: needs a Python that has it, named
    /// by CLUSTERATLAS_PYTHON.
    @Test func `pyarrow understands, and is understood`() throws {
        guard let python = getenv("CLUSTERATLAS_PYTHON").map({ String(cString: $0) }) else {
            print("pyarrow is not asked: CLUSTERATLAS_PYTHON names no Python that has it")
            return
        }
        let scratch = Scratch()
        for (kind, shapes) in Self.shapes.enumerated() {
            for ending in ["arrow", "arrows"] {
                let path = scratch / "k\(kind).\(ending)"
                let first = batch(shapes)
                try write([first, first], to: path)
                let script = """
                    import sys, warnings
                    warnings.simplefilter("error")
                    import pyarrow as pa
                    path = sys.argv[1]
                    open_ = pa.ipc.open_file if path.endswith(".arrow") else pa.ipc.open_stream
                    table = open_(pa.OSFile(path)).read_all()
                    table.validate(full=True)
                    print(table.num_rows, table["n"].to_pylist(), table["b"].null_count)
                    out = path + ".back.arrow"
                    names = table.column("name").cast(pa.large_string()).dictionary_encode()
                    table = table.set_column(1, "name", names)
                    options = pa.ipc.IpcWriteOptions(compression="zstd")
                    with pa.ipc.new_file(out, table.schema, options=options) as writer:
                        writer.write_table(table)
                    """
                let run = try SharedData.run(URL(filePath: python), ["-c", script, path])
                let output = String(decoding: run.output, as: UTF8.self)
                let numbers = first.columns[0].column
                let texts = (0..<first.count).map {
                    numbers[$0].isNull ? "None" : numbers[$0].description
                }
                let list = (texts + texts).joined(separator: ", ")
                #expect(output == "\(2 * first.count) [\(list)] 0\n", "\(run.errors)")
                var source = try openSource(path + ".back.arrow")
                let back = try source.readAll()
                #expect(back.geometry.shapes == first.geometry.shapes + first.geometry.shapes)
                #expect(back["name"] == FeatureBatch.joining([first, first])["name"])
            }
        }
    }
}
