import Features
import Geometry
import Glibc
import Testing

@testable import Formats

@Suite struct `Packed files` {
    private func points(_ count: Int) -> FeatureBatch {
        var random = SeededGenerator(state: 1952)
        let x = (0..<count).map { _ in Double.random(in: 125...130, using: &random) }
        var batch = FeatureBatch(
            geometry: GeometryColumn(longitudes: x, latitudes: x.map { $0 - 90 }))
        batch.set("n", .int((0..<count).map { $0 }))
        batch.set("name", .string((0..<count).map { "곳 \($0)" }))
        return batch
    }

    private func bytes(_ path: String) throws -> [UInt8] { try FileBytes.read(path) }

    @Test(arguments: Compression.allCases)
    func `what is packed comes back`(compression: Compression) throws {
        let scratch = Scratch()
        let batch = points(20_000)
        for name in ["a.geojson", "a.geojsonl", "a.csv"] {
            let plain = scratch / name
            let packed = scratch / "\(name).\(compression.rawValue)"
            for path in [plain, packed] {
                var sink = try openSink(path)
                try sink.write(batch)
                try sink.finish(CollectionInfo(name: "points"))
            }
            #expect(try bytes(packed).count < bytes(plain).count / 2)
            #expect(Compression(magic: try bytes(packed)) == compression)
            var source = try openSource(packed)
            var expected = try openSource(plain)
            let read = try source.readAll()
            #expect(try read == expected.readAll())
            #expect(source.collection.name == expected.collection.name)
            #expect(source.collection.inputs.first?.size == (try bytes(packed).count))
            #expect(try FileBytes.read(Inputs.open(packed), upTo: .max) == bytes(plain))
            // Whatever it is called: the first bytes tell.
            rename(packed, plain)
            var renamed = try openSource(plain)
            #expect(try renamed.readAll() == read)
        }
    }

    @Test(arguments: Compression.allCases)
    func `a packed file cut anywhere, or damaged, is an error`(compression: Compression) throws {
        let scratch = Scratch()
        let text = Array(#"{"type":"FeatureCollection","features":[]}"#.utf8)
        let packed = try compression.pack(text, file: "t") + compression.pack([0x0A], file: "t")
        func read(_ bytes: [UInt8]) throws -> Int {
            let path = try scratch.write(bytes, to: "a.geojson.\(compression.rawValue)")
            var source = try openSource(path)
            return try source.readAll().count
        }
        #expect(try read(packed) == 0)
        let first = try compression.pack(text, file: "t").count
        for length in 4..<packed.count where length != first {
            let error = #expect(throws: FormatError.self) { try read(Array(packed[..<length])) }
            #expect(error?.code == .truncated, "\(length) bytes: \(error?.description ?? "")")
        }
        var damaged = packed
        damaged[first - 6] ^= 0xFF
        let error = #expect(throws: FormatError.self) { try read(damaged) }
        #expect(error?.code == .damaged || error?.code == .truncated)
        // What follows the last member is no member.
        #expect(throws: FormatError.self) { try read(packed + Array("more".utf8)) }
    }

    @Test func `rows of CSV are filled up in a packed file too`() throws {
        let scratch = Scratch()
        var first = FeatureBatch(geometry: GeometryColumn([nil]))
        first.set("a", .string(["x"]))
        var second = FeatureBatch(geometry: GeometryColumn([nil]))
        second.set("b", .int([3]))
        for name in ["a.csv.gz", "a.csv.zst"] {
            var sink = try openSink(scratch / name)
            try sink.write(first)
            try sink.write(second)
            try sink.finish(CollectionInfo())
            let text = try FileBytes.read(Inputs.open(scratch / name), upTo: .max)
            #expect(String(decoding: text, as: UTF8.self) == "a,b\nx,\n,3\n")
        }
    }

    @Test func `names tell format and compression`() {
        #expect(FileFormat(path: "a/b.GeoJSON.GZ") == .geoJSON)
        #expect(FileFormat(path: "b.csv.zst") == .csv)
        #expect(FileFormat(path: "b.gz") == nil)
        #expect(FileFormat.layerName("a/b.geojson.gz") == "b")
        #expect(Compression(path: "a.gzip") == nil)
    }
}
