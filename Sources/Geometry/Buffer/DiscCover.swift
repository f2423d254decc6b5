#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How much of polygons lies within a distance of any of many positions, with nothing drawn.
///
/// What a polygon has in common with the discs is bounded by parts of its edges that are in a disc
/// and by parts of the discs' edges that are in the polygon and in no other disc
/// (``DiscArrangement``). The area is a sum along these (Green's theorem): it needs no overlay, and
/// the discs are the true ones.
public struct DiscCover: Sendable {
    let arrangement: DiscArrangement
    private let index: PointIndex
    private let planes: [TangentPlane]

    /// Prepares discs around positions.
    ///
    /// It is `nil` for what this way does not reach: a radius beyond 300 km, and discs across the
    /// antimeridian, beyond 85° of latitude or not on the globe.
    ///
    /// - Parameters:
    ///   - centres: Longitude, latitude in degrees.
    ///   - radius: More than 0.
    /// - Throws: ``GeometryError`` where no index can be built.
    /// - Complexity: O(n log n + m) for n positions and m pairs of discs that meet.
    public init?(around centres: [Position], radius: Distance) throws(GeometryError) {
        guard let discs = try DiscArrangement(around: centres, radius: radius.metres) else {
            return nil
        }
        arrangement = discs
        index = try PointIndex(discs.centres.map(\.position))
        planes = discs.centres.map { TangentPlane(at: $0.position) }
    }

    /// Measures polygons one after another, with what it has taken from memory before.
    public struct Measurer {
        private let cover: DiscCover
        private let discs: DiscArrangement
        private let reach: DiscReach
        private var edges = PolygonEdges()
        private var meeting = DiscMeeting()

        /// Starts with no polygon.
        ///
        /// - Parameter cover: The discs.
        public init(_ cover: DiscCover) {
            self.cover = cover
            discs = cover.arrangement
            reach = DiscReach(radius: discs.radius)
        }

        /// The area of polygons and of what the discs cover of it.
        ///
        /// - Parameter polygons: Valid polygons that do not overlap, their edges straight in
        ///   longitude and latitude.
        /// - Returns: Square metres on the ellipsoid; what is covered is at least 0 and at most the
        ///   area, and the same as it where all is covered.
        /// - Throws: ``GeometryError`` (`badPosition`) for a position that is not on the globe.
        /// - Complexity: O(v·d) for v vertices and the d discs that are near.
        public mutating func measure(
            _ polygons: [[[Position]]]
        ) throws(GeometryError) -> (area: Double, covered: Double) {
            for position in polygons.joined().joined() where !position.isOnGlobe {
                throw GeometryError(
                    .badPosition, "\(position) is not a longitude and latitude",
                    remedy: position.swappedRemedy)
            }
            edges.take(polygons)
            guard let box = edges.box else { return (0, 0) }
            let area = edges.area
            var common = 0.0
            meeting.begin(edges)
            let middle = CentredPosition(box.centre)
            let near = try cover.index.all(
                within: .metres(meeting.farthest(from: middle.centred, edges) + discs.radius),
                of: box.centre)
            for neighbour in near {
                let disc = neighbour.index
                if meeting.meet(discs.centres[disc], edges, reach) { return (area, area) }
                common += arcsInside(disc, box)
            }
            let (sum, isWhole) = meeting.sumOfCoveredParts(edges)
            if isWhole, common == 0 { return (area, area) }
            return (area, min(max(0, sum + common), area))
        }

        /// −∫ (S − S₀) dλ along the arcs of a disc that are inside the polygons.
        private func arcsInside(_ disc: Int, _ box: Envelope) -> Double {
            guard let rim = discs.rim(of: disc) else { return 0 }
            let (edge, arcs) = (rim.edge, rim.arcs)
            var sum = 0.0
            func add(_ start: Double, _ end: Double) {
                for arc in arcs {
                    for turn in [-2 * Double.pi, 0, 2 * Double.pi] {
                        let (from, to) = (max(start + turn, arc.start), min(end + turn, arc.end))
                        if to > from { sum += edge.beside(from, to, base: edges.base) }
                    }
                }
            }
            guard !meeting.crossings.isEmpty else {
                // The whole edge is inside, or nothing of it.
                let (north, south) = (edge.position(0), edge.position(.pi))
                let (west, east) = (edge.position(.pi / 2), edge.position(-.pi / 2))
                if [north, south, west, east].allSatisfy(box.covers), edges.contains(north) {
                    for arc in arcs { sum += edge.beside(arc.start, arc.end, base: edges.base) }
                }
                return sum
            }
            // Where the polygons' edges leave the disc its own edge comes into them.
            let turns = meeting.crossings.map {
                (
                    bearing: edge.bearing(of: $0.place, from: cover.planes[disc]),
                    change: $0.isLeaving ? 1 : -1
                )
            }.sorted { $0.bearing < $1.bearing }
            var depth = 0
            var runs: [(start: Double, end: Double, depth: Int)] = []
            for (at, turn) in turns.enumerated() {
                depth += turn.change
                let end =
                    at + 1 < turns.count ? turns[at + 1].bearing : turns[0].bearing + 2 * .pi
                if end - turn.bearing > 1e-9 { runs.append((turn.bearing, end, depth)) }
            }
            // The longest run tells for certain, whatever order crossings close together came in.
            guard let longest = runs.max(by: { $0.end - $0.start < $1.end - $1.start }) else {
                return sum
            }
            let isInside = edges.contains(edge.position((longest.start + longest.end) / 2))
            let least = longest.depth + (isInside ? 0 : 1)
            for run in runs where run.depth >= least { add(run.start, run.end) }
            return sum
        }
    }
}

extension DiscEdge {
    /// The bearing of a position on the edge, from 0 to a full turn.
    fileprivate func bearing(of place: Position, from plane: TangentPlane) -> Double {
        let line = plane.line(to: CentredPosition(place))
        var bearing = atan2(-line.east, line.north)
        // The chord seen from above points a little beside the geodesic.
        let metres = 111_200.0
        let shrink = Double.sineAndCosine(degrees: place.y).cosine
        for _ in 0..<4 {
            let (sine, cosine) = (sin(bearing), cos(bearing))
            let here = position(sine: sine, cosine: cosine)
            let (east, north) = ((place.x - here.x) * shrink * metres, (place.y - here.y) * metres)
            let step = -(east * cosine + north * sine) / radius
            bearing += step
            if step.magnitude * radius < 1e-5 { break }
        }
        if bearing < 0 { bearing += 2 * .pi }
        return bearing >= 2 * .pi ? bearing - 2 * .pi : bearing
    }
}
