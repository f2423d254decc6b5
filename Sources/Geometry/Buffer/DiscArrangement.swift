#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Discs of one radius on the ellipsoid, and what of each one's edge lies outside all others.
///
/// These arcs bound the union of the discs. Which others hide a part of an edge is told by the
/// angles of a sphere and a bound on their error first; only where an arc may begin or end are
/// crossings of two edges worked out, to the last digits.
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

    /// The edge of a disc of which something is outside all others.
    struct Rim: Sendable {
        let disc: Int
        let edge: DiscEdge
        /// At least one.
        let arcs: [Arc]
    }

    /// Metres.
    let radius: Double
    let centres: [CentredPosition]
    /// The number of the first disc of those that hang together with each.
    let groups: [Int32]
    let rims: [Rim]
    /// How bearings are sampled around such discs.
    let sampling: DiscEdge.Sampling
    private let rimNumbers: [Int32]

    /// The edge of a disc, where something of it is outside all others.
    func rim(of disc: Int) -> Rim? {
        rimNumbers[disc] < 0 ? nil : rims[Int(rimNumbers[disc])]
    }

    /// Discs whose centres are less apart than this, in metres, are taken as one.
    private static func coincidence(radius: Double) -> Double { min(0.001, 1e-6 * radius) }

    /// Works out the discs around positions.
    ///
    /// It is `nil` where a sphere tells too little or longitudes run on: beyond 300 km, and for discs
    /// near the antimeridian, a pole or not on the globe.
    ///
    /// - Parameters:
    ///   - centres: Longitude, latitude in degrees.
    ///   - radius: Metres.
    /// - Throws: ``GeometryError`` where no index can be built.
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
        let different = try Self.different(centres, radius: radius)
        let neighbours = try PointIndex(different).reach(
            longitudes: different.map(\.x), latitudes: different.map(\.y),
            within: .metres(2 * radius))
        self.radius = radius
        self.centres = different.map { CentredPosition($0) }
        groups = Self.groups(neighbours)
        sampling = DiscEdge.Sampling(radius: radius, latitude: latitude)
        let tangent = HiddenPart.tangent(radius: radius)
        var rims: [Rim] = []
        var numbers = [Int32](repeating: -1, count: different.count)
        var hidden: [HiddenPart] = []
        for disc in different.indices {
            let plane = TangentPlane(at: different[disc])
            var sectors = HiddenSectors()
            hidden.removeAll(keepingCapacity: true)
            for entry in neighbours.entries(of: disc) where !sectors.isFull {
                let other = Int(neighbours.indices[entry])
                let distance = neighbours.distances[entry]
                guard other != disc, distance < 2 * radius else { continue }
                let chord = plane.chord(to: self.centres[other])
                let part = HiddenPart(
                    by: Int32(other), distance: distance, middle: atan2(-chord.east, chord.north),
                    tangent: tangent)
                sectors.hide(part)
                hidden.append(part)
            }
            if sectors.isFull { continue }
            let edge = DiscEdge(centre: different[disc], radius: radius, sampling: sampling)
            let arcs = Self.arcs(of: edge, hidden, sectors, self.centres)
            if arcs.isEmpty { continue }
            numbers[disc] = Int32(rims.count)
            rims.append(Rim(disc: disc, edge: edge, arcs: arcs))
        }
        self.rims = rims
        rimNumbers = numbers
    }

    /// The positions without those that are as good as at another one.
    private static func different(
        _ centres: [Position], radius: Double
    ) throws(GeometryError) -> [Position] {
        let near = try PointIndex(centres).reach(
            longitudes: centres.map(\.x), latitudes: centres.map(\.y),
            within: .metres(coincidence(radius: radius)))
        var isKept = [Bool](repeating: false, count: centres.count)
        for at in centres.indices {
            isKept[at] = !near.entries(of: at).contains {
                near.indices[$0] < at && isKept[Int(near.indices[$0])]
            }
        }
        return centres.indices.filter { isKept[$0] }.map { Position(centres[$0].x, centres[$0].y) }
    }

    /// The first disc of those that hang together with each.
    private static func groups(_ neighbours: NeighbourRows) -> [Int32] {
        var groups = (0..<neighbours.rows).map { Int32($0) }
        func group(_ disc: Int32) -> Int32 {
            var at = disc
            while groups[Int(at)] != at {
                groups[Int(at)] = groups[Int(groups[Int(at)])]
                at = groups[Int(at)]
            }
            return at
        }
        for disc in groups.indices {
            var own = group(Int32(disc))
            for entry in neighbours.entries(of: disc) where neighbours.indices[entry] < disc {
                let other = group(neighbours.indices[entry])
                if own == other { continue }
                groups[Int(max(own, other))] = min(own, other)
                own = min(own, other)
            }
        }
        return groups.indices.map { group(Int32($0)) }
    }

    /// What of an edge is in none of the parts.
    private static func arcs(
        of edge: DiscEdge, _ hidden: [HiddenPart], _ sectors: HiddenSectors,
        _ centres: [CentredPosition]
    ) -> [Arc] {
        let turn = 2 * Double.pi
        var arcs: [Arc] = []
        var gaps = sectors.gaps
        if gaps == [0...turn] {
            // Nothing is hidden for certain: a turn from where something is, if it is.
            guard
                let first = parts(hidden, gaps[0], edge, centres).first(where: { $0.to > $0.from })
            else { return [Arc(start: 0, end: turn, before: -1, after: -1)] }
            let end = first.to < 0 ? first.to + turn : first.to
            gaps = [end...(end + turn - (first.to - first.from))]
        }
        for gap in gaps.flatMap({ surelyOpen($0, hidden) }) {
            var (end, by) = (gap.lowerBound, Int32(-1))
            for part in parts(hidden, gap, edge, centres) {
                if part.from > end, by >= 0 {
                    let start = end >= turn ? end - turn : end
                    arcs.append(
                        Arc(start: start, end: start + part.from - end, before: by, after: part.by))
                }
                // A gap begins where a part ends, but for rounding.
                if part.to >= (by < 0 ? end - 1e-12 : end) { (end, by) = (part.to, part.by) }
                if end >= gap.upperBound { break }
            }
        }
        return arcs
    }

    /// What of a stretch of an edge no part hides for certain.
    private static func surelyOpen(
        _ stretch: ClosedRange<Double>, _ hidden: [HiddenPart]
    ) -> [ClosedRange<Double>] {
        var covered: [(from: Double, to: Double)] = []
        forEach(of: hidden, near: stretch) { part, middle in
            let half = part.least
            if half > 0 { covered.append((middle - half, middle + half)) }
        }
        covered.sort { $0.from < $1.from }
        var open: [ClosedRange<Double>] = []
        var end = stretch.lowerBound
        for part in covered where end < stretch.upperBound {
            if part.from > end { open.append(end...min(part.from, stretch.upperBound)) }
            end = max(end, part.to)
        }
        if end < stretch.upperBound { open.append(end...stretch.upperBound) }
        return open
    }

    /// The exact parts that may meet a stretch of an edge, by their start.
    private static func parts(
        _ hidden: [HiddenPart], _ stretch: ClosedRange<Double>, _ edge: DiscEdge,
        _ centres: [CentredPosition]
    ) -> [(from: Double, to: Double, by: Int32)] {
        var parts: [(from: Double, to: Double, by: Int32)] = []
        forEach(of: hidden, near: stretch) { part, middle in
            let most = part.most
            guard middle - most <= stretch.upperBound, middle + most >= stretch.lowerBound else {
                return
            }
            let (back, ahead) = part.ends(on: edge, other: centres[Int(part.by)])
            parts.append((middle + back, middle + ahead, part.by))
        }
        return parts.sorted { $0.from < $1.from }
    }

    /// Goes through the parts that may meet a stretch, a turn before or after their middle too.
    private static func forEach(
        of hidden: [HiddenPart], near stretch: ClosedRange<Double>,
        _ body: (HiddenPart, _ middle: Double) -> Void
    ) {
        for part in hidden {
            let half = part.possibly
            for turns in -1...1 {
                let middle = part.middle + Double(turns) * 2 * .pi
                if middle - half <= stretch.upperBound, middle + half >= stretch.lowerBound {
                    body(part, middle)
                }
            }
        }
    }
}
