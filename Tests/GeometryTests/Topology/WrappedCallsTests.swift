import Geometry
import Testing

/// What holds for every wrapped call.
///
/// `Scripts/leak-check` runs this suite under valgrind.
@Suite struct `Wrapped calls` {
    @Test(arguments: WrappedCalls.all.indices)
    func `survive every combination of empty and partly empty shapes`(index: Int) throws {
        let shapes =
            RandomShapes.empties + RandomShapes.partlyEmpty + [
                .polygon([RandomShapes.square(1, 1)]), .point(Position(1, 1)),
                .lineString([Position(0, 0), Position(2, 2)]),
            ]
        for a in shapes {
            for b in WrappedCalls.all[index].isAboutTwo ? shapes : [a] {
                // An error is an answer too, for example of a collection.
                do { try WrappedCalls.all[index].run(a, b) } catch {
                    #expect(error.code == .topology)
                }
            }
        }
    }

    @Test(arguments: WrappedCalls.all.indices)
    func `take random shapes, valid or not`(index: Int) throws {
        var random = RandomShapes(seed: 7)
        for _ in 0..<20 {
            let pair = (random.shape(), random.shape())
            do {
                try WrappedCalls.all[index].run(pair.0, pair.1)
            } catch {
                #expect(error.code == .topology)
                #expect(!error.problem.contains("no reason"), "\(WrappedCalls.all[index].name)")
            }
        }
    }

    @Test func `triangulation and cells`() throws {
        var random = RandomShapes(seed: 8)
        let sites = random.positions(50...50)
        #expect(try !Shape.delaunayTriangles(sites).isEmpty)
        #expect(try Shape.voronoiCells(of: sites).count == 50)
    }
}
