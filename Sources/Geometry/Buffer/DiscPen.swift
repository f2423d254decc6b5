#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Draws parts of a disc's edge, with the vertices that ``DiscRing`` would give it.
struct DiscPen {
    private let edge: DiscEdge
    private let outer: DiscEdge
    private let steps: Int

    /// Prepares to draw.
    ///
    /// It is `nil` where edges straight in longitude and latitude bend too far away from the circle
    /// between vertices, as they do towards the poles.
    ///
    /// - Parameters:
    ///   - edge: The edge.
    ///   - pattern: For its radius.
    ///   - sampling: That of the edge.
    init?(_ edge: DiscEdge, _ pattern: DiscRing.Pattern, _ sampling: DiscEdge.Sampling) {
        let length = 2 * .pi * edge.radius / Double(pattern.steps)
        let top = edge.centre.position.y.magnitude + edge.radius * 1.02 / 111_000
        let bend = length * length * tan(top * .pi / 180) / (8 * 6_350_000)
        guard bend < 0.05 * Shape.drawingTolerance(radius: edge.radius) else { return nil }
        self.edge = edge
        steps = pattern.steps
        outer = DiscEdge(
            centre: edge.centre.position, radius: pattern.vertexRadius, sampling: sampling)
    }

    /// Adds an arc to a ring: its vertices and its end, but not its start.
    func draw(_ arc: DiscArrangement.Arc, into ring: inout [Position]) {
        let step = 2 * Double.pi / Double(steps)
        if arc.after < 0 {
            for at in 0..<steps { ring.append(outer.position(Double(at) * step)) }
            return
        }
        // A vertex next to an end would make an edge of no length.
        let first = Int((arc.start / step + 0.05).rounded(.up))
        let last = Int((arc.end / step - 0.05).rounded(.down))
        if first <= last {
            for at in first...last { ring.append(outer.position(Double(at) * step)) }
        }
        ring.append(edge.position(arc.end))
    }
}
