internal import CGEOS

extension Shape {
    /// Returns the cells of the Voronoi diagram of the shape's positions.
    ///
    /// Each cell holds what is nearer to its position than to any other. Planar: near in the plane
    /// of the coordinates, which for longitude and latitude is not near on the ground. The cells
    /// come in no particular order; see `GEOSVoronoiDiagram_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - envelope: The least extent of the diagram, which always reaches past all positions.
    ///   - tolerance: Positions nearer than this count as one.
    /// - Returns: One polygon for each different position; none for a single one without an envelope.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    public func voronoi(
        within envelope: Envelope? = nil, tolerance: Double = 0
    ) throws(GeometryError) -> [Shape] {
        try Shape.check(tolerance, "the tolerance", atLeast: 0)
        return try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            guard let envelope else {
                return try geometry.making("the Voronoi diagram") {
                    GEOSVoronoiDiagram_r($0, $1, nil, tolerance, 0)
                }.members()
            }
            let corners = try context.geometry(
                .lineString([
                    Position(envelope.minX, envelope.minY), Position(envelope.maxX, envelope.maxY),
                ]))
            return try geometry.making("the Voronoi diagram", with: corners) {
                GEOSVoronoiDiagram_r($0, $1, $2, tolerance, 0)
            }.members()
        }
    }

    /// Returns the Voronoi cell of each site, in the order of the sites.
    ///
    /// As ``voronoi(within:tolerance:)`` without tolerance.
    ///
    /// - Parameters:
    ///   - sites: The positions; heights do not count.
    ///   - envelope: The least extent of the diagram.
    /// - Returns: One polygon a site; `nil` for a site that coincides with an earlier one, and for
    ///   a single site without an envelope.
    /// - Throws: ``GeometryError`` for a position that is not finite, or where GEOS fails.
    package static func voronoiCells(
        of sites: [Position], within envelope: Envelope? = nil
    ) throws(GeometryError) -> [Shape?] {
        let places = try indicesByPlace(sites).sorted {
            ($0.key.x, $0.key.y) < ($1.key.x, $1.key.y)
        }
        var cells = [Shape?](repeating: nil, count: sites.count)
        for cell in try Shape.multiPoint(sites).voronoi(within: envelope) {
            guard let box = cell.envelope, let ring = cell.polygons.first?.first else { continue }
            var low = 0
            var high = places.count
            while low < high {
                let middle = (low + high) / 2
                if places[middle].key.x < box.minX { low = middle + 1 } else { high = middle }
            }
            for place in places[low...] {
                guard place.key.x <= box.maxX else { break }
                guard box.covers(place.key), convex(ring, holds: place.key) else { continue }
                cells[place.value] = cell
                break
            }
        }
        if places.count > 1, let lost = places.first(where: { cells[$0.value] == nil }) {
            throw GeometryError(
                .topology, "the Voronoi diagram has no cell for site \(lost.value): \(lost.key)",
                remedy: "leave out sites that nearly coincide")
        }
        return cells
    }

    /// Whether a position is inside a convex ring; the site of a cell is never near its edge.
    private static func convex(_ ring: [Position], holds position: Position) -> Bool {
        var left = false
        var right = false
        for (a, b) in zip(ring, ring.dropFirst()) {
            let side = turn(a, b, position)
            if side > 0 { left = true }
            if side < 0 { right = true }
        }
        return !(left && right)
    }
}
