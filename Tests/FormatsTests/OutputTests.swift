import Features
import Geometry
import Glibc
import Testing

@testable import Formats

@Suite struct Outputs {
    private var batch: FeatureBatch {
        FeatureBatch(geometry: GeometryColumn([.point(Position(1, 2))]))
    }

    @Test(arguments: ["a.geojson", "a.geojsonl", "a.csv"])
    func `a sink that is dropped leaves nothing`(name: String) throws {
        let scratch = Scratch()
        do {
            var sink = try openSink(scratch / name)
            try sink.write(batch)
            // Without a name where the file system can do that, beside its place elsewhere.
            #expect(scratch.names.allSatisfy { $0 == "\(name).partial-\(getpid())" })
        }
        #expect(scratch.names.isEmpty)
    }

    @Test func `text that only might be CSV must have columns of coordinates`() throws {
        let scratch = Scratch()
        let guessed = try scratch.write("hello, world\n", to: "greeting")
        let error = #expect(throws: FormatError.self) {
            var source = try openSource(guessed)
            _ = try source.next()
        }
        #expect(error?.code == .unknownFormat)
        // Where the name says CSV, it may hold no positions.
        var named = try openSource(try scratch.write("hello, world\n1,2\n", to: "greeting.csv"))
        #expect(try named.readAll().count == 1)
        var positions = try openSource(try scratch.write("lon,lat\n127,36\n", to: "positions"))
        #expect(try positions.readAll().geometry[0] == .point(Position(127, 36)))
    }

    @Test func `the old file stays until the new one is complete`() throws {
        let scratch = Scratch()
        let path = try scratch.write("old", to: "a.geojson")
        var sink = try openSink(path)
        try sink.write(batch)
        #expect(scratch.read("a.geojson") == "old")
        try sink.finish(CollectionInfo())
        #expect(scratch.read("a.geojson").contains("[1,2]"))
        #expect(scratch.names == ["a.geojson"])
    }

    @Test func `destinations that cannot be written are named`() throws {
        let scratch = Scratch()
        for (path, code) in [
            ("/no/such/a.geojson", FormatError.Code.unwritable),
            (scratch.path + "/", .unknownFormat),
            ("/tmp", .unknownFormat),
        ] {
            let error = #expect(throws: FormatError.self) { _ = try openSink(path) }
            #expect(error?.code == code, "\(error?.description ?? "")")
        }
        let directory = #expect(throws: FormatError.self) {
            _ = try openSink(scratch.path, format: .csv)
        }
        #expect(directory?.problem == "this is a directory")
        if getuid() != 0 {
            let error = #expect(throws: FormatError.self) { _ = try openSink("/proc/a.geojson") }
            #expect(error?.code == .unwritable)
        }
    }

    @Test func `a full device is reported`() throws {
        var sink = try openSink("/dev/full", format: .geoJSON)
        try sink.write(batch)
        let error = #expect(throws: FormatError.self) { try sink.finish(CollectionInfo()) }
        #expect(error?.code == .noSpace)
    }

    @Test func `what is spooled past memory comes out whole`() throws {
        let scratch = Scratch()
        let file = try AtomicOutput(scratch / "whole")
        try [UInt8](repeating: 65, count: 1 << 20).withUnsafeBytes {
            for _ in 0..<20 { try file.write($0) }
        }
        #expect(try FileBytes.read(WrittenInput(file), upTo: .max).count == 20 << 20)
        try file.finish()
        #expect(scratch.read("whole").utf8.count == 20 << 20)
        let target = open(scratch / "stream", O_WRONLY | O_CREAT, 0o600)
        let stream = AtomicOutput(descriptor: target, name: "stream")
        try [UInt8](repeating: 66, count: 1 << 20).withUnsafeBytes {
            for _ in 0..<20 { try stream.write($0) }
        }
        #expect(scratch.read("stream").isEmpty)
        try stream.finish()
        close(target)
        #expect(scratch.read("stream").utf8.count == 20 << 20)
    }

    @Test func `a closed pipe has its own code`() throws {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        close(ends[0])
        let output = AtomicOutput(descriptor: ends[1], name: "standard output")
        let bytes: [UInt8] = [1, 2, 3]
        try bytes.withUnsafeBytes { try output.write($0) }
        let error = #expect(throws: FormatError.self) { try output.finish() }
        #expect(error?.code == .closedPipe)
        close(ends[1])
    }

    @Test func `a pipe is read like a file`() throws {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let text = Array(feature(#"{"type":"Point","coordinates":[1,2]}"#).utf8)
        Glibc.write(ends[1], text, text.count)
        close(ends[1])
        let source = GeoJSONSource(
            FileInput(descriptor: ends[0], name: "pipe"), options: ReadingOptions())
        #expect(try source.next()?.geometry[0] == .point(Position(1, 2)))
        #expect(try source.next() == nil)
    }

    @Test func `names tell formats, and near misses are offered`() throws {
        #expect(FileFormat(path: "a/b.GeoJSON") == .geoJSON)
        #expect(FileFormat(path: "b.ndjson") == .geoJSONSeq)
        #expect(FileFormat(path: "b.tsv") == .csv)
        #expect(FileFormat(path: "a.csv/b") == nil)
        let error = #expect(throws: FormatError.self) { _ = try openSink("/tmp/a.geojsn") }
        #expect(error?.remedy?.hasPrefix("did you mean .geojson?") == true)
    }

    @Test(arguments: [
        (#"{"type":"FeatureCollection","features":[]}"#, FileFormat.geoJSON),
        (#"{"type":"Feature","properties":{},"geometry":null}"#, .geoJSON),
        ("{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}", .geoJSONSeq), ("\u{1E}{}", .geoJSONSeq),
        (#"{"type":"Feature","properties":{"a":"cut"#, .geoJSONSeq),
        (#"{"features":[{"type":"Feature","#, .geoJSON), ("\u{FEFF}lon,lat\n", .csv),
    ])
    func `the first bytes tell the format`(text: String, format: FileFormat) throws {
        #expect(try FormatSniffer.format(of: Array(text.utf8), file: "-") == format)
        #expect(throws: FormatError.self) { try FormatSniffer.format(of: [0x1F, 0x8B], file: "-") }
    }
}
