import Geometry

/// A shape on the grid of a tile: commands as Mapbox Vector Tiles write them (version 2.1, 4.3).
struct TileGeometry {
    /// 1 for points, 2 for lines, 3 for areas.
    let type: UInt64
    private(set) var commands: [UInt32] = []
    private var cursor: (x: Int, y: Int) = (0, 0)

    private init(type: UInt64) { self.type = type }

    /// The parts of a shape that lie in a tile or the room around it, one for each dimension.
    ///
    /// - Parameters:
    ///   - shape: The shape in EPSG:3857.
    ///   - tile: The tile.
    /// - Returns: What is drawn. An area or a line that is smaller than the grid is drawn as one
    ///   cell of it, so that no feature is lost.
    /// - Throws: `GeometryError` where GEOS cannot cut the shape.
    static func of(_ shape: Shape, in tile: TileAddress) throws(GeometryError) -> [TileGeometry] {
        let box = tile.box
        let scale = Double(VectorTile.extent) / tile.width
        let placed = shape.mapPositions {
            Position(($0.x - box.minX) * scale, (box.maxY - $0.y) * scale)
        }
        var parts: [TileGeometry] = []
        let (least, greatest) = (
            Double(-VectorTile.buffer), Double(VectorTile.extent + VectorTile.buffer)
        )
        let room = Envelope(minX: least, minY: least, maxX: greatest, maxY: greatest)
        let points = placed.points.filter { room.covers($0) }
        if !points.isEmpty {
            var part = TileGeometry(type: 1)
            part.command(1, points.count)
            for point in points { part.move(to: grid(point)) }
            parts.append(part)
        }
        if let cut = try cut(.multiLineString(placed.lines), room, isArea: false) {
            var part = TileGeometry(type: 2)
            for line in cut.lines { part.add(line) }
            if !part.commands.isEmpty { parts.append(part) }
        }
        if let cut = try cut(.multiPolygon(placed.polygons), room, isArea: true) {
            var part = TileGeometry(type: 3)
            for rings in cut.polygons { part.add(rings: rings) }
            if !part.commands.isEmpty { parts.append(part) }
        }
        return parts
    }

    private static func grid(_ position: Position) -> (x: Int, y: Int) {
        (Int(position.x.rounded()), Int(position.y.rounded()))
    }

    /// What of lines or areas lies in the room, simplified and on the grid; `nil` for nothing.
    private static func cut(
        _ shape: Shape, _ room: Envelope, isArea: Bool
    ) throws(GeometryError) -> Shape? {
        guard !shape.isEmpty, let box = shape.envelope, box.minX <= room.maxX,
            box.maxX >= room.minX, box.minY <= room.maxY, box.maxY >= room.minY
        else { return nil }
        let frame = frame(room)
        var sound = shape
        if isArea, try !shape.validity().isValid { sound = try shape.madeValid() }
        guard try sound.intersects(frame) else { return nil }
        // Half a cell is less than the grid tells.
        let simple =
            isArea
            ? try sound.simplifiedPreservingTopology(tolerance: 0.5)
            : try sound.simplified(tolerance: 0.5)
        let cut = try simple.intersection(frame, gridSize: 1)
        if isArea ? !cut.polygons.isEmpty : !cut.lines.isEmpty { return cut }
        guard let rest = try sound.intersection(frame).envelope else { return nil }
        let (x, y) = (rest.centre.x.rounded(.down), rest.centre.y.rounded(.down))
        return isArea
            ? Self.frame(Envelope(minX: x, minY: y, maxX: x + 1, maxY: y + 1))
            : .lineString([Position(x, y), Position(x + 1, y)])
    }

    private static func frame(_ box: Envelope) -> Shape {
        .polygon([
            [
                Position(box.minX, box.minY), Position(box.maxX, box.minY),
                Position(box.maxX, box.maxY), Position(box.minX, box.maxY),
                Position(box.minX, box.minY),
            ]
        ])
    }

    // MARK: Commands

    private mutating func command(_ id: UInt32, _ count: Int) {
        commands.append(id | UInt32(count) << 3)
    }

    private mutating func move(to place: (x: Int, y: Int)) {
        func zigzag(_ value: Int) -> UInt32 {
            UInt32(bitPattern: Int32(value << 1) ^ Int32(value >> 31))
        }
        commands += [zigzag(place.x - cursor.x), zigzag(place.y - cursor.y)]
        cursor = place
    }

    /// Positions on the grid, none twice in a row.
    private static func steps(_ chain: some Sequence<Position>) -> [(x: Int, y: Int)] {
        var steps: [(x: Int, y: Int)] = []
        for position in chain {
            let place = grid(position)
            if let last = steps.last, last == place { continue }
            steps.append(place)
        }
        return steps
    }

    private mutating func add(_ line: [Position]) {
        let steps = Self.steps(line)
        guard steps.count > 1 else { return }
        command(1, 1)
        move(to: steps[0])
        command(2, steps.count - 1)
        for step in steps.dropFirst() { move(to: step) }
    }

    /// Rings, the outer one first: its area positive by the surveyor's formula where y grows
    /// downwards, those of holes negative.
    private mutating func add(rings: [[Position]]) {
        for (at, ring) in rings.enumerated() {
            var steps = Self.steps(ring.dropLast())
            if let first = steps.first, let last = steps.last, steps.count > 1, first == last {
                steps.removeLast()
            }
            var area = 0
            for (i, a) in steps.enumerated() {
                let b = steps[(i + 1) % steps.count]
                area += a.x * b.y - b.x * a.y
            }
            guard steps.count > 2, area != 0 else {
                if at == 0 { return }
                continue
            }
            if (area > 0) != (at == 0) { steps.reverse() }
            command(1, 1)
            move(to: steps[0])
            command(2, steps.count - 1)
            for step in steps.dropFirst() { move(to: step) }
            command(7, 1)
        }
    }
}
