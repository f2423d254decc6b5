internal import Features
internal import Geometry

/// The convex hull of all demand, batch after batch.
struct DemandHull: Sendable {
    /// Positions whose convex hull holds all demand.
    private(set) var corners: [Position] = []

    /// Takes in the places of a batch.
    ///
    /// What lies inside the octagon of the outermost places in eight directions is no corner and is
    /// left out beforehand (S. G. Akl and G. T. Toussaint, 1978,
    /// https://doi.org/10.1016/0020-0190(78)90003-0); GEOS finds the corners among the rest.
    ///
    /// - Parameter places: The places.
    /// - Throws: Where the hull cannot be found.
    mutating func add(_ places: Places) throws {
        var candidates = corners
        let octagon = Octagon(places, corners)
        for row in 0..<places.count {
            let place = Position(places.longitudes[row], places.latitudes[row])
            if place.x.isNaN || octagon.holds(place) { continue }
            candidates.append(place)
        }
        guard candidates.count > corners.count else { return }
        switch try Shape.multiPoint(candidates).convexHull() {
        case .polygon(let rings): corners = rings.first.map { Array($0.dropLast()) } ?? []
        case let other: corners = other.lines.first ?? other.points
        }
    }

    /// The outermost places in eight directions, joined counterclockwise.
    private struct Octagon {
        private var edges: [(from: Position, x: Double, y: Double)] = []

        init(_ places: Places, _ corners: [Position]) {
            // The directions turn counterclockwise, so the places do too.
            let directions: [(Double, Double)] = [
                (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1),
            ]
            var best = [Double](repeating: -.infinity, count: 8)
            var found = [Position](repeating: Position(0, 0), count: 8)
            func look(at place: Position) {
                for (i, direction) in directions.enumerated() {
                    let reach = place.x * direction.0 + place.y * direction.1
                    if reach > best[i] { (best[i], found[i]) = (reach, place) }
                }
            }
            for row in 0..<places.count {
                let place = Position(places.longitudes[row], places.latitudes[row])
                if !place.x.isNaN { look(at: place) }
            }
            for corner in corners { look(at: corner) }
            guard best[0].isFinite else { return }
            for (i, from) in found.enumerated() {
                let to = found[(i + 1) % 8]
                if from != to { edges.append((from, to.x - from.x, to.y - from.y)) }
            }
            if edges.count < 3 { edges = [] }
        }

        /// Whether a place is inside by more than rounding can be wrong.
        func holds(_ place: Position) -> Bool {
            !edges.isEmpty
                && edges.allSatisfy { edge in
                    edge.x * (place.y - edge.from.y) - edge.y * (place.x - edge.from.x) > 1e-9
                }
        }
    }
}
