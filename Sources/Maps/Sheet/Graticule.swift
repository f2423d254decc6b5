internal import Geometry

/// Meridians and parallels at round degrees, three to eight of them across a map.
struct Graticule {
    /// A meridian or a parallel.
    struct Line {
        let isMeridian: Bool
        let degrees: Double
        /// Its positions on the plane.
        let positions: [Position]

        /// What its end says: `127° 30′ E`.
        var name: String {
            let minutes = Int((degrees.magnitude * 60).rounded())
            let rest = minutes % 60
            let text = "\(minutes / 60)°" + (rest == 0 ? "" : " \(rest)′")
            let side =
                isMeridian ? (degrees < 0 ? " W" : " E") : (degrees < 0 ? " S" : " N")
            return text + side
        }
    }

    let lines: [Line]

    /// Draws the lines through a box of the plane, and as many steps beyond it as given.
    init(in box: Envelope, of projection: MapProjection, reach: Int = 0) throws {
        let corners = try [
            Position(box.minX, box.minY), Position(box.maxX, box.minY),
            Position(box.minX, box.maxY),
            Position(box.maxX, box.maxY), Position(box.centre.x, box.minY),
            Position(box.centre.x, box.maxY),
        ].map { try projection.unproject($0) }
        var degrees = Envelope(corners[0])
        for corner in corners { degrees = degrees.including(corner) }
        let steps = [30.0, 15, 10, 5, 2, 1, 0.5, 0.25, 10.0 / 60, 5.0 / 60, 2.0 / 60, 1.0 / 60]
        let span = min(degrees.width, degrees.height)
        let step = steps.first { span / $0 >= 2.5 } ?? 1.0 / 60
        let beyond = step * Double(reach)
        degrees = Envelope(
            minX: degrees.minX - beyond, minY: max(degrees.minY - beyond, -89),
            maxX: degrees.maxX + beyond, maxY: min(degrees.maxY + beyond, 89))
        let numbers = { (least: Double, greatest: Double) -> [Double] in
            (Int(
                (least / step).rounded(.up))...max(
                    Int((least / step).rounded(.up)), Int((greatest / step).rounded(.down))))
                .map { Double($0) * step }
        }
        func line(_ isMeridian: Bool, _ value: Double) throws -> Line {
            let (from, to) =
                isMeridian ? (degrees.minY, degrees.maxY) : (degrees.minX, degrees.maxX)
            let positions = (0...40).map { i in
                let other = from - step + (to - from + 2 * step) * Double(i) / 40
                return isMeridian ? Position(value, other) : Position(other, value)
            }
            return Line(
                isMeridian: isMeridian, degrees: value, positions: try projection.project(positions)
            )
        }
        lines =
            try numbers(degrees.minX, degrees.maxX).map { try line(true, $0) }
            + numbers(degrees.minY, degrees.maxY).map { try line(false, $0) }
    }

    /// Where a chain of points meets a line along an axis: the other coordinate.
    static func cut(_ points: [Position], atX x: Double) -> Double? {
        for (a, b) in zip(points, points.dropFirst())
        where (a.x - x) * (b.x - x) <= 0 && a.x != b.x {
            return a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y)
        }
        return nil
    }
}
