#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Shape {
    /// Returns the area within a distance of any of many positions: discs of one radius, merged.
    ///
    /// As the union of each ``disc(around:radius:)``, whose vertices it has, but most of a disc's
    /// edge lies inside others and is never drawn: what of an edge is deeper inside another disc
    /// than anything drawn may be off cannot be part of the outline. The rest is cut where it
    /// crosses; of the areas it encloses, those within the distance of a position are taken.
    ///
    /// - Parameters:
    ///   - centres: Longitude, latitude in degrees.
    ///   - radius: More than 0 and at most 5,000 km.
    /// - Returns: A polygon or multipolygon; empty where there are no positions.
    /// - Throws: ``GeometryError`` for a centre that is not on the globe, a radius out of range, and
    ///   where GEOS fails.
    /// - Complexity: O(n log n + e log e) for n positions with e vertices outside the other discs.
    public static func discs(
        around centres: [Position], radius: Distance
    ) throws(GeometryError) -> Shape {
        let index = try PointIndex(centres)
        var seen: Set<Position> = []
        let different = centres.filter { seen.insert(Position($0.x, $0.y)).inserted }
        if let merged = try outlined(different, radius, index) { return merged }
        var discs: [Shape] = []
        for centre in different { discs.append(try disc(around: centre, radius: radius)) }
        return try unionAll(discs)
    }

    /// The union by the outline; `nil` where it does not apply.
    private static func outlined(
        _ centres: [Position], _ radius: Distance, _ index: PointIndex
    ) throws(GeometryError) -> Shape? {
        // Beyond some hundred kilometres the plane no longer tells what is deep inside, and edges
        // across the antimeridian or around a pole are cut.
        guard centres.count > 1, radius.metres > 0, radius.metres <= 300_000 else { return nil }
        let reach = radius.metres * 1.02 / 111_000
        for centre in centres {
            let latitude = centre.y.magnitude + reach
            guard latitude < 85,
                centre.x.magnitude + reach / cos(latitude * .pi / 180) < 180
            else { return nil }
        }
        let neighbours = try PointIndex(centres).reach(
            longitudes: centres.map(\.x), latitudes: centres.map(\.y),
            within: Distance(metres: 2 * radius.metres))
        var chains: [Shape] = []
        for (at, centre) in centres.enumerated() {
            let ring = DiscRing(centre: centre, radius: radius.metres)
            let plane = TangentPlane(at: centre)
            var steps = UncoveredSteps(count: ring.steps)
            for entry in neighbours.entries(of: at) where neighbours.indices[entry] != at {
                let other = CentredPosition(centres[Int(neighbours.indices[entry])])
                steps.cover(plane.line(to: other), radius: radius.metres)
            }
            chains += steps.runs.map { run in
                .lineString(
                    run.count == ring.steps
                        ? ring.positions : ring.arc(run.lowerBound, run.upperBound))
            }
        }
        var faces: [Shape] = []
        for face in try polygonize(lines: try noded(lines: chains)) {
            guard let place = try face.interiorPoint() else { continue }
            if try index.nearest(to: place, within: radius).isEmpty { continue }
            faces.append(face)
        }
        let merged = try unionAll(faces)
        // An outline that did not close would have lost what it surrounds.
        let inside = try PreparedArea(merged)
        for centre in centres where try !inside.covers(centre) { return nil }
        return merged
    }
}

/// Which steps of a disc's edge are not deep inside other discs of its radius.
private struct UncoveredSteps {
    private let count: Int
    /// Steps that are covered; what goes on into the next turn is cut there.
    private var covered: [Range<Int>] = []

    init(count: Int) { self.count = count }

    /// Marks the steps that lie deep inside another disc.
    ///
    /// A place of the edge at an angle φ from the direction of the other centre, d away, is
    /// √(r² + d² − 2rd·cos φ) from it; deep inside is at most r − m.
    mutating func cover(
        _ line: (distance: Double, east: Double, north: Double), radius: Double
    ) {
        let margin = max(0.003 * radius, 8 * Shape.bufferTolerance(radius: radius))
        let d = line.distance
        let cosine = (d * d + 2 * radius * margin - margin * margin) / (2 * radius * d)
        guard cosine < 1 else { return }
        let step = 2 * Double.pi / Double(count)
        // Bearings run clockwise, steps the other way.
        let middle = -atan2(line.east, line.north) / step
        let half = acos(max(-1, cosine)) / step
        // Whole steps only: from one vertex to the next.
        var first = Int((middle - half).rounded(.up))
        var last = min(Int((middle + half).rounded(.down)), first + count)
        guard first < last else { return }
        if first < 0 { (first, last) = (first + count, last + count) }
        covered.append(first..<min(last, count))
        if last > count { covered.append(0..<last - count) }
    }

    /// Runs of steps that are left; the last may go on into the next turn.
    var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        var end = 0
        for range in covered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > end { runs.append(end..<range.lowerBound) }
            end = max(end, range.upperBound)
        }
        if end < count { runs.append(end..<count) }
        if let first = runs.first, let last = runs.last, runs.count > 1, first.lowerBound == 0,
            last.upperBound == count
        {
            runs.removeFirst()
            runs[runs.count - 1] = last.lowerBound..<count + first.upperBound
        }
        return runs
    }
}
