/// Cuts what goes beyond ±180° of longitude into parts that do not (RFC 7946, section 3.1.9).
///
/// Shapes that cross the antimeridian come with longitudes that run on (179, 180, 181 …), so that
/// their segments are short; every part beyond is cut off along the meridian and moved by 360°.
package enum Antimeridian {
    /// Returns the shape with all longitudes within ±180°.
    ///
    /// - Parameter shape: A shape whose longitudes may run on beyond ±180°.
    /// - Returns: The shape itself where none does; otherwise its parts, of several kinds.
    /// - Throws: ``GeometryError`` where a polygon that must be cut is not valid.
    package static func cut(_ shape: Shape) throws(GeometryError) -> Shape {
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
        case .polygon(let rings): return .area(of: try cut(polygon: rings))
        case .multiPolygon(let polygons):
            var parts: [[[Position]]] = []
            for rings in polygons { parts += try cut(polygon: rings) }
            return .multiPolygon(parts)
        case .collection(let members):
            var parts: [Shape] = []
            for member in members { parts.append(try cut(member)) }
            return .collection(parts)
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

    private static func cut(polygon rings: [[Position]]) throws(GeometryError) -> [[[Position]]] {
        let polygon = Shape.polygon(rings)
        guard let box = polygon.envelope else { return [rings] }
        var parts: [[[Position]]] = []
        var band = turn(box.minX)
        while band * 360 - 180 < box.maxX {
            let (west, east) = (band * 360 - 180, band * 360 + 180)
            // Taller than the globe, so that only the meridians cut.
            let strip = Shape.polygon([
                [
                    Position(west, -100), Position(east, -100), Position(east, 100),
                    Position(west, 100), Position(west, -100),
                ]
            ])
            for part in try polygon.intersection(strip).polygons {
                parts.append(part.map { $0.map { onMeridian(moved($0, by: band)) } })
            }
            band += 1
        }
        // Once around the globe, the first part touches the last.
        if box.maxX - box.minX >= 360, parts.count > 1 {
            parts = try Shape.unionAll(parts.map { .polygon($0) }).polygons
        }
        return parts.map(wound)
    }

    /// The rings of a polygon, the outer one counterclockwise and holes clockwise as RFC 7946 wants;
    /// GEOS winds them the other way round.
    private static func wound(_ rings: [[Position]]) -> [[Position]] {
        rings.enumerated().map { place, ring in
            isClockwise(ring) == (place > 0) ? ring : ring.reversed()
        }
    }

    private static func isClockwise(_ ring: [Position]) -> Bool {
        guard let first = ring.first else { return false }
        return zip(ring, ring.dropFirst()).reduce(0.0) { sum, edge in
            sum + (edge.0.x - first.x) * (edge.1.y - first.y)
                - (edge.1.x - first.x) * (edge.0.y - first.y)
        } < 0
    }

    /// The position put on the antimeridian where rounding has left it a hair away.
    private static func onMeridian(_ position: Position) -> Position {
        (180 - position.x.magnitude).magnitude < 1e-9
            ? Position(position.x < 0 ? -180 : 180, position.y, position.z) : position
    }
}
