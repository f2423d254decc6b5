/// The edges of lines and rings in a tree of balls, so that most are passed over when the place nearest
/// to a position is sought.
struct EdgeBlocks: Sendable {
    /// Edges of at most ``longestPiece`` degrees, in the order of the tree: start and end in longitude
    /// and latitude.
    private let starts: [Position]
    private let ends: [Position]
    /// A ball around each edge.
    private let balls: [Ball]
    /// The tree; what is under the root comes after it, the lesser half first.
    private let nodes: [Node]

    /// A ball, in metres from the centre of the earth.
    private struct Ball {
        var centre: EarthCentred
        var radius: Double

        /// A number that the chord from a position to anything in the ball is not below.
        @inline(__always)
        func gap(to query: EarthCentred) -> Double {
            max(0, centre.squaredChord(to: query).squareRoot() - radius)
        }
    }

    /// Edges that follow each other, with a ball around them.
    private struct Node {
        var ball: Ball
        var first: Int
        var last: Int
        /// The node of the greater half, the lesser half being the next one; 0 where the edges are few.
        var greater = 0
    }

    private static let leafSize = 8
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
        let found = starts.indices.map { Self.ball(around: starts[$0], ends[$0]) }
        var order = Array(starts.indices)
        var nodes: [Node] = []
        Self.arrange(&order, 0..<order.count, found, into: &nodes)
        self.nodes = nodes
        self.starts = order.map { starts[$0] }
        self.ends = order.map { ends[$0] }
        balls = order.map { found[$0] }
    }

    /// Puts edges in the order of the tree, and appends its nodes.
    private static func arrange(
        _ order: inout [Int], _ range: Range<Int>, _ balls: [Ball], into nodes: inout [Node]
    ) {
        if range.isEmpty { return }
        let own = nodes.count
        nodes.append(
            Node(
                ball: ball(around: order[range].map { balls[$0] }), first: range.lowerBound,
                last: range.upperBound))
        if range.count <= leafSize { return }
        let axes: [@Sendable (EarthCentred) -> Double] = [{ $0.x }, { $0.y }, { $0.z }]
        let widths = axes.map { axis in
            let values = order[range].map { axis(balls[$0].centre) }
            return (values.max() ?? 0) - (values.min() ?? 0)
        }
        let axis = axes[widths.indices.max { widths[$0] < widths[$1] } ?? 0]
        order[range].sort { (axis(balls[$0].centre), $0) < (axis(balls[$1].centre), $1) }
        let middle = range.lowerBound + range.count / 2
        arrange(&order, range.lowerBound..<middle, balls, into: &nodes)
        nodes[own].greater = nodes.count
        arrange(&order, middle..<range.upperBound, balls, into: &nodes)
    }

    private static func between(_ a: Position, _ b: Position, _ t: Double) -> Position {
        Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
    }

    private static func ball(around a: Position, _ b: Position) -> Ball {
        let (start, end) = (EarthCentred(a), EarthCentred(b))
        let centre = EarthCentred(
            x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, z: (start.z + end.z) / 2)
        // An edge rises above its chord: a piece of a quarter of a degree by less than 200 m even
        // near a pole, and with the square of its extent.
        let extent = max((b.x - a.x).magnitude, (b.y - a.y).magnitude) / longestPiece
        let radius = max(
            centre.squaredChord(to: start).squareRoot(), centre.squaredChord(to: end).squareRoot())
        return Ball(centre: centre, radius: radius + 200 * extent * extent + slack)
    }

    private static func ball(around balls: [Ball]) -> Ball {
        let scale = 1 / Double(balls.count)
        let centre = EarthCentred(
            x: balls.reduce(0) { $0 + $1.centre.x } * scale,
            y: balls.reduce(0) { $0 + $1.centre.y } * scale,
            z: balls.reduce(0) { $0 + $1.centre.z } * scale)
        let radius = balls.reduce(0) {
            max($0, centre.squaredChord(to: $1.centre).squareRoot() + $1.radius)
        }
        return Ball(centre: centre, radius: radius + slack)
    }

    /// More than what rounding does to a ball, in metres.
    private static let slack = 1e-6

    /// The place on an edge that is nearest to a position; `nil` where there are no edges.
    ///
    /// - Complexity: O(log n) on average for n edges.
    func nearest(to place: Position) -> Position? {
        guard let root = nodes.first else { return nil }
        let query = EarthCentred(place)
        var best: Position?
        var squared = Double.infinity
        var waiting = [(node: 0, gap: root.ball.gap(to: query))]
        while let (at, gap) = waiting.popLast() {
            // Chords order almost as geodesics do; a hair of room keeps the true nearest in.
            if gap * gap * (1 - 1e-9) > squared { continue }
            let node = nodes[at]
            if node.greater == 0 {
                for edge in node.first..<node.last {
                    let gap = balls[edge].gap(to: query)
                    if gap * gap * (1 - 1e-9) > squared { continue }
                    let candidate = Self.nearest(on: starts[edge], ends[edge], to: query)
                    if candidate.squared < squared { (best, squared) = candidate }
                }
            } else {
                let lesser = (node: at + 1, gap: nodes[at + 1].ball.gap(to: query))
                let greater = (node: node.greater, gap: nodes[node.greater].ball.gap(to: query))
                waiting.append(lesser.gap < greater.gap ? greater : lesser)
                waiting.append(lesser.gap < greater.gap ? lesser : greater)
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
        let start = (a, squared: EarthCentred(a).squaredChord(to: query))
        let end = (b, squared: EarthCentred(b).squaredChord(to: query))
        var best = start.squared <= end.squared ? start : end
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
