import Features
import Geometry

/// Cuts what goes beyond ±180° of longitude into parts that do not (RFC 7946, section 3.1.9).
///
/// Shapes that cross the antimeridian come with longitudes that run on (179, 180, 181 …), so that
/// their segments are short; every part beyond is cut off along the meridian and moved by 360°.
enum Antimeridian {
    /// Whether any geometry of a column may need cutting.
    static func mayCross(_ column: GeometryColumn) -> Bool {
        switch column.layout {
        case .points(let coordinates), .chains(let coordinates, _, _),
            .rings(let coordinates, _, _, _), .polygons(let coordinates, _, _, _):
            coordinates.x.contains { $0.magnitude > 180 }
        case .binary: true
        }
    }

    /// The shape with all longitudes within ±180°.
    static func cut(_ shape: Shape) -> Shape {
        guard let box = shape.envelope, box.minX < -180 || box.maxX > 180,
            box.minX.isFinite, box.maxX.isFinite
        else { return shape }
        switch shape {
        case .point(let position): return .point(wrapped(position))
        case .multiPoint(let positions): return .multiPoint(positions.map(wrapped))
        case .lineString(let line):
            let lines = cut(line: line)
            return lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines)
        case .multiLineString(let lines): return .multiLineString(lines.flatMap(cut(line:)))
        case .polygon(let rings): return .area(of: cut(polygon: rings))
        case .multiPolygon(let polygons): return .multiPolygon(polygons.flatMap(cut(polygon:)))
        case .collection(let parts): return .collection(parts.map(cut))
        }
    }

    /// The turn around the globe in which a longitude lies, 0 for -180° to 180°.
    private static func turn(_ longitude: Double) -> Double {
        ((longitude + 180) / 360).rounded(.down)
    }

    private static func moved(_ position: Position, by turns: Double) -> Position {
        Position(position.x - 360 * turns, position.y, position.z)
    }

    private static func wrapped(_ position: Position) -> Position {
        abs(position.x) <= 180 ? position : moved(position, by: turn(position.x))
    }

    /// The position on the segment at a longitude.
    private static func crossing(_ a: Position, _ b: Position, at x: Double) -> Position {
        let t = (x - a.x) / (b.x - a.x)
        var z: Double?
        if let from = a.z, let to = b.z { z = from + t * (to - from) }
        return Position(x, a.y + t * (b.y - a.y), z)
    }

    // MARK: Lines

    private static func cut(line: [Position]) -> [[Position]] {
        var lines: [[Position]] = []
        var current: [Position] = []
        var band: Double?
        func add(_ a: Position, _ b: Position) {
            let middle = (a.x + b.x) / 2
            let isOnMeridian = (middle - 180).remainder(dividingBy: 360) == 0 && a.x == b.x
            let here = isOnMeridian ? band ?? turn(middle) : turn(middle)
            if here != band {
                if current.count > 1 { lines.append(current) }
                current = [moved(a, by: here)]
                band = here
            }
            current.append(moved(b, by: here))
        }
        for (a, b) in zip(line, line.dropFirst()) {
            var from = a
            for x in meridians(between: a.x, b.x) {
                let middle = crossing(a, b, at: x)
                add(from, middle)
                from = middle
            }
            add(from, b)
        }
        if current.count > 1 { lines.append(current) }
        return lines
    }

    /// The antimeridians strictly between two longitudes, from the first to the second.
    private static func meridians(between a: Double, _ b: Double) -> [Double] {
        let (low, high) = (min(a, b), max(a, b))
        var found: [Double] = []
        var x = turn(low) * 360 + 180
        while x < high {
            if x > low { found.append(x) }
            x += 360
        }
        return a <= b ? found : found.reversed()
    }

    // MARK: Polygons

    private static func cut(polygon rings: [[Position]]) -> [[[Position]]] {
        guard let box = Shape.polygon(rings).envelope else { return [rings] }
        var rest = [rings.enumerated().map { wound($0.element, isHole: $0.offset > 0) }]
        var result: [[[Position]]] = []
        var band = turn(box.minX)
        while !rest.isEmpty {
            let x = band * 360 + 180
            let isLast = box.maxX <= x
            let here = isLast ? rest : rest.flatMap { half($0, at: x, isLeft: true) }
            rest = isLast ? [] : rest.flatMap { half($0, at: x, isLeft: false) }
            for polygon in here {
                result.append(
                    polygon.map { ring in (ring + ring.prefix(1)).map { moved($0, by: band) } })
            }
            band += 1
        }
        return result
    }

    /// The ring without its closing position, counterclockwise or, as a hole, clockwise.
    private static func wound(_ ring: [Position], isHole: Bool) -> [Position] {
        let open = Array(ring.dropLast())
        return (area(open) < 0) == isHole ? open : open.reversed()
    }

    private static func area(_ ring: [Position]) -> Double {
        guard let first = ring.first, let last = ring.last else { return 0 }
        var area = 0.0
        var before = last
        for position in ring {
            area +=
                (before.x - first.x) * (position.y - first.y)
                - (position.x - first.x) * (before.y - first.y)
            before = position
        }
        return area
    }

    /// A piece of a ring on one side of the meridian, with its ends on the meridian.
    private struct Piece {
        var positions: [Position]
        var isUsed = false
    }

    /// The part of a polygon on one side of a meridian, its rings without closing positions.
    ///
    /// Where rings cross the meridian, the crossings in order of latitude bound its parts inside
    /// the polygon in pairs; following a piece of ring to its end, then the pair's other crossing,
    /// leads around each part.
    private static func half(_ rings: [[Position]], at x: Double, isLeft: Bool) -> [[[Position]]] {
        var pieces: [Piece] = []
        var whole: [[Position]] = []
        for ring in rings {
            let isHere = ring.map { ($0.x < x) == isLeft }
            if isHere.allSatisfy({ $0 }) { whole.append(ring) }
            guard let start = ring.indices.first(where: { !isHere[$0] && isHere[next($0, ring)] })
            else { continue }
            var piece: Piece?
            for step in 0..<ring.count {
                let at = (start + step) % ring.count
                let after = next(at, ring)
                if !isHere[at], isHere[after] {
                    piece = Piece(positions: [crossing(ring[at], ring[after], at: x), ring[after]])
                } else if isHere[at], isHere[after] {
                    piece?.positions.append(ring[after])
                } else if isHere[at], let open = piece {
                    pieces.append(open)
                    pieces[pieces.count - 1].positions.append(
                        crossing(ring[at], ring[after], at: x))
                    piece = nil
                }
            }
        }
        guard !pieces.isEmpty else { return whole.isEmpty ? [] : [whole] }
        return assemble(&pieces, holes: whole)
    }

    private static func next(_ at: Int, _ ring: [Position]) -> Int { (at + 1) % ring.count }

    private static func assemble(
        _ pieces: inout [Piece], holes: [[Position]]
    ) -> [[[Position]]] {
        // The crossings from south to north: piece and whether it is the piece's end.
        var crossings: [(y: Double, piece: Int, isEnd: Bool)] = []
        for at in pieces.indices {
            let positions = pieces[at].positions
            crossings.append((positions[0].y, at, false))
            crossings.append((positions[positions.count - 1].y, at, true))
        }
        crossings.sort { ($0.y, $0.piece) < ($1.y, $1.piece) }
        var follower = [Int?](repeating: nil, count: pieces.count)
        for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
            let (a, b) = (crossings[pair], crossings[pair + 1])
            if a.isEnd, !b.isEnd { follower[a.piece] = b.piece }
            if b.isEnd, !a.isEnd { follower[b.piece] = a.piece }
        }
        var polygons: [[[Position]]] = []
        for start in pieces.indices where !pieces[start].isUsed {
            var ring: [Position] = []
            var at: Int? = start
            while let here = at, !pieces[here].isUsed {
                pieces[here].isUsed = true
                ring += pieces[here].positions
                at = follower[here]
            }
            if abs(area(ring)) > 0 { polygons.append([ring]) }
        }
        for hole in holes {
            let owner = polygons.firstIndex { contains($0[0], hole[0]) } ?? polygons.indices.first
            if let owner { polygons[owner].append(hole) }
        }
        return polygons
    }

    private static func contains(_ ring: [Position], _ point: Position) -> Bool {
        var isInside = false
        var before = ring[ring.count - 1]
        for position in ring {
            if (position.y > point.y) != (before.y > point.y),
                point.x < (before.x - position.x) * (point.y - position.y)
                    / (before.y - position.y) + position.x
            {
                isInside.toggle()
            }
            before = position
        }
        return isInside
    }
}
