#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Discs of one radius on the ellipsoid, and what of each one's edge lies outside all others.
///
/// These arcs bound the union of the discs. Which others hide a part of an edge is told by plane
/// angles and a bound on their error first; only where an arc may begin or end are crossings of two
/// edges worked out, to the last digits.
struct DiscArrangement: Sendable {
    /// A part of a disc's edge that is in no other disc, counter-clockwise.
    struct Arc: Sendable {
        /// The bearing where it starts, in radians from the north westwards.
        let start: Double
        /// The bearing where it ends; at most a full turn further.
        let end: Double
        /// The disc in which the edge lies before the start; -1 for a whole edge.
        let before: Int32
        /// The disc in which it lies after the end; -1 for a whole edge.
        let after: Int32
    }

    /// Metres.
    let radius: Double
    let edges: [DiscEdge]
    /// How bearings are sampled around such discs.
    let sampling: DiscEdge.Sampling
    /// The number of the first disc of those that hang together with each.
    let groups: [Int32]
    private let arcs: [Arc]
    private let starts: [Int]

    /// The arcs of a disc, by their start.
    func arcs(of disc: Int) -> ArraySlice<Arc> { arcs[starts[disc]..<starts[disc + 1]] }

    /// Discs whose centres are less apart than this, in metres, are taken as one.
    private static let coincidence = 0.001
    /// What plane angles may be off, in radians.
    private static let angularRoom = 2e-5
    /// What the cosine of half the angle of a hidden part may be off.
    private static let cosineRoom = 5e-5

    /// Works out the discs around positions.
    ///
    /// - Parameters:
    ///   - centres: Longitude, latitude in degrees.
    ///   - radius: Metres.
    /// - Returns: `nil` where plane angles tell too little or longitudes run on: beyond 300 km, and
    ///   for discs near the antimeridian or a pole.
    /// - Throws: ``GeometryError`` (`badPosition`) for a centre that is not on the globe.
    /// - Complexity: O(n log n + m) for n positions and m pairs of discs that meet.
    init?(around centres: [Position], radius: Double) throws(GeometryError) {
        guard radius > 0, radius <= 300_000 else { return nil }
        let reach = radius * 1.02 / 111_000
        var latitude = 0.0
        for centre in centres {
            latitude = max(latitude, centre.y.magnitude)
            let top = centre.y.magnitude + reach
            guard top < 85, centre.x.magnitude + reach / cos(top * .pi / 180) < 180 else {
                return nil
            }
        }
        let different = try Self.different(centres)
        let sampling = DiscEdge.Sampling(radius: radius, latitude: latitude)
        let edges = different.map { DiscEdge(centre: $0, radius: radius, sampling: sampling) }
        let neighbours = try PointIndex(different).reach(
            longitudes: different.map(\.x), latitudes: different.map(\.y),
            within: .metres(2 * radius))
        var arcs: [Arc] = []
        var starts = [0]
        var groups = different.indices.map { Int32($0) }
        func group(_ disc: Int) -> Int32 {
            var at = Int32(disc)
            while groups[Int(at)] != at {
                groups[Int(at)] = groups[Int(groups[Int(at)])]
                at = groups[Int(at)]
            }
            return at
        }
        var hidden: [HiddenPart] = []
        for disc in different.indices {
            let plane = TangentPlane(at: different[disc])
            hidden.removeAll(keepingCapacity: true)
            for entry in neighbours.entries(of: disc) {
                let other = Int(neighbours.indices[entry])
                let distance = neighbours.distances[entry]
                guard other != disc, distance < 2 * radius else { continue }
                let (one, two) = (group(disc), group(other))
                if one != two { groups[Int(max(one, two))] = min(one, two) }
                let line = plane.line(to: edges[other].centre)
                hidden.append(
                    HiddenPart(
                        by: Int32(other), distance: distance,
                        bearing: atan2(-line.east, line.north), radius: radius))
            }
            Self.appendArcs(of: disc, edges, hidden, to: &arcs)
            starts.append(arcs.count)
        }
        self.radius = radius
        self.sampling = sampling
        self.edges = edges
        self.groups = different.indices.map { group($0) }
        self.arcs = arcs
        self.starts = starts
    }

    /// The positions without those that are as good as at another one.
    private static func different(_ centres: [Position]) throws(GeometryError) -> [Position] {
        let near = try PointIndex(centres).reach(
            longitudes: centres.map(\.x), latitudes: centres.map(\.y),
            within: .metres(coincidence))
        var isKept = [Bool](repeating: false, count: centres.count)
        for at in centres.indices {
            isKept[at] = !near.entries(of: at).contains {
                near.indices[$0] < at && isKept[Int(near.indices[$0])]
            }
        }
        return centres.indices.filter { isKept[$0] }.map { Position(centres[$0].x, centres[$0].y) }
    }

