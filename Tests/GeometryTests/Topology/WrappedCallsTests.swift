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

    @Test(arguments: WrappedCalls.all.indices)
    func `survive coordinates of any size`(index: Int) throws {
        var random = RandomShapes(seed: 12)
        for size in [1e-300, 1e-128, 1e-9, 1e9, 1e80, 1e149, 1e307] {
            for _ in 0..<4 {
                let pair = (random.shape(), random.polygon())
                let big = { (p: Position) in Position(p.x / 132 * size, p.y / 132 * size, p.z) }
                do {
                    let call = WrappedCalls.all[index]
                    try call.run(pair.0.mapPositions(big), pair.1.mapPositions(big))
                    try call.run(pair.0.mapPositions(big), pair.1)
                } catch {
                    #expect([.topology, .badArgument, .malformed].contains(error.code))
                }
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
