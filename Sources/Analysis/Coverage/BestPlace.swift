internal import Geometry

/// The place from which the most demand lies within a distance: one facility more, anywhere.
///
/// Boxes of longitude and latitude are halved both ways, the most promising first. No place in a box
/// can reach more than what lies within the distance and half the box's diagonal of its middle, so
/// that boxes which promise no more than has been found are left out (big square, small square:
/// P. Hansen, D. Peeters, D. Richard and J.-F. Thisse, 1985, https://doi.org/10.1287/opre.33.6.1251).
/// Distances are those of the ellipsoid.
struct BestPlace {
    /// Where.
    let place: Position
    /// How many of the positions lie within the distance.
    let count: Int
    /// Their weight.
    let weight: Double

    /// No place reaches more than this much more, as a share, than the one that is found.
    static let tolerance = 1e-3
    /// Boxes of half a diagonal of less than this, in metres, are not cut any more.
    private static let finest = 0.5

    /// A box, and what can be reached from somewhere in it.
    private struct Box {
        let middle: Position
        /// Half of its width and height in degrees.
        let half: (x: Double, y: Double)
        /// The weight that every place in it reaches.
        let sure: Double
        /// The positions that some of its places may reach, and others not.
        let open: [Int]
    }

    /// Finds the place.
    ///
    /// - Parameters:
    ///   - positions: Where the demand is: longitude, latitude in degrees.
    ///   - weights: How much each counts, at least 0.
    ///   - radius: The distance; a position exactly at it counts.
    /// - Returns: A place rounded to 1e-7 degrees; `nil` where there is no weight.
    /// - Complexity: About O(n log n) where demand is not packed within the distance.
    static func find(_ positions: [Position], weights: [Double], within radius: Distance)
        -> BestPlace?
    {
        guard let origin = positions.first, weights.contains(where: { $0 > 0 }) else { return nil }
        // Longitudes on one side of the antimeridian.
        let places = positions.map { place in
            Position(place.x - 360 * ((place.x - origin.x) / 360).rounded(), place.y)
        }
        var box = Envelope(places[0])
        for place in places { box = box.including(place) }
        var search = Search(places: places, weights: weights, radius: radius.metres)
        search.add(
            Box(
                middle: box.centre, half: (box.width * 0.501 + 1e-5, box.height * 0.501 + 1e-5),
                sure: 0, open: Array(places.indices)))
        while let (bound, box) = search.queue.popFirst() {
            if -bound <= search.best.weight * (1 + tolerance) { break }
            for (x, y) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
                search.add(
                    Box(
                        middle: Position(
                            box.middle.x + x * box.half.x, box.middle.y + y * box.half.y),
                        half: (box.half.x / 2, box.half.y / 2), sure: box.sure, open: box.open))
            }
        }
        let found = search.reached(from: search.best.place)
        // Of the places that reach as much, the middle of what is reached is the handiest.
        let middle = Position(
            rounded: found.rows.reduce(0) { $0 + places[$1].x } / Double(found.rows.count),
            found.rows.reduce(0) { $0 + places[$1].y } / Double(found.rows.count))
        let central = search.reached(from: middle)
        let (place, reached) =
            central.weight >= found.weight ? (middle, central) : (search.best.place, found)
        return BestPlace(
            place: Position(place.x - 360 * (place.x / 360).rounded(), place.y),
            count: reached.rows.count, weight: reached.weight)
    }

    private struct Search {
        let places: [Position]
        let weights: [Double]
        let radius: Double
        var best = (place: Position.empty, weight: 0.0)
        var queue = PriorityQueue<Double, Box>()

        /// What lies within the distance of a place.
        func reached(from place: Position) -> (rows: [Int], weight: Double) {
            let rows = places.indices.filter {
                Geodesic.wgs84.distance(from: place, to: places[$0]) <= radius
            }
            return (rows, rows.reduce(0) { $0 + weights[$1] })
        }

        /// Looks at a box: what its middle reaches, and what its places may reach at most.
        mutating func add(_ box: Box) {
            let earth = Geodesic.wgs84
            let corners = [-1.0, 1].map { side in
                earth.distance(
                    from: box.middle,
                    to: Position(box.middle.x + box.half.x, box.middle.y + side * box.half.y))
            }
            let reach = max(corners[0], corners[1]) * (1 + 1e-9)
            // A minute of latitude is nowhere shorter than 1842 m.
            let rise = (radius + reach) / 110_500
            let spread = rise / max(0.01, cosine(box.middle.y.magnitude + rise))
            let near = (radius + 1) / 110_500
            let middleSpread = near / max(0.01, cosine(box.middle.y.magnitude + near))
            let centre = Position(rounded: box.middle.x, box.middle.y)
            var (sure, here, possible) = (box.sure, box.sure, box.sure)
            var open: [Int] = []
            for i in box.open {
                let place = places[i]
                if (place.y - box.middle.y).magnitude > rise
                    || (place.x - box.middle.x).magnitude > spread
                {
                    continue
                }
                // In a wide box no place is sure, and the middle reaches only what is near to it.
                if reach > radius,
                    (place.y - box.middle.y).magnitude > near
                        || (place.x - box.middle.x).magnitude > middleSpread
                {
                    possible += weights[i]
                    open.append(i)
                    continue
                }
                let distance = earth.distance(from: centre, to: place)
                // The middle was rounded by up to 8 mm.
                if distance > radius + reach + 0.01 { continue }
                possible += weights[i]
                if distance <= radius { here += weights[i] }
                if distance + reach + 0.01 <= radius {
                    sure += weights[i]
                } else {
                    open.append(i)
                }
            }
            if here > best.weight || best.place.x.isNaN { best = (centre, here) }
            guard reach > BestPlace.finest, possible > best.weight * (1 + BestPlace.tolerance)
            else { return }
            queue.insert(
                Box(middle: box.middle, half: box.half, sure: sure, open: open), priority: -possible
            )
        }

        private func cosine(_ degrees: Double) -> Double {
            // Below 90° at least cos x, from the series, which suffices for a bound.
            let x = min(degrees, 90) * .pi / 180
            return max(0, 1 - x * x / 2)
        }
    }
}

extension Position {
    /// A position on the grid of results.
    fileprivate init(rounded x: Double, _ y: Double) {
        self.init((x * 1e7).rounded() / 1e7, (y * 1e7).rounded() / 1e7)
    }
}
