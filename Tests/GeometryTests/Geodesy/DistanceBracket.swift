import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Between which numbers the distance of two shapes that do not meet lies, proven from both sides.
///
/// No place of a piece of an edge is farther from its middle than half the piece is long: what Karney's
/// distance at the middle less that leaves bounds the whole piece, and pieces are halved until all are
/// bounded closely enough (S. A. Piyavskii, 1972, https://doi.org/10.1016/0041-5553(72)90115-2). It
/// rests on nothing but the length of single geodesics.
struct DistanceBracket {
    /// Straight in longitude and latitude.
    private struct Piece {
        let a: Position
        let b: Position

        var middle: Position { Position((a.x + b.x) / 2, (a.y + b.y) / 2) }

        var halves: [Piece] { [Piece(a: a, b: middle), Piece(a: middle, b: b)] }

        /// What no place of it is farther away from its middle than: no radius of curvature is greater
        /// than 6,400 km.
        var reach: Double {
            let radian = 6_400_000 * Double.pi / 180
            let least = a.y * b.y <= 0 ? 0 : min(a.y.magnitude, b.y.magnitude)
            return hypot((b.y - a.y) * radian, (b.x - a.x) * radian * cos(least * .pi / 180)) / 2
        }
    }

    let low: Double
    let high: Double

    init(of a: Shape, _ b: Shape, gap: Double) {
        let (own, others) = (Self.pieces(a), Self.pieces(b))
        var (open, best) = (own, Double.infinity)
        // All pieces of a size before those of half of it, so that the best is near from the start.
        while !open.isEmpty {
            var bounds: [(piece: Piece, least: Double)] = []
            for piece in open {
                let reach = piece.reach
                // How near the piece's middle is, as closely as is needed here.
                let slack = max(gap / 4, reach / 4)
                let found = Self.distance(
                    from: piece.middle, to: others, slack, best + reach + slack)
                best = min(best, found)
                bounds.append((piece, found - slack - reach))
            }
            open = bounds.filter { $0.least < best - gap }.flatMap(\.piece.halves)
        }
        (low, high) = (best - gap, best)
    }

    /// A number that the distance from a place to the nearest of the pieces does not exceed, nor falls
    /// short of by more than a slack; what is beyond a bound need not be known closely.
    private static func distance(
        from place: Position, to pieces: [Piece], _ slack: Double, _ bound: Double
    ) -> Double {
        var (open, best) = (pieces, Double.infinity)
        while !open.isEmpty {
            let bounds = open.map { piece in
                let distance = Geodesic.wgs84.distance(from: place, to: piece.middle)
                best = min(best, distance)
                return (piece: piece, least: distance - piece.reach)
            }
            open = bounds.filter { $0.least < min(best - slack, bound) }.flatMap(\.piece.halves)
        }
        return best
    }

    private static func pieces(_ shape: Shape) -> [Piece] {
        (shape.lines + shape.polygons.flatMap { $0 }).flatMap { chain in
            zip(chain, chain.dropFirst()).map { Piece(a: $0, b: $1) }
        } + shape.points.map { Piece(a: $0, b: $0) }
    }
}
