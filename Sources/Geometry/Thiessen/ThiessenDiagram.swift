/// The Thiessen (Voronoi) diagram of sites by distance along the geodesic.
///
/// The neighbours come from a Delaunay triangulation in a stereographic projection around the sites
/// — which takes circles to circles but for the flattening of the earth — and are then corrected by
/// comparing geodesic distances (C. L. Lawson's flips, 1977,
/// https://doi.org/10.1016/B978-0-12-587260-7.50011-X). Corners and edges are found on the ellipsoid
/// itself: a drawn edge lies within ``Bisector/tolerance`` of equal distance.
/// See A. Okabe et al., Spatial Tessellations, 2nd ed., 2000, https://doi.org/10.1002/9780470317013.
struct ThiessenDiagram {
    /// A border between two sites' areas.
    struct Edge {
        let positions: [Position]
        let sites: (Int, Int)
    }

    /// The edges between sites.
    let edges: [Edge]
    /// The area of each site as a closed ring; `nil` for one that is open, or of which the drawn
    /// edges might cross.
    let rings: [[Position]?]

    /// The greatest distance of sites and region from their middle, in metres.
    static let reach = 2_000_000.0

    /// Finds the edges that separate sites within a region.
    ///
    /// - Parameters:
    ///   - sites: Different positions, at least one.
    ///   - region: A box that holds the region to be divided.
    /// - Throws: ``GeometryError`` where they lie too far apart.
    init(sites: [Position], region: Envelope) throws(GeometryError) {
        let (middle, radius) = try Self.surroundings(of: sites, region)
        // Sites so far away that no place of the region is nearest to them close the diagram.
        let far = max(4 * radius, 100_000)
        let ghosts = (0..<16).map {
            Geodesic.wgs84.direct(from: middle, azimuth: Double($0) * 22.5 + 1, distance: far)
                .position
        }
        let all = sites + ghosts
        var mesh = TriangleMesh(
            try Self.triangles(all, around: middle), positions: all, realCount: sites.count)
        mesh.flipByGeodesics()
        let cells = mesh.cells(around: middle.x)
        edges = cells.edges
        var isPlain = zip(cells.rings, sites).map { ring, site in
            ring.map { Self.isStar($0, around: site) } ?? false
        }
        // Where drawn edges cross, they do so in the areas beside them too.
        let plain = isPlain
        for edge in edges where !(plain[edge.sites.0] && plain[edge.sites.1]) {
            isPlain[edge.sites.0] = false
            isPlain[edge.sites.1] = false
        }
        rings = zip(cells.rings, isPlain).map { $1 ? $0 : nil }
    }

    /// Whether a ring goes once around a site, all of it in its sight: then it does not cross itself.
    private static func isStar(_ ring: [Position], around site: Position) -> Bool {
        var turns = 0
        for (a, b) in zip(ring, ring.dropFirst()) {
            let (ax, ay) = (a.x - site.x, a.y - site.y)
            let (bx, by) = (b.x - site.x, b.y - site.y)
            guard ax * by - ay * bx > 0 else { return false }
            // Turning left by less than half a turn: count the passing of the eastern half-axis.
            if ay < 0, by >= 0 { turns += 1 }
        }
        return turns == 1
    }

    /// The middle of sites and region, and how far they reach from it, in metres.
    ///
    /// - Throws: ``GeometryError`` where that is too far, or across the antimeridian.
    static func surroundings(
        of sites: [Position], _ region: Envelope
    ) throws(GeometryError) -> (middle: Position, radius: Double) {
        let box = sites.reduce(region) { $0.including($1) }
        let middle = box.centre
        let corners = [
            Position(box.minX, box.minY), Position(box.maxX, box.minY),
            Position(box.minX, box.maxY), Position(box.maxX, box.maxY),
            Position(box.minX, middle.y), Position(box.maxX, middle.y),
        ]
        let radius = corners.map { Geodesic.wgs84.distance(from: middle, to: $0) }.max() ?? 0
        guard radius <= reach, box.minX >= -180, box.maxX <= 180 else {
            throw GeometryError(
                .badArgument,
                "areas of nearest sites cannot be drawn over \(Int(radius / 1000)) km around "
                    + "\(middle)",
                remedy: "choose sites and a boundary within 2,000 km of their middle, on one side "
                    + "of the antimeridian")
        }
        return (middle, radius)
    }

    private static func triangles(
        _ positions: [Position], around middle: Position
    ) throws(GeometryError) -> [(Int, Int, Int)] {
        let plane = try Transformation(
            from: .wgs84,
            to: CoordinateReferenceSystem(
                "+proj=stere +lat_0=\(middle.y) +lon_0=\(middle.x) +datum=WGS84 +units=m"))
        var x = positions.map(\.x)
        var y = positions.map(\.y)
        try plane.apply(&x, &y)
        return try Shape.delaunayTriangles(zip(x, y).map { Position($0, $1) })
    }
}
