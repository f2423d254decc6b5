/// A shape prepared to be asked how far it is from other shapes, on the WGS 84 ellipsoid.
///
/// The distance is that between the nearest places of the two, 0 where they touch or overlap.
/// Edges are straight in longitude and latitude, as RFC 7946 says. Two such edges are nearest at an
/// end of one of them, or hardly nearer between their ends, as they bend on the earth: from the ends
/// the nearest places are looked for along the edges.
public struct MeasuredShape: Sendable {
    /// The shape.
    public let shape: Shape
    private let target: DistanceTarget
    private let points: [Position]
    /// Lines and rings, with more positions where an edge is long.
    private let chains: [[Position]]
    private let box: Envelope
    /// A ball around all of it, in metres from the centre of the earth.
    private let centre: EarthCentred
    private let radius: Double

    /// No piece of an edge is longer, in degrees.
    private static let longestPiece = 0.1
    /// A shorter piece, in metres, bends by less than half a millimetre.
    private static let straight = 150.0

    /// Prepares a shape.
    ///
    /// - Parameter shape: Positions in longitude, latitude (degrees). `nil` comes of an empty one.
    /// - Throws: ``GeometryError`` (`badPosition`) where a position is not on the globe.
    /// - Complexity: O(n log n) for n positions.
    public init?(_ shape: Shape) throws(GeometryError) {
        guard let box = shape.envelope else { return nil }
        self.shape = shape
        self.box = box
        target = try DistanceTarget(shape)
        points = shape.points
        chains = (shape.lines + shape.polygons.flatMap { $0 }).map(Self.refined)
        let places = (points + chains.flatMap { $0 }).map { EarthCentred($0) }
        let scale = 1 / Double(max(1, places.count))
        let middle = EarthCentred(
            x: places.reduce(0) { $0 + $1.x } * scale, y: places.reduce(0) { $0 + $1.y } * scale,
            z: places.reduce(0) { $0 + $1.z } * scale)
        let greatest = places.map { middle.squaredChord(to: $0) }.max()?.squareRoot() ?? 0
        centre = middle
        // The inside of an area bulges above its edge.
        radius = greatest * (1 + greatest / 1e7) + 200
    }

    private static func refined(_ chain: [Position]) -> [Position] {
        var result = chain.prefix(1).map { $0 }
        for (a, b) in zip(chain, chain.dropFirst()) {
            let extent = max((b.x - a.x).magnitude, (b.y - a.y).magnitude)
            let pieces = max(1, Int((extent / longestPiece).rounded(.up)))
            for piece in 1..<max(1, pieces) {
                result.append(between(a, b, Double(piece) / Double(pieces)))
            }
            result.append(b)
        }
        return result
    }

    private static func between(_ a: Position, _ b: Position, _ t: Double) -> Position {
        Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
    }

    /// What the distance to another shape does not fall short of, found at once.
    ///
    /// - Parameter other: The other shape.
    /// - Returns: Metres.
    public func leastDistance(to other: MeasuredShape) -> Double {
        max(
            0,
            centre.squaredChord(to: other.centre).squareRoot() - radius - other.radius)
    }

    /// The distance between the nearest places of two shapes.
    ///
    /// - Parameter other: The other shape.
    /// - Returns: Metres, within 1 mm; 0 where they touch or overlap in longitude and latitude.
    /// - Throws: ``GeometryError`` where GEOS cannot tell whether they overlap.
    /// - Complexity: O(n m) for n and m positions, most pairs of them passed over in blocks.
    public func distance(to other: MeasuredShape) throws(GeometryError) -> Double {
        if box.meets(other.box), try shape.intersects(other.shape) { return 0 }
        var best = Double.infinity
        let own = try ends(from: other, &best)
        let others = try other.ends(from: self, &best)
        try search(own, from: other, &best)
        try other.search(others, from: self, &best)
        return best
    }

    /// The distance of each position from another shape, infinite where it cannot be the nearest.
    private func ends(
        from other: MeasuredShape, _ best: inout Double
    ) throws(GeometryError) -> [[Double]] {
        for point in points {
            best = min(best, try other.target.distance(from: point) ?? .infinity)
        }
        var found: [[Double]] = []
        for chain in chains {
            var row: [Double] = []
            for place in chain {
                let chord = EarthCentred(place).squaredChord(to: other.centre).squareRoot()
                // A piece as long as can be leads no more than a kilometre nearer than its ends.
                guard chord - other.radius < best + 1000 else {
                    row.append(.infinity)
                    continue
                }
                let distance = try other.target.distance(from: place) ?? .infinity
                row.append(distance)
                best = min(best, distance)
            }
            found.append(row)
        }
        return found
    }

    /// Looks for nearer places between the ends of pieces that may have some.
    private func search(
        _ ends: [[Double]], from other: MeasuredShape, _ best: inout Double
    ) throws(GeometryError) {
        for (chain, row) in zip(chains, ends) {
            for i in chain.indices.dropFirst() {
                let nearer = min(row[i - 1], row[i])
                guard nearer < .infinity, nearer < best + 1000 else { continue }
                let length = Geodesic.wgs84.distance(from: chain[i - 1], to: chain[i])
                // Twice how far a parallel of 75° leaves the geodesic, and more.
                guard length > Self.straight, nearer - length * length / 5e6 < best else {
                    continue
                }
                best = min(best, try least(between: chain[i - 1], chain[i], from: other))
            }
        }
    }

    /// The least distance of a piece's places from another shape, by golden section.
    private func least(
        between a: Position, _ b: Position, from other: MeasuredShape
    ) throws(GeometryError) -> Double {
        let ratio = 0.618_033_988_749_894_9
        func distance(_ t: Double) throws(GeometryError) -> Double {
            try other.target.distance(from: Self.between(a, b, t)) ?? .infinity
        }
        var (low, high) = (0.0, 1.0)
        var (t1, t2) = (1 - ratio, ratio)
        var (d1, d2) = (try distance(t1), try distance(t2))
        for _ in 0..<34 {
            if d1 < d2 {
                (high, t2, d2) = (t2, t1, d1)
                t1 = high - ratio * (high - low)
                d1 = try distance(t1)
            } else {
                (low, t1, d1) = (t1, t2, d2)
                t2 = low + ratio * (high - low)
                d2 = try distance(t2)
            }
        }
        return min(d1, d2)
    }
}
