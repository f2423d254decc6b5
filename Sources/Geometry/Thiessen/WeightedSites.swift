/// Sites with weights: a place belongs to the one whose distance divided by its weight is least.
///
/// The multiplicatively weighted Voronoi diagram of F. Aurenhammer and H. Edelsbrunner, 1984,
/// https://doi.org/10.1016/0031-3203(84)90064-5, with distances along the geodesic. A k-d tree over
/// the sites' positions from the centre of the earth holds the greatest weight below each node, so
/// that what cannot win is passed over; chords are never longer than geodesics.
public struct WeightedSites: Sendable {
    /// Longitude, latitude in degrees.
    let positions: [Position]
    /// More than 0 for a site that can own a place.
    let weights: [Double]
    private let points: [EarthCentred]
    /// The sites in the order of the tree.
    private let order: [Int]
    private let nodes: [Node]

    private struct Node: Sendable {
        let range: Range<Int>
        let low: EarthCentred
        let high: EarthCentred
        let greatest: Double
        /// The places of the two halves; `nil` for a leaf.
        let children: (Int, Int)?
    }

    /// A site found.
    public struct Owner: Hashable, Sendable {
        /// Its place in the order given, from 0.
        public let index: Int
        /// The length of the geodesic to it in metres.
        public let distance: Double
        /// That length divided by the site's weight.
        public let weighted: Double
    }

    /// Builds an index.
    ///
    /// - Parameters:
    ///   - positions: Longitude, latitude in degrees.
    ///   - weights: At least 0, as many as positions; a site of weight 0 owns nothing.
    /// - Throws: ``GeometryError`` for a position that is not on the globe or a weight that is no
    ///   number of at least 0.
    /// - Complexity: O(n log² n).
    public init(_ positions: [Position], weights: [Double]) throws(GeometryError) {
        precondition(positions.count == weights.count, "as many weights as positions")
        for (i, position) in positions.enumerated() {
            guard position.isOnGlobe else {
                throw GeometryError(
                    .badPosition,
                    "position \(i) is \(position), which is not a longitude and latitude",
                    remedy: position.swappedRemedy)
            }
            guard weights[i].isFinite, weights[i] >= 0 else {
                throw GeometryError(
                    .badArgument, "weight \(i) is \(weights[i]), which is no number of at least 0",
                    remedy: "give weights of at least 0")
            }
        }
        self.positions = positions
        self.weights = weights
        points = positions.map { EarthCentred($0) }
        var order = positions.indices.filter { weights[$0] > 0 }
        var nodes: [Node] = []
        if !order.isEmpty {
            _ = Self.build(&order, order.indices, points, weights, &nodes)
        }
        self.order = order
        self.nodes = nodes
    }

    private static func build(
        _ order: inout [Int], _ range: Range<Int>, _ points: [EarthCentred], _ weights: [Double],
        _ nodes: inout [Node]
    ) -> Int {
        var (low, high) = (points[order[range.lowerBound]], points[order[range.lowerBound]])
        var greatest = 0.0
        for site in order[range] {
            let p = points[site]
            low = EarthCentred(x: min(low.x, p.x), y: min(low.y, p.y), z: min(low.z, p.z))
            high = EarthCentred(x: max(high.x, p.x), y: max(high.y, p.y), z: max(high.z, p.z))
            greatest = max(greatest, weights[site])
        }
        var children: (Int, Int)?
        if range.count > 8 {
            let extents = [high.x - low.x, high.y - low.y, high.z - low.z]
            let axis = extents.indices.max { extents[$0] < extents[$1] } ?? 0
            func key(_ site: Int) -> Double {
                axis == 0 ? points[site].x : axis == 1 ? points[site].y : points[site].z
            }
            order[range].sort { (key($0), $0) < (key($1), $1) }
            let middle = (range.lowerBound + range.upperBound) / 2
            children = (
                build(&order, range.lowerBound..<middle, points, weights, &nodes),
                build(&order, middle..<range.upperBound, points, weights, &nodes)
            )
        }
        nodes.append(
            Node(range: range, low: low, high: high, greatest: greatest, children: children))
        return nodes.count - 1
    }

    /// The number of sites.
    public var count: Int { positions.count }

    /// The weight of a site.
    ///
    /// - Parameter site: Its place in the order given, from 0.
    /// - Returns: At least 0.
    public func weight(_ site: Int) -> Double { weights[site] }

    /// The site to which a place belongs.
    ///
    /// - Parameter place: Longitude, latitude in degrees.
    /// - Returns: The site of the least distance divided by weight, by Karney's distance; of equal
    ///   ones the one of the greatest weight, and of those the first. `nil` where no weight is
    ///   above 0.
    /// - Complexity: O(log n) on average where weights do not differ by orders of magnitude.
    public func owner(of place: Position) -> Owner? {
        guard !nodes.isEmpty else { return nil }
        let origin = EarthCentred(place)
        var best: Owner?
        var waiting = [(nodes.count - 1, bound(nodes.count - 1, origin))]
        while let (at, least) = waiting.popLast() {
            if let best, least > best.weighted { continue }
            let node = nodes[at]
            guard let (one, two) = node.children else {
                for site in order[node.range] {
                    let chord = origin.squaredChord(to: points[site]).squareRoot()
                    // A hair for the rounding of chords.
                    if let best, (chord - 1e-6) / weights[site] > best.weighted { continue }
                    let distance = Geodesic.wgs84.distance(from: place, to: positions[site])
                    let weighted = distance / weights[site]
                    if best.map({ precedes(weighted, site, $0) }) ?? true {
                        best = Owner(index: site, distance: distance, weighted: weighted)
                    }
                }
                continue
            }
            let (a, b) = (bound(one, origin), bound(two, origin))
            // The more promising half is looked at first.
            waiting += a < b ? [(two, b), (one, a)] : [(one, a), (two, b)]
        }
        return best
    }

    private func precedes(_ weighted: Double, _ site: Int, _ other: Owner) -> Bool {
        if weighted != other.weighted { return weighted < other.weighted }
        // At its own position a site of less weight is as near as the one whose area it lies in.
        return (-weights[site], site) < (-weights[other.index], other.index)
    }

    /// What no site below a node falls short of.
    private func bound(_ at: Int, _ p: EarthCentred) -> Double {
        let node = nodes[at]
        let x = max(0, node.low.x - p.x, p.x - node.high.x)
        let y = max(0, node.low.y - p.y, p.y - node.high.y)
        let z = max(0, node.low.z - p.z, p.z - node.high.z)
        return max(0, (x * x + y * y + z * z).squareRoot() - 1e-6) / node.greatest
    }
}
