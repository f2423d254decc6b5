import Features
import Geometry
import TestSupport
import Testing

@testable import Tiles

struct VectorTileTests {
    private let tile = TileAddress(zoom: 6, row: 24, column: 54)

    /// A place of the tile, in cells from its upper left corner, in EPSG:3857.
    private func place(_ x: Double, _ y: Double, _ tile: TileAddress) -> Position {
        let cell = tile.width / 4096
        return Position(tile.box.minX + x * cell, tile.box.maxY - y * cell)
    }

    private func square(
        _ x: Double, _ y: Double, _ side: Double, _ tile: TileAddress
    ) -> [Position] {
        [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
            place(x + side * Double($0.0), y + side * Double($0.1), tile)
        }
    }

    private func area(_ ring: [(x: Int, y: Int)]) -> Int {
        ring.indices.reduce(0) { sum, i in
            let (a, b) = (ring[i], ring[(i + 1) % ring.count])
            return sum + a.x * b.y - b.x * a.y
        }
    }

    @Test func `tiles lie where the matrix set says`() throws {
        let whole = try #require(TileAddress(zoom: 0, row: 0, column: 0))
        #expect(abs(whole.box.minX + 20_037_508.342_789_244) < 1e-6)
        #expect((85.5...85.52).contains(whole.degrees.maxY) && whole.degrees.minX == -180)
        // Seoul, at zoom 10 in column 873 and row 396.
        let seoul = try #require(TileAddress(zoom: 10, row: 396, column: 873))
        #expect(seoul.degrees.covers(Position(126.978, 37.566)))
        for (zoom, row, column) in [(-1, 0, 0), (23, 0, 0), (2, 4, 0), (2, 0, -1)] {
            #expect(TileAddress(zoom: zoom, row: row, column: column) == nil)
        }
    }

    @Test func `features come back with their attributes and places`() throws {
        let tile = try #require(tile)
        var batch = FeatureBatch(
            geometry: GeometryColumn([
                .point(place(10, 20, tile)), .point(place(5000, 20, tile)),
                .lineString([place(100, 100, tile), place(-500, 100, tile)]), nil,
                .polygon([square(1000, 1000, 800, tile), square(1200, 1200, 100, tile).reversed()]),
            ]), ids: .string(["a", "b", "c", "d", "e"]))
        batch.set("name", .string(["판교", "x", "판교", "y", nil]))
        batch.set("size", .int([-5, 1, .max, 1, 2]))
        batch.set("share", .double([0.25, 1, .nan, 1, -1e300]))
        batch.set("open", .bool([true, nil, false, nil, nil]))
        let read = try TileReader(VectorTile.encode(batch, layer: "layer", in: tile))
        #expect(read.name == "layer" && read.version == 2 && read.extent == 4096)
        #expect(read.features.map { $0.attributes["id"] } == ["a", "c", "e"].map(Value.string))
        #expect(read.features.map(\.type) == [1, 2, 3])
        #expect(
            read.features[0].attributes
                == [
                    "id": .string("a"), "name": .string("판교"), "size": .int(-5),
                    "share": .double(0.25), "open": .bool(true),
                ])
        #expect(read.features[0].parts[0][0] == (10, 20))
        #expect(read.features[1].attributes["share"] == nil)
        #expect(read.features[1].attributes["size"] == .int(.max))
        #expect(read.features[1].parts[0].map(\.x).min() == -64)
        let rings = read.features[2].parts
        #expect(rings.map(area) == [2 * 800 * 800, -2 * 100 * 100])
        #expect(read.features[2].attributes["share"] == .double(-1e300))
        #expect(try VectorTile.encode(batch.taking([1, 3]), layer: "layer", in: tile).isEmpty)
    }

    @Test func `whole numbers are the identifiers of features`() throws {
        let tile = try #require(tile)
        let batch = FeatureBatch(
            geometry: GeometryColumn([.point(place(1, 1, tile))]), ids: .int([4711]))
        let feature = try #require(
            try TileReader(VectorTile.encode(batch, layer: "l", in: tile)).features.first)
        #expect(feature.id == 4711 && feature.attributes.isEmpty)
    }

    @Test func `what is smaller than the grid is still there`() throws {
        let tile = try #require(tile)
        let batch = FeatureBatch(
            geometry: GeometryColumn([
                .polygon([square(700.2, 700.2, 0.05, tile)]),
                .lineString([place(5.1, 5.1, tile), place(5.2, 5.15, tile)]),
            ]))
        let read = try TileReader(VectorTile.encode(batch, layer: "l", in: tile))
        #expect(read.features.count == 2)
        #expect(read.features.first.map { area($0.parts[0]) } == 2)
    }

    @Test func `areas are cut, wound and valid, whatever comes`() throws {
        var random = SeededGenerator(seed: 21)
        let whole = try #require(tile)
        var drawn = 0
        for _ in 0..<150 {
            let tile = try #require(
                TileAddress(
                    zoom: 7, row: whole.row * 2 + Int.random(in: 0..<2, using: &random),
                    column: whole.column * 2 + Int.random(in: 0..<2, using: &random)))
            // A star, or any ring, which may cross itself.
            let isStar = Bool.random(using: &random)
            let count = Int.random(in: 4...40, using: &random)
            let centre = (
                Double.random(in: 0...4096, using: &random),
                Double.random(in: 0...4096, using: &random)
            )
            var ring = (0..<count).map { at in
                let angle =
                    isStar
                    ? Double(at) / Double(count) * 6.283 : Double.random(in: 0...6, using: &random)
                let reach = Double.random(in: 10...3000, using: &random)
                let (east, north) = TestTurn.unit(angle)
                return place(centre.0 + reach * east, centre.1 + reach * north, whole)
            }
            ring.append(ring[0])
            let batch = FeatureBatch(geometry: GeometryColumn([.polygon([ring])]))
            let bytes = try VectorTile.encode(batch, layer: "l", in: tile)
            guard !bytes.isEmpty else { continue }
            drawn += 1
            let feature = try #require(try TileReader(bytes).features.first)
            var polygons: [[[Position]]] = []
            for part in feature.parts {
                #expect(
                    part.allSatisfy { (-64...4160).contains($0.x) && (-64...4160).contains($0.y) })
                let positions = (part + [part[0]]).map { Position(Double($0.x), Double($0.y)) }
                if area(part) > 0 {
                    polygons.append([positions])
                } else {
                    #expect(!polygons.isEmpty)
                    polygons[polygons.count - 1].append(positions)
                }
            }
            #expect(try Shape.area(of: polygons).validity().isValid)
        }
        #expect(drawn > 20)
    }
}

/// Directions without a library of functions.
enum TestTurn {
    static func unit(_ angle: Double) -> (Double, Double) {
        let (s, c) = (2 * (angle / 4), 1 - angle * angle / 16)
        let length = (s * s + c * c).squareRoot()
        let (sine, cosine) = (s / length, c / length)
        return (2 * sine * cosine, cosine * cosine - sine * sine)
    }
}
