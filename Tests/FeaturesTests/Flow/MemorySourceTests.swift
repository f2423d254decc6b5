import Features
import Geometry
import Testing

struct MemorySourceTests {
    private func batch(_ count: Int, at index: Int) -> FeatureBatch {
        FeatureBatch(
            geometry: GeometryColumn((0..<count).map { .point(Position(Double($0), 0)) }),
            ids: .int((index..<index + count).map(Optional.init)), firstIndex: index)
    }

    @Test func `batches come once each, in order`() {
        let batches = [batch(2, at: 0), batch(0, at: 2), batch(3, at: 2)]
        var source = MemorySource(batches, collection: CollectionInfo(name: "places"))
        #expect(source.collection.name == "places")
        #expect([source.next(), source.next(), source.next()] == batches)
        #expect(source.next() == nil)
        #expect(source.next() == nil)
    }

    @Test func `all that is left is read into one batch`() throws {
        var source = MemorySource([batch(2, at: 0), batch(3, at: 2), batch(1, at: 5)])
        _ = source.next()
        let rest = try source.readAll()
        #expect(rest.count == 4 && rest.firstIndex == 2)
        #expect((0..<4).map { rest.id($0) } == ["2", "3", "4", "5"])
        #expect(try source.readAll().count == 0)
    }

    @Test func `a copy of a source reads for itself`() {
        var source = MemorySource([batch(1, at: 0), batch(1, at: 1)])
        var copy = source
        _ = source.next()
        #expect(copy.next()?.firstIndex == 0)
        #expect(source.next()?.firstIndex == 1)
    }
}
