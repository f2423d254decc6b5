internal import Geometry

/// Follows the line at which a surface crosses a level, the higher side to the left.
///
/// Marching squares, as W. E. Lorensen and H. E. Cline have it for cubes, 1987,
/// https://doi.org/10.1145/37402.37422.
struct ContourTracer {
    let surface: DensitySurface
    let level: Double

    private var columns: Int { surface.longitudes.count }
    private func isHigh(_ node: Int) -> Bool { surface.densities[node] >= level }

    /// The closed lines: counter-clockwise around what is high, clockwise around what is low within.
    func rings() -> [[Position]] {
        let rows = surface.latitudes.count
        guard columns > 1, rows > 1 else { return [] }
        // From the edge of the grid on which a line enters a cell to the one on which it leaves.
        var next: [Int: Int] = [:]
        var starts: [Int] = []
        for row in 0..<(rows - 1) {
            for column in 0..<(columns - 1) {
                for (from, to) in segments(row * columns + column) {
                    next[from] = to
                    starts.append(from)
                }
            }
        }
        var rings: [[Position]] = []
        for start in starts where next[start] != nil {
            var ring: [Position] = []
            var edge = start
            while let after = next.removeValue(forKey: edge) {
                ring.append(crossing(edge))
                edge = after
            }
            if let first = ring.first, ring.count > 2 { rings.append(ring + [first]) }
        }
        return rings
    }

    /// The pieces of line within the cell above and to the right of a node, higher side to the left.
    private func segments(_ node: Int) -> [(Int, Int)] {
        let corners = [node, node + 1, node + columns + 1, node + columns]
        let high = corners.map(isHigh)
        let count = high.count { $0 }
        guard count > 0, count < 4 else { return [] }
        // Edges by their lower or left node, along the row or up the column: bottom, right, top, left.
        let edges = [2 * node, 2 * (node + 1) + 1, 2 * (node + columns), 2 * node + 1]
        // Going round counter-clockwise, a line begins where high becomes low and ends where low
        // becomes high.
        let begins = (0..<4).filter { high[$0] && !high[($0 + 1) % 4] }
        let ends = (0..<4).filter { !high[$0] && high[($0 + 1) % 4] }
        if begins.count == 1 { return [(edges[begins[0]], edges[ends[0]])] }
        // A saddle: the mean of the corners tells whether the high ones are joined.
        let mean = corners.reduce(0) { $0 + surface.densities[$1] } / 4
        return begins.map { begin in
            let end = mean >= level ? (begin + 1) % 4 : (begin + 3) % 4
            return (edges[begin], edges[end])
        }
    }

    /// Where a line crosses an edge of the grid, between its nodes and never on one.
    private func crossing(_ edge: Int) -> Position {
        let node = edge / 2
        let other = edge % 2 == 0 ? node + 1 : node + columns
        let (low, high) = (surface.densities[node], surface.densities[other])
        let share = min(1 - 1e-6, max(1e-6, (level - low) / (high - low)))
        func place(_ node: Int) -> Position {
            Position(surface.longitudes[node % columns], surface.latitudes[node / columns])
        }
        let (a, b) = (place(node), place(other))
        return Position(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    }

    /// Rings as polygons: each clockwise ring is a hole of the smallest one around it.
    static func polygons(of rings: [[Position]]) -> [[[Position]]] {
        let areas = rings.map(signedArea)
        let outer = rings.indices.filter { areas[$0] > 0 }
        var polygons = outer.map { [rings[$0]] }
        for hole in rings.indices where areas[hole] < 0 {
            let around = outer.indices.filter { isInside(rings[hole][0], rings[outer[$0]]) }
            if let owner = around.min(by: { areas[outer[$0]] < areas[outer[$1]] }) {
                polygons[owner].append(rings[hole])
            }
        }
        return polygons
    }

    private static func signedArea(_ ring: [Position]) -> Double {
        zip(ring, ring.dropFirst()).reduce(0) { sum, pair in
            let (a, b) = pair
            return sum + (a.x - ring[0].x) * (b.y - ring[0].y)
                - (b.x - ring[0].x) * (a.y - ring[0].y)
        } / 2
    }

    private static func isInside(_ place: Position, _ ring: [Position]) -> Bool {
        var isIn = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > place.y) != (b.y > place.y) {
            let x = a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x)
            if place.x < x { isIn.toggle() }
        }
        return isIn
    }
}
