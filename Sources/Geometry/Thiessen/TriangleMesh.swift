/// Triangles with their neighbours, as flat arrays: corner `i` of triangle `t` is
/// `corners[3t + i]`, and across the edge opposite to it lies triangle `neighbours[3t + i]`.
struct TriangleMesh {
    private var corners: [Int] = []
    private var neighbours: [Int] = []
    private let positions: [Position]
    /// Positions from this one on are far away and only close the diagram.
    private let realCount: Int
    private var centres: [Position?] = []

    /// Links triangles, given counter-clockwise.
    init(_ triangles: [(Int, Int, Int)], positions: [Position], realCount: Int) {
        self.positions = positions
        self.realCount = realCount
        for (a, b, c) in triangles { corners += [a, b, c] }
        neighbours = Array(repeating: -1, count: corners.count)
        var open: [Pair: Int] = [:]
        for side in corners.indices {
            let (from, to) = ends(side)
            if let other = open.removeValue(forKey: Pair(a: to, b: from)) {
                neighbours[side] = other / 3
                neighbours[other] = side / 3
            } else {
                open[Pair(a: from, b: to)] = side
            }
        }
        centres = (0..<triangles.count).map { centre($0) }
    }

    private struct Pair: Hashable {
        let a: Int
        let b: Int
    }

    /// The two positions of the edge opposite to a corner.
    private func ends(_ side: Int) -> (Int, Int) {
        let base = side / 3 * 3
        return (corners[base + (side + 1 - base) % 3], corners[base + (side + 2 - base) % 3])
    }

    private func centre(_ triangle: Int) -> Position? {
        Bisector.centre(
            positions[corners[3 * triangle]], positions[corners[3 * triangle + 1]],
            positions[corners[3 * triangle + 2]])
    }

    /// Turns edges until no site is nearer to a triangle's centre than its corners are.
    mutating func flipByGeodesics() {
        var waiting = Array(corners.indices)
        // Each turn brings a nearer triangulation; the bound only guards against rounding.
        var turnsLeft = 20 * corners.count
        while let side = waiting.popLast(), turnsLeft > 0 {
            let other = neighbours[side]
            guard other >= 0, let middle = centres[side / 3] else { continue }
            let opposite = (0..<3).map { 3 * other + $0 }.first { neighbours[$0] == side / 3 }
            guard let opposite else { continue }
            let apex = positions[corners[opposite]]
            let centre = CentredPosition(middle)
            let radius = centre.distance(to: CentredPosition(positions[corners[side]]))
            let distance = centre.distance(to: CentredPosition(apex))
            // A millimetre is far below what is drawn, and far above rounding.
            guard distance < radius - 0.001, turn(side, opposite) else { continue }
            turnsLeft -= 1
            for triangle in [side / 3, opposite / 3] {
                waiting += [3 * triangle, 3 * triangle + 1, 3 * triangle + 2]
            }
        }
    }

    /// Replaces the edge between two triangles by the other diagonal of their quadrilateral.
    ///
    /// - Returns: False where that has no centres, and nothing was changed.
    private mutating func turn(_ side: Int, _ opposite: Int) -> Bool {
        let (first, second) = (side / 3, opposite / 3)
        let (from, to) = ends(side)
        let (top, bottom) = (corners[side], corners[opposite])
        let saved = (corners, neighbours)
        func across(_ triangle: Int, _ corner: Int) -> Int {
            let at = (0..<3).map { 3 * triangle + $0 }.first { corners[$0] == corner }
            return at.map { neighbours[$0] } ?? -1
        }
        // Outside the quadrilateral, named by the edge they lie across.
        let toTop = across(first, from)
        let topFrom = across(first, to)
        let fromBottom = across(second, to)
        let bottomTo = across(second, from)
        corners.replaceSubrange(3 * first..<3 * first + 3, with: [top, from, bottom])
        neighbours.replaceSubrange(3 * first..<3 * first + 3, with: [fromBottom, second, topFrom])
        corners.replaceSubrange(3 * second..<3 * second + 3, with: [top, bottom, to])
        neighbours.replaceSubrange(3 * second..<3 * second + 3, with: [bottomTo, toTop, first])
        guard let one = centre(first), let two = centre(second) else {
            (corners, neighbours) = saved
            return false
        }
        relink(fromBottom, from: second, to: first)
        relink(toTop, from: first, to: second)
        centres[first] = one
        centres[second] = two
        return true
    }

    private mutating func relink(_ triangle: Int, from old: Int, to new: Int) {
        guard triangle >= 0 else { return }
        for i in 3 * triangle..<3 * triangle + 3 where neighbours[i] == old { neighbours[i] = new }
    }

    /// The edges of the diagram between real sites, and the cells that they close.
    ///
    /// - Parameter meridian: Longitudes come within 180° of it.
    /// - Returns: The edges, and for each real site the ring of its cell, counter-clockwise; `nil`
    ///   for one that is not closed by edges between real sites.
    func cells(around meridian: Double) -> (edges: [ThiessenDiagram.Edge], rings: [[Position]?]) {
        var edges: [ThiessenDiagram.Edge] = []
        // The number of the edge across each side, and whether it runs the other way; nothing for
        // one without length.
        var across = [(edge: Int, isReversed: Bool)?](repeating: nil, count: corners.count)
        var isOpen = [Bool](repeating: false, count: realCount)
        for side in corners.indices {
            let other = neighbours[side]
            let (a, b) = ends(side)
            guard a < realCount, b < realCount, other >= 0, let start = centres[side / 3],
                let end = centres[other]
            else {
                for site in [a, b] where site < realCount { isOpen[site] = true }
                continue
            }
            guard other > side / 3 else { continue }
            let from = Bisector.unwrapped(start, around: meridian)
            let to = Bisector.unwrapped(end, around: meridian)
            if from == to { continue }
            across[side] = (edges.count, false)
            if let back = (3 * other..<3 * other + 3).first(where: { neighbours[$0] == side / 3 }) {
                across[back] = (edges.count, true)
            }
            edges.append(
                ThiessenDiagram.Edge(
                    positions: Bisector.edge(
                        from: from, to: to, between: positions[a], positions[b], around: meridian),
                    sites: (a, b)))
        }
        var rings = [[Position]?](repeating: nil, count: realCount)
        var isDone = isOpen
        for first in corners.indices where corners[first] < realCount && !isDone[corners[first]] {
            isDone[corners[first]] = true
            rings[corners[first]] = ring(from: first, edges, across)
        }
        return (edges, rings)
    }

    /// The edges around a site, from one of its corners on.
    private func ring(
        from first: Int, _ edges: [ThiessenDiagram.Edge],
        _ across: [(edge: Int, isReversed: Bool)?]
    ) -> [Position]? {
        var ring: [Position] = []
        var corner = first
        repeat {
            let base = corner / 3 * 3
            // Counter-clockwise the next triangle lies across the edge opposite to the next corner.
            let side = base + (corner - base + 1) % 3
            if let (edge, isReversed) = across[side] {
                let chain = edges[edge].positions
                ring += isReversed ? chain.reversed().dropLast() : chain.dropLast()
            }
            let next = neighbours[side]
            guard next >= 0,
                let same = (3 * next..<3 * next + 3).first(where: {
                    corners[$0] == corners[first]
                })
            else { return nil }
            corner = same
        } while corner != first && ring.count < 1_000_000
        guard ring.count > 2, let start = ring.first else { return nil }
        return ring + [start]
    }
}
