internal import Geometry

/// Finds room for names beside their points, so that none lies on another or leaves the frame.
struct LabelPlacement {
    private let frame: Envelope
    private var taken: [Envelope] = []
    private let named: [Position]
    private let points: [Position]

    /// - Parameters:
    ///   - frame: What names must stay in.
    ///   - named: The points that have names, which none covers.
    ///   - points: What names had better not cover.
    init(frame: Envelope, named: [Position], points: [Position]) {
        self.frame = frame
        self.named = named
        self.points = points
    }

    /// Finds the place of the lines of a name, of which each has its size.
    mutating func place(
        _ lines: [(text: String, size: Double)], at: Position, room: Double?
    ) -> Envelope? {
        place(
            at, width: lines.map { SVGText.width($0, $1) }.max() ?? 0,
            height: lines.reduce(2) { $0 + $1.size * 1.12 }, room: room)
    }

    /// Finds the place of a name: the first of sixteen around its point that is free, or of five upon
    /// the middle of an area; those that cover no other point first.
    ///
    /// - Parameters:
    ///   - at: The point, or the inside of an area.
    ///   - width: The width of the name.
    ///   - height: Its height.
    ///   - room: How far it stays from its point; `nil` for an area, on which it lies.
    /// - Returns: The box; `nil` where there is no room.
    mutating func place(
        _ at: Position, width: Double, height: Double, room: Double?
    ) -> Envelope? {
        var second: Envelope?
        for centre in Self.centres(around: at, width: width, height: height, room: room) {
            let box = Envelope(
                minX: centre.x - width / 2, minY: centre.y - height / 2,
                maxX: centre.x + width / 2, maxY: centre.y + height / 2)
            guard box.minX > frame.minX, box.maxX < frame.maxX, box.minY > frame.minY,
                box.maxY < frame.maxY, !taken.contains(where: { Self.meet($0, box) }),
                !named.contains(where: { $0 != at && box.covers($0, room: 3) })
            else { continue }
            if points.contains(where: { $0 != at && box.covers($0) }) {
                second = second ?? box
                continue
            }
            taken.append(box)
            return box
        }
        if let second { taken.append(second) }
        return second
    }

    /// Where the middle of a name may lie, the best first.
    private static func centres(
        around at: Position, width: Double, height: Double, room: Double?
    ) -> [Position] {
        guard let room else {
            return upon.map { Position(at.x + $0.0 * width, at.y + $0.1 * height) }
        }
        return [room, room + 9].flatMap { reach in
            directions.map { x, y in
                Position(at.x + x * (reach + width / 2), at.y + y * (reach + height / 2))
            }
        }
    }

    /// A name that were farther from the middle of its area would be taken for that of the next.
    private static let upon: [(Double, Double)] = [
        (0, 0), (0, -0.6), (0, 0.6), (0.25, 0), (-0.25, 0),
    ]

    private static let directions: [(Double, Double)] = [
        (1, 0), (-1, 0), (0, -1), (0, 1), (0.9, -0.8), (0.9, 0.8), (-0.9, -0.8), (-0.9, 0.8),
    ]

    private static func meet(_ a: Envelope, _ b: Envelope) -> Bool {
        a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY
    }
}

extension Envelope {
    /// Whether a position lies in the box made larger by some room.
    fileprivate func covers(_ position: Position, room: Double) -> Bool {
        position.x >= minX - room && position.x <= maxX + room && position.y >= minY - room
            && position.y <= maxY + room
    }
}
