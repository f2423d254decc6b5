/// The edges of lines and rings in blocks of neighbours, each with a ball around it, so that most
/// are passed over when the place nearest to a position is sought.
struct EdgeBlocks: Sendable {
    /// Edges of at most ``longestPiece`` degrees: start and end in longitude and latitude.
    private let starts: [Position]
    private let ends: [Position]
    private let blocks: [Ball]

    /// A ball, in metres from the centre of the earth, around consecutive edges.
    private struct Ball {
        var centre: EarthCentred
        var radius: Double
    }

    private static let blockSize = 32
    /// A longer edge is cut, so that a piece is close to straight as seen from near it.
    private static let longestPiece = 0.25

    init(chains: [[Position]]) throws(GeometryError) {
        var starts: [Position] = []
        var ends: [Position] = []
        for chain in chains {
            for position in chain where !position.isOnGlobe {
                throw GeometryError(
                    .badPosition, "\(position) is not a longitude and latitude",
                    remedy: position.swappedRemedy)
            }
            for (a, b) in zip(chain, chain.dropFirst()) {
                let extent = max((b.x - a.x).magnitude, (b.y - a.y).magnitude)
                let pieces = max(1, Int((extent / Self.longestPiece).rounded(.up)))
                var from = a
                for piece in 1...pieces {
                    let to =
                        piece == pieces ? b : Self.between(a, b, Double(piece) / Double(pieces))
                    starts.append(from)
                    ends.append(to)
                    from = to
                }
            }
        }
        blocks = stride(from: 0, to: starts.count, by: Self.blockSize).map { first in
            let last = min(first + Self.blockSize, starts.count)
            return Self.ball(around: (first..<last).flatMap { [starts[$0], ends[$0]] })
        }
        self.starts = starts
        self.ends = ends
    }

    private static func between(_ a: Position, _ b: Position, _ t: Double) -> Position {
        Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
    }

    private static func ball(around positions: [Position]) -> Ball {
        let places = positions.map(EarthCentred.init)
        let scale = 1 / Double(places.count)
        let centre = EarthCentred(
            x: places.reduce(0) { $0 + $1.x } * scale, y: places.reduce(0) { $0 + $1.y } * scale,
            z: places.reduce(0) { $0 + $1.z } * scale)
        let radius = places.map { centre.squaredChord(to: $0) }.max()?.squareRoot() ?? 0
        // An edge rises above its chord: a piece of a quarter of a degree by less than 200 m even
        // near a pole.
        return Ball(centre: centre, radius: radius + 200)
    }

    /// The place on an edge that is nearest to a position; `nil` where there are no edges.
    func nearest(to place: Position) -> Position? {
        let query = EarthCentred(place)
        let gaps = blocks.map {
            max(0, $0.centre.squaredChord(to: query).squareRoot() - $0.radius)
        }
        var best: Position?
        var squared = Double.infinity
        for block in gaps.indices.sorted(by: { gaps[$0] < gaps[$1] }) {
            // Chords order almost as geodesics do; a hair of room keeps the true nearest in.
            if gaps[block] * gaps[block] * (1 - 1e-9) > squared { break }
            let first = block * Self.blockSize
            for edge in first..<min(first + Self.blockSize, starts.count) {
                let candidate = Self.nearest(on: starts[edge], ends[edge], to: query)
                if candidate.squared < squared { (best, squared) = candidate }
            }
        }
        return best
    }

    /// The nearest place on one edge by chord: Newton's method on the squared chord along the edge,
    /// held between its ends.
    ///
    /// At the minimum an error of the parameter counts in the second order only.
    private static func nearest(
        on a: Position, _ b: Position, to query: EarthCentred
    ) -> (Position, squared: Double) {
        let ends = [a, b].map { ($0, squared: EarthCentred($0).squaredChord(to: query)) }
        var best = ends[0].squared <= ends[1].squared ? ends[0] : ends[1]
        if a == b { return best }
        func squared(_ t: Double) -> Double {
            EarthCentred(between(a, b, t)).squaredChord(to: query)
        }
        // A parabola through the ends and the middle gives the start.
        var t = 0.5
        var step = 0.25
        for _ in 0..<8 {
            let low = squared(t - step)
            let middle = squared(t)
            let high = squared(t + step)
            let bend = low - 2 * middle + high
            guard bend > 0 else { break }
            let move = step * (low - high) / (2 * bend)
            let next = min(1, max(0, t + move))
            let isSettled = (next - t).magnitude < 1e-7
            t = next
            step = max(1e-3, min(step, 4 * move.magnitude))
            if isSettled { break }
        }
        let place = between(a, b, t)
        let found = squared(t)
        if found < best.squared { best = (place, squared: found) }
        return best
    }
}
