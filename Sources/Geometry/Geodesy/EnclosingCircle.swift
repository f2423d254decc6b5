#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The smallest circle on the WGS 84 ellipsoid that holds given places: the centre from which the
/// farthest of them is nearest.
///
/// Distances are geodesics. Where each place may lie some metres off, its margin is added to its
/// distance; a negative margin takes from it.
///
/// The problem is of the kind that E. Welzl (Smallest enclosing disks (balls and ellipsoids), 1991,
/// https://doi.org/10.1007/BFb0038202) names: three places at most hold the circle. The farthest
/// place outside is taken in, as in B. Gärtner (Fast and robust smallest enclosing balls, 1999,
/// https://doi.org/10.1007/3-540-48481-7_29), and the circle of those that hold it is drawn again;
/// it only ever grows, so that this ends. Circles through two and three places are found by Newton's
/// method on geodesic distances, to below a micrometre.
public struct EnclosingCircle: Hashable, Sendable {
    /// The centre, longitude and latitude in degrees.
    public let centre: Position
    /// The radius in metres, margins included; below 0 where negative margins leave nothing.
    public let radius: Double
    /// The places, by their number from 0, that hold the circle: one, two or three, ascending.
    public let support: [Int]

    /// How far outside, in metres, a place may lie by rounding.
    public static let tolerance = 1e-6

    /// The greatest distance between places, in metres, for which there is one smallest circle for
    /// certain: circles up to that size are convex.
    public static let reach = 9_000_000.0

    /// Finds the smallest circle; `nil` for no places, and for places more than ``reach`` apart.
    ///
    /// - Parameters:
    ///   - places: Longitude, latitude in degrees, all on the globe.
    ///   - margins: Metres to add to the distance of each; none where empty.
    /// - Precondition: As many margins as places, or none.
    /// - Complexity: O(n) for each time a place is taken in, which are few.
    public init?(around places: [Position], margins: [Double] = []) {
        precondition(margins.isEmpty || margins.count == places.count, "one margin a place")
        guard let first = places.first else { return nil }
        let search = Search(
            places: places,
            margins: margins.isEmpty ? Array(repeating: 0, count: places.count) : margins)
        for place in places where search.earth.distance(from: first, to: place) > Self.reach / 2 {
            return nil
        }
        var circle = search.circle([0])
        // A circle that no longer grows beyond rounding is the smallest.
        for _ in 0..<(8 * places.count + 64) {
            let (farthest, distance) = search.farthest(from: circle.centre)
            guard distance > circle.radius + Self.tolerance / 4,
                !circle.support.contains(farthest),
                let next = search.smallest(of: circle.support + [farthest]),
                next.radius > circle.radius
            else { break }
            circle = next
        }
        let farthest = search.farthest(from: circle.centre).distance
        self.init(
            centre: circle.centre, radius: max(circle.radius, farthest), support: circle.support)
    }

    fileprivate init(centre: Position, radius: Double, support: [Int]) {
        self.centre = centre
        self.radius = radius
        self.support = support
    }
}

/// The places around which a circle is sought.
private struct Search {
    let places: [Position]
    let margins: [Double]
    let earth = Geodesic.wgs84

    /// The place whose distance and margin are the greatest.
    func farthest(from centre: Position) -> (place: Int, distance: Double) {
        var best = (place: 0, distance: -Double.infinity)
        for i in places.indices {
            let distance = earth.distance(from: centre, to: places[i]) + margins[i]
            if distance > best.distance { best = (i, distance) }
        }
        return best
    }

    /// The circle around one place.
    func circle(_ support: [Int]) -> EnclosingCircle {
        EnclosingCircle(
            centre: places[support[0]], radius: margins[support[0]], support: support)
    }

    /// The smallest circle around at most four places, of those that one, two or three hold.
    func smallest(of chosen: [Int]) -> EnclosingCircle? {
        var best: EnclosingCircle?
        func consider(_ candidate: EnclosingCircle?) {
            guard let candidate, candidate.radius < best?.radius ?? .infinity else { return }
            let holdsAll = chosen.allSatisfy { i in
                candidate.support.contains(i)
                    || earth.distance(from: candidate.centre, to: places[i]) + margins[i]
                        <= candidate.radius + EnclosingCircle.tolerance / 4
            }
            if holdsAll { best = candidate }
        }
        let chosen = chosen.sorted()
        for (n, i) in chosen.enumerated() {
            consider(circle([i]))
            for (m, j) in chosen.enumerated().dropFirst(n + 1) {
                consider(circle(i, j))
                for k in chosen.dropFirst(m + 1) { consider(circle(i, j, k)) }
            }
        }
        return best
    }

    /// The smallest circle through two places: its centre is on the geodesic between them.
    private func circle(_ i: Int, _ j: Int) -> EnclosingCircle? {
        let line = earth.inverse(from: places[i], to: places[j])
        let radius = (line.distance + margins[i] + margins[j]) / 2
        let step = radius - margins[i]
        guard step >= 0, step <= line.distance else { return nil }
        let centre = earth.direct(from: places[i], azimuth: line.azimuth, distance: step).position
        return EnclosingCircle(centre: centre, radius: radius, support: [i, j])
    }

    /// The circle through three places, by Newton's method in metres east and north of the centre.
    private func circle(_ i: Int, _ j: Int, _ k: Int) -> EnclosingCircle? {
        let three = [i, j, k]
        guard var centre = circle(i, j)?.centre ?? circle(j, k)?.centre ?? circle(i, k)?.centre
        else { return nil }
        var radius = 0.0
        for _ in 0..<60 {
            let lines = three.map { earth.inverse(from: centre, to: places[$0]) }
            let reached = zip(three, lines).map { $1.distance + margins[$0] }
            // A centre on a place itself has no direction to it.
            guard lines.allSatisfy({ $0.distance > 1e-9 }) else { return nil }
            // d − east·sin(azimuth) − north·cos(azimuth) is the same for all three.
            let rows = lines.map { ($0.azimuth * .pi / 180) }.map { (sin($0), cos($0)) }
            let (a, b) = (rows[1].0 - rows[0].0, rows[1].1 - rows[0].1)
            let (c, d) = (rows[2].0 - rows[0].0, rows[2].1 - rows[0].1)
            let (p, q) = (reached[1] - reached[0], reached[2] - reached[0])
            let determinant = a * d - b * c
            guard determinant.magnitude > 1e-12 else { return nil }
            var east = (p * d - b * q) / determinant
            var north = (a * q - c * p) / determinant
            let longest = lines.map(\.distance).max() ?? 0
            let length = (east * east + north * north).squareRoot()
            if length > longest {
                east *= longest / length
                north *= longest / length
            }
            let step = min(length, longest)
            radius = reached.max() ?? 0
            if step < 1e-9 || (reached.max() ?? 0) - (reached.min() ?? 0) < 1e-9 {
                return EnclosingCircle(centre: centre, radius: radius, support: three)
            }
            centre =
                earth.direct(
                    from: centre, azimuth: atan2(east, north) * 180 / .pi, distance: step
                ).position
        }
        // Rounding of geodesics lets the last steps be some nanometres.
        let reached = three.map { earth.distance(from: centre, to: places[$0]) + margins[$0] }
        let spread = (reached.max() ?? 0) - (reached.min() ?? 0)
        guard spread < EnclosingCircle.tolerance / 4 else { return nil }
        return EnclosingCircle(centre: centre, radius: reached.max() ?? 0, support: three)
    }
}
