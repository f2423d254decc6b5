import Features
import Formats
import Foundation
import TestSupport
import Testing

/// Tables of a PostGIS database, where `CLUSTERATLAS_POSTGIS` names an empty one: `host=… dbname=…`.
struct PostGISTests {
    @Test func `a table that is written is read the same, and never overwritten`() throws {
        guard let database = TestDatabase.words else { return }
        let scratch = Scratch()
        var given = try openSource(try scratch.write(ForeignFormatTests.text, to: "in.geojson"))
        let batch = try given.readAll()
        let table = "PG:\(database):places_\(UUID().uuidString.prefix(8).lowercased())"
        var sink = try openSink(table)
        try sink.write(batch)
        try sink.finish(given.collection)
        var source = try openSource(table)
        let back = try source.readAll()
        #expect(source.collection.crs?.contains("4326") == true)
        #expect(back.count == batch.count)
        for row in 0..<batch.count {
            #expect(back.geometry[row] == batch.geometry[row])
            for named in batch.columns {
                #expect(back[named.name]?[row].plain == named.column[row].plain, "\(named.name)")
            }
        }
        let error = #expect(throws: FormatError.self) {
            var second = try openSink(table)
            try second.write(batch)
            try second.finish(given.collection)
        }
        #expect(error?.problem.contains("already") == true)
    }
}
