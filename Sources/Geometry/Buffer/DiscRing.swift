#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The edge of a disc: positions at one distance from its centre, closer together where straight
/// edges in longitude and latitude bend away from it.
///
/// It is drawn in steps of one angle each, from the north westwards: counter-clockwise.
struct DiscRing {
    /// How the edge of a disc is drawn so that its area is the disc's.
    struct Pattern {
        /// How many steps go around.
        let steps: Int
        /// Where vertices lie, so that what bulges out at them and what edges cut off cancel out.
        let vertexRadius: Double

        /// The pattern for a radius in metres.
        init(radius: Double) {
            // Vertices 2/3 of the sagitta outside, middles of edges 1/3 inside; 5 % in reserve.
            let sagitta = 0.95 * 1.5 * Shape.drawingTolerance(radius: radius)
            steps = max(16, 4 * Int((.pi / (8 * sagitta / radius).squareRoot() / 2).rounded(.up)))
            vertexRadius = radius * (1 + (1 - cos(.pi / Double(steps))) * 2 / 3)
        }
    }

    private let pattern: Pattern
    private let centre: CentredPosition
    private let radius: Double
    private let tolerance: Double

    /// Prepares the edge of a disc.
    ///
    /// - Parameters:
    ///   - centre: Longitude, latitude in degrees.
    ///   - radius: Metres.
    init(centre: Position, radius: Double) {
        self.centre = CentredPosition(centre)
        self.radius = radius
        tolerance = Shape.drawingTolerance(radius: radius)
        pattern = Pattern(radius: radius)
    }

    /// The closed ring, counter-clockwise; longitudes run on past ±180.
    var positions: [Position] {
        var previous = vertex(azimuth(0))
        var ring = [previous]
        for step in 1...pattern.steps {
            let next = Self.continuing(vertex(azimuth(step)), after: previous)
            refine(previous, azimuth(step - 1), next, azimuth(step), depth: 0, &ring)
            ring.append(next)
            previous = next
        }
        if let first = ring.first, let last = ring.last, (last.x - first.x).magnitude < 1 {
            ring[ring.count - 1] = first
        }
        return ring
    }

    /// The bearing of a step in degrees.
    private func azimuth(_ step: Int) -> Double { -360 * Double(step) / Double(pattern.steps) }

    private func vertex(_ azimuth: Double) -> Position {
        Geodesic.wgs84.direct(
            from: centre.position, azimuth: azimuth, distance: pattern.vertexRadius
        ).position
    }

    /// The same position with a longitude less than half a turn from that of another.
    private static func continuing(_ position: Position, after other: Position) -> Position {
        var result = position
        while result.x - other.x > 180 { result.x -= 360 }
        while result.x - other.x < -180 { result.x += 360 }
        return result
    }

    /// Adds vertices between two where the middle of their edge is too far from the radius.
    private func refine(
        _ a: Position, _ from: Double, _ b: Position, _ to: Double, depth: Int,
        _ positions: inout [Position]
    ) {
        guard depth < 24 else { return }
        let middle = Position((a.x + b.x) / 2, (a.y + b.y) / 2)
        let distance = centre.distance(to: CentredPosition(middle))
        if (distance - radius).magnitude <= tolerance { return }
        let azimuth = (from + to) / 2
        let between = Self.continuing(vertex(azimuth), after: a)
        refine(a, from, between, azimuth, depth: depth + 1, &positions)
        positions.append(between)
        refine(between, azimuth, b, to, depth: depth + 1, &positions)
    }
}
