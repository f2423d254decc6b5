extension Shape {
    /// Divides an area among sites: each part of it goes to the site nearest along the geodesic.
    ///
    /// Together the parts are the area, without gaps or overlaps: edges between two parts have the
    /// same vertices in both. An edge lies within a metre of equal distance (0.25 m and the rounding
    /// of what is cut). Sites at the same position share a part, which goes to the first of them.
    ///
    /// - Parameters:
    ///   - sites: Longitude, latitude in degrees; at least one.
    ///   - area: A valid polygon or several, which may not overlap.
    /// - Returns: The part of each site; an empty multipolygon for one that has none.
    /// - Throws: ``GeometryError`` for a site that is not on the globe, and where sites and area lie
    ///   farther than 2,000 km from their middle or across the antimeridian.
    /// - Complexity: O(n log n) for n sites, and what cutting the area takes.
    public static func thiessenAreas(
        of sites: [Position], dividing area: Shape
    ) throws(GeometryError) -> [Shape] {
        let index = try PointIndex(sites)
        guard !sites.isEmpty, let box = area.envelope else {
            return sites.map { _ in .multiPolygon([]) }
        }
        var seen: Set<Position> = []
        let different = sites.indices.filter {
            seen.insert(Position(sites[$0].x, sites[$0].y)).inserted
        }
        let diagram = try ThiessenDiagram(sites: different.map { sites[$0] }, region: box)
        // Areas that the outline does not come near are taken as they are, or are none of it.
        let outline = OutlineGrid(area, box)
        let inside = try PreparedArea(area)
        var isApart = [Bool](repeating: false, count: sites.count)
        var whole: [Int: Shape] = [:]
        for (ring, site) in zip(diagram.rings, different) {
            guard let ring, let start = ring.first,
                let around = Shape.lineString(ring).envelope, !outline.meets(around)
            else { continue }
            isApart[site] = true
            if try inside.covers(start) { whole[site] = .polygon([ring]) }
        }
        let open = diagram.edges.filter {
            !isApart[different[$0.sites.0]] || !isApart[different[$0.sites.1]]
        }
        var parts = try area.divided(by: open.map(\.positions), among: sites.count) {
            (place) throws(GeometryError) in
            guard let site = try index.nearest(to: place).first?.index, !isApart[site] else {
                return nil
            }
            return site
        }
        for (site, shape) in whole { parts[site] = shape }
        return parts
    }

    /// Divides an area along edges.
    ///
    /// - Parameters:
    ///   - edges: Chains of positions; those outside the area do no harm.
    ///   - count: How many parts there are at most.
    ///   - owner: Tells to which part a position belongs; `nil` for none.
    /// - Returns: The parts; an empty multipolygon for one that has nothing.
    /// - Throws: ``GeometryError`` where GEOS fails, and what `owner` throws.
    func divided(
        by edges: [[Position]], among count: Int,
        owner: (Position) throws(GeometryError) -> Int?
    ) throws(GeometryError) -> [Shape] {
        guard let box = envelope else { return (0..<count).map { _ in .multiPolygon([]) } }
        let relevant = edges.filter { edge in
            Shape.lineString(edge).envelope.map { $0.meets(box) } ?? false
        }
        let rings = polygons.flatMap { $0 }
        let linework = try Self.noded(lines: (relevant + rings).map { .lineString($0) })
        let inside = try PreparedArea(self)
        var parts: [[[[Position]]]] = Array(repeating: [], count: count)
        for face in try Self.polygonize(lines: linework) {
            guard case .polygon(let rings) = face, let place = try face.interiorPoint(),
                try inside.covers(place), let part = try owner(place)
            else { continue }
            parts[part].append(rings)
        }
        return parts.map { Shape.area(of: $0) }
    }
}

/// Where the outline of an area runs, in the cells of a grid over its box.
private struct OutlineGrid {
    private static let size = 512
    private let box: Envelope
    private var isMet = [Bool](repeating: false, count: size * size)

    init(_ area: Shape, _ box: Envelope) {
        self.box = box
        for ring in area.polygons.joined() {
            for (a, b) in zip(ring, ring.dropFirst()) {
                let (columns, rows) = cells(Envelope(a).including(b))
                for row in rows {
                    for column in columns { isMet[row * Self.size + column] = true }
                }
            }
        }
    }

    /// The columns and rows that a box may touch; what lies outside counts to those at the edge.
    private func cells(_ other: Envelope) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
        func range(_ low: Double, _ high: Double, _ start: Double, _ length: Double)
            -> ClosedRange<Int>
        {
            let scale = Double(Self.size) / max(length, 1e-12)
            func cell(_ value: Double) -> Int {
                Int(max(0, min(Double(Self.size - 1), (value - start) * scale)))
            }
            return cell(low)...cell(high)
        }
        return (
            range(other.minX, other.maxX, box.minX, box.width),
            range(other.minY, other.maxY, box.minY, box.height)
        )
    }

    /// Whether the outline may run through a box.
    func meets(_ other: Envelope) -> Bool {
        let (columns, rows) = cells(other)
        return rows.contains { row in
            columns.contains { isMet[row * Self.size + $0] }
        }
    }
}

extension Envelope {
    /// Whether two boxes have a position in common.
    package func meets(_ other: Envelope) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }
}
