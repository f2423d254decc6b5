import Features
import Geometry
import TestSupport
import Testing

@testable import Formats

/// What is written comes back: random features from fixed seeds through every format of our own.
struct RoundTripTests {
    static let kinds: [Shape.Kind?] = Shape.Kind.allCases.map { $0 } + [nil]

    private func roundTrip(
        _ batch: FeatureBatch, _ name: String, precision: Int? = nil
    ) throws -> FeatureBatch {
        let scratch = Scratch()
        var sink = try openSink(scratch / name, options: WritingOptions(precision: precision))
        try sink.write(batch)
        try sink.finish(CollectionInfo())
        var options = ReadingOptions()
        options.blockBytes = 5000
        var source = try openSource(scratch / name, options: options)
        return try source.readAll()
    }

    @Test(
        arguments: [
            "a.geojson", "a.geojsonl", "a.geojson.gz", "a.geojsonl.zst", "a.arrow", "a.arrows",
        ],
        [1, 2] as [UInt64])
    func `random features of every kind come back`(name: String, seed: UInt64) throws {
        for kind in Self.kinds {
            var random = RandomFeatures(seed: seed)
            let batch = random.batch(kind)
            let back = try roundTrip(batch, name)
            #expect(back.binary == batch.binary, "\(kind.map { "\($0)" } ?? "all kinds")")
            #expect(back.columns.map(\.name) == batch.columns.map(\.name))
            #expect(back["글"] == batch["글"])
            #expect(back["whole"] == batch["whole"])
            #expect(back["number"] == batch["number"])
            #expect(back["truth"] == batch["truth"])
        }
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `with 15 decimals no bit of a coordinate is lost`(seed: UInt64) throws {
        for kind in Self.kinds {
            var random = RandomFeatures(seed: seed, decimals: 15)
            let batch = random.batch(kind)
            #expect(try roundTrip(batch, "a.geojson", precision: 15).binary == batch.binary)
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `random features come back from CSV`(seed: UInt64) throws {
        for kind in Self.kinds {
            var random = RandomFeatures(seed: seed)
            var batch = random.batch(kind)
            // Of more than 18 digits they would be codes, hence texts.
            let wholes = batch["whole"].map { column in
                (0..<batch.count).map { row -> Int? in
                    guard case .int(let value) = column[row] else { return nil }
                    return Int(value) % 999_999_999_999_999_999
                }
            }
            batch.set("whole", .int(wholes ?? []))
            let back = try roundTrip(batch, "a.csv")
            #expect(back.binary == batch.binary, "\(kind.map { "\($0)" } ?? "all kinds")")
            #expect(back["글"] == batch["글"])
            #expect(back["whole"] == batch["whole"])
            #expect(back["number"] == batch["number"])
        }
    }

    /// GDAL's formats hold one kind each, and have no word for the empty ones.
    @Test(arguments: ["a.gpkg", "a.fgb"], [6] as [UInt64])
    func `random features come back from GDAL's formats`(name: String, seed: UInt64) throws {
        for kind in Self.kinds {
            var random = RandomFeatures(seed: seed)
            var batch = random.batch(kind)
            batch.set("row", .int(Array(0..<batch.count)))
            let written = try roundTrip(batch, name)
            // The index of a FlatGeobuf puts neighbours together.
            let order = (0..<written.count).sorted {
                (written["row"]?[$0].number ?? 0) < (written["row"]?[$1].number ?? 0)
            }
            let back = written.takingSome(order)
            if name.hasSuffix("fgb") {
                // It has no place for features without a geometry, and says so.
                let rows = (0..<batch.count).filter { batch.geometry[$0]?.isEmpty == false }
                batch = batch.takingSome(rows)
            }
            #expect(back["row"] == batch["row"])
            for row in 0..<batch.count {
                let (old, new) = (batch.geometry[row], back.geometry[row])
                if old?.isEmpty == false {
                    // Nor has it one for empty members of a collection.
                    let expected = name.hasSuffix("fgb") ? old.map(Self.withoutEmptyMembers) : old
                    #expect(new == expected, "\(name), row \(row)")
                }
                if old == nil || old?.isEmpty == true { #expect(new?.isEmpty != false) }
            }
            #expect(back["whole"] == batch["whole"])
            #expect(back["number"] == batch["number"])
        }
    }

    private static func withoutEmptyMembers(_ shape: Shape) -> Shape {
        guard case .collection(let members) = shape else { return shape }
        return .collection(members.filter { !$0.isEmpty }.map(withoutEmptyMembers))
    }

    @Test(arguments: [#""\ud83d""#, #""\ude00\ud83d""#, #""a\udfffb""#, #"["\ud800"]"#])
    func `half a character is refused, not replaced`(text: String) {
        #expect(throws: FormatError.self) {
            try geoJSON(feature("null", properties: #"{"a":\#(text)}"#))
        }
        #expect(throws: FormatError.self) {
            try geoJSON(feature("null", properties: #"{\#(text.filter { !"[]".contains($0) }):1}"#))
        }
    }
}
