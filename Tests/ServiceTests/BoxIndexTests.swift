import Features
import Geometry
import TestSupport
import Testing

@testable import Service

struct BoxIndexTests {
    private static func boxes(_ count: Int, seed: UInt64) -> [Envelope?] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            if Int.random(in: 0..<20, using: &random) == 0 { return nil }
            let x = Double.random(in: 124...132, using: &random)
            let y = Double.random(in: 33...39, using: &random)
            let size = Double.random(in: 0...0.3, using: &random)
            return Envelope(minX: x, minY: y, maxX: x + size, maxY: y + size / 2)
        }
    }

    @Test(arguments: [0, 1, 2, 15, 16, 17, 63, 64, 65, 257, 3000])
    func `the tree and the scan find what a comparison with every box finds`(count: Int) {
        let boxes = Self.boxes(count, seed: UInt64(count))
        let index = BoxIndex(boxes)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<40 {
            let x = Double.random(in: 123...132, using: &random)
            let y = Double.random(in: 32...39, using: &random)
            let size = Double.random(in: 0...4, using: &random)
            let wanted = [Envelope(minX: x, minY: y, maxX: x + size, maxY: y + size)]
            let expected = boxes.indices.filter { row in
                boxes[row].map { BoxIndex.touch($0, wanted[0]) } ?? false
            }
            #expect(index.rows(in: wanted, atMost: .max)?.map(Int.init) == expected)
            #expect((index.rows(in: wanted, atMost: 10) == nil) == (expected.count > 10))
            var forwards: [Int] = []
            var row = 0
            while let found = index.next(from: row, in: wanted) {
                forwards.append(found)
                row = found + 1
            }
            #expect(forwards == expected)
            var backwards: [Int] = []
            row = count
            while let found = index.previous(from: row, in: wanted) {
                backwards.append(found)
                row = found - 1
            }
            #expect(backwards == expected.reversed())
        }
    }

    @Test func `a box whose sides are no numbers is none`() {
        let nan = Double.nan
        let infinite = Double.infinity
        let boxes: [Envelope?] = [
            Envelope(minX: 127, minY: 36, maxX: 128, maxY: 37),
            Envelope(minX: 127, minY: nan, maxX: 127, maxY: nan),
            Envelope(minX: nan, minY: 36, maxX: nan, maxY: 36),
            Envelope(minX: -infinite, minY: 36, maxX: 127, maxY: infinite),
            Envelope(minX: -1e308, minY: 36, maxX: 1e308, maxY: 37),
        ]
        let everywhere = [Envelope(minX: -1e308, minY: -90, maxX: 1e308, maxY: 90)]
        #expect(BoxIndex(boxes).rows(in: everywhere, atMost: .max) == [0, 4])
        #expect(BoxIndex(Array(boxes[1...3])).extent == nil)
        let content = try? CollectionContent(
            FeatureBatch(geometry: GeometryColumn(longitudes: [127, 128], latitudes: [nan, 36])))
        #expect(content?.index.extent?.minX == 128)
    }

    @Test func `dense boxes are paged from the cursor as sparse ones are from a list`() throws {
        // More features in the box than the tree is asked for.
        var random = SeededGenerator(seed: 3)
        let count = 2 * PageOfRows.few + 100
        let x = (0..<count).map { _ in Double.random(in: 126...129, using: &random) }
        let y = (0..<count).map { _ in Double.random(in: 34...38, using: &random) }
        let content = try CollectionContent(
            FeatureBatch(geometry: GeometryColumn(longitudes: x, latitudes: y)))
        let box = Envelope(minX: 126, minY: 34, maxX: 128.5, maxY: 38)
        let expected = (0..<count).filter { box.covers(Position(x[$0], y[$0])) }
        #expect(expected.count > PageOfRows.few)
        var selection = RowSelection()
        selection.boxes = [box]
        var all: [Int] = []
        var cursor: PageCursor? = .after(-1)
        while let at = cursor {
            let page = PageOfRows(of: content, selection, at, limit: 997)
            all += page.rows
            cursor = page.next
        }
        #expect(all == expected)
        let last = PageOfRows(of: content, selection, .before(count), limit: 10)
        #expect(last.rows == expected.suffix(10))
        #expect(last.next == nil && last.previous == .before(expected[expected.count - 10]))
    }
}