    /// A part of a disc's edge that is in another disc, in plane angles.
    private struct HiddenPart {
        let by: Int32
        let distance: Double
        /// The bearing of its middle, from 0 to a full turn.
        let bearing: Double
        /// Half its angle, at least and at most.
        let least: Double
        let most: Double

        init(by: Int32, distance: Double, bearing: Double, radius: Double) {
            self.by = by
            self.distance = distance
            self.bearing = bearing < 0 ? bearing + 2 * .pi : bearing
            // The spherical triangle with sides r, r and d.
            let mean = 6_371_000.0
            let cosine = tan(distance / (2 * mean)) / tan(radius / mean)
            least = acos(min(1, cosine + cosineRoom)) - angularRoom
            most = acos(max(-1, min(1, cosine - cosineRoom))) + angularRoom
        }

        /// Where the part ends, as angles from its middle.
        ///
        /// Newton's steps, kept between the bearing of the other disc, where the edge is inside it,
        /// and the opposite one.
        func ends(on edge: DiscEdge, _ other: DiscEdge) -> (back: Double, ahead: Double) {
            func end(side: Double) -> Double {
                var (inside, outside) = (0.0, Double.pi)
                var angle = (max(0, least) + most) / 2
                for _ in 0..<60 {
                    let place = CentredPosition(edge.position(bearing + side * angle))
                    let off = other.centre.distance(to: place) - edge.radius
                    if off < 0 { inside = angle } else { outside = angle }
                    var next = angle - off / (distance * sin(angle))
                    if !(next > inside && next < outside) { next = (inside + outside) / 2 }
                    let moved = (next - angle).magnitude
                    angle = next
                    if moved * edge.radius < 1e-9 { break }
                }
                return side * angle
            }
            return (end(side: -1), end(side: 1))
        }
    }

    private static func appendArcs(
        of disc: Int, _ edges: [DiscEdge], _ hidden: [HiddenPart], to arcs: inout [Arc]
    ) {
        let turn = 2 * Double.pi
        /// The exact parts that meet a stretch of the edge, by their start.
        func parts(meeting stretch: ClosedRange<Double>) -> [(from: Double, to: Double, by: Int32)]
        {
            var parts: [(from: Double, to: Double, by: Int32)] = []
            for part in hidden {
                var ends: (back: Double, ahead: Double)?
                // The same part, a turn before and after.
                for shift in [-turn, 0, turn] {
                    let middle = part.bearing + shift
                    guard middle - part.most <= stretch.upperBound,
                        middle + part.most >= stretch.lowerBound
                    else { continue }
                    let (back, ahead) = ends ?? part.ends(on: edges[disc], edges[Int(part.by)])
                    ends = (back, ahead)
                    parts.append((middle + back, middle + ahead, part.by))
                }
            }
            return parts.sorted { $0.from < $1.from }
        }
        var gaps = gaps(hidden)
        if gaps.count == 1, gaps[0] == 0...turn {
            // Nothing is hidden for certain: a turn from where something is, if it is.
            guard let first = parts(meeting: 0...turn).first(where: { $0.to > $0.from }) else {
                arcs.append(Arc(start: 0, end: turn, before: -1, after: -1))
                return
            }
            let end = first.to < 0 ? first.to + turn : first.to
            gaps = [end...(end + turn - (first.to - first.from))]
        }
        for gap in gaps {
            var (end, by) = (gap.lowerBound, Int32(-1))
            for part in parts(meeting: gap) {
                if part.from > end, by >= 0 {
                    let start = end >= turn ? end - turn : end
                    arcs.append(
                        Arc(start: start, end: start + part.from - end, before: by, after: part.by))
                }
                if part.to >= end { (end, by) = (part.to, part.by) }
                if end >= gap.upperBound { break }
            }
        }
    }

    /// What no other disc hides for certain; the last may go on into the next turn.
    private static func gaps(_ hidden: [HiddenPart]) -> [ClosedRange<Double>] {
        let turn = 2 * Double.pi
        var covered: [(from: Double, to: Double)] = []
        for part in hidden where part.least > 0 {
            var from = part.bearing - part.least
            if from < 0 { from += turn }
            let to = from + 2 * part.least
            covered.append((from, min(to, turn)))
            if to > turn { covered.append((0, to - turn)) }
        }
        covered.sort { $0.from < $1.from }
        var gaps: [ClosedRange<Double>] = []
        var end = 0.0
        for part in covered {
            if part.from > end { gaps.append(end...part.from) }
            end = max(end, part.to)
        }
        if end < turn { gaps.append(end...turn) }
        if let first = gaps.first, let last = gaps.last, gaps.count > 1, first.lowerBound == 0,
            last.upperBound == turn
        {
            gaps.removeFirst()
            gaps[gaps.count - 1] = last.lowerBound...(turn + first.upperBound)
        }
        return gaps
    }
}
