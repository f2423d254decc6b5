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

    /// Finds the place of a name: the first of sixteen around its point that is free, those that
    /// cover no other point first.
    ///
    /// - Returns: The box; `nil` where there is no room.
    mutating func place(_ at: Position, width: Double, height: Double, room: Double) -> Envelope? {
        var second: Envelope?
        for reach in [room, room + 9] {
            for (x, y) in Self.directions {
                let centre = Position(
                    at.x + x * (reach + width / 2), at.y + y * (reach + height / 2))
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
        }
        if let second { taken.append(second) }
        return second
    }

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
