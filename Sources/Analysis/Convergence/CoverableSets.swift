internal import Geometry

/// All maximal sets of places that lie within one circle of a given radius on the ellipsoid.
///
/// A circle that holds a set can be moved until two of the places lie on its edge, unless it holds
/// one alone. So the circles of that radius through each two places that are near enough hold all
/// maximal sets, and those that are part of another are left out: as for disks in the plane
/// (B. M. Chazelle and D. T. Lee, On a circle placement problem, 1986,
/// https://doi.org/10.1007/BF02238188).
struct CoverableSets {
    private let places: [Position]
    private let radius: Double
    private let index: PointIndex
    private let earth = Geodesic.wgs84

    /// Prepares the search.
    ///
    /// - Parameters:
    ///   - places: Longitude, latitude in degrees.
    ///   - radius: The radius of the circle in metres; a place exactly on it is within.
    /// - Throws: `GeometryError` where a place is not on the globe.
    init(of places: [Position], radius: Double) throws {
        self.places = places
        self.radius = radius
        index = try PointIndex(places)
    }

    /// The sets, each in ascending order, one after the other in the order of their numbers.
    ///
    /// - Complexity: O(n·m²) for n places with m within twice the radius of each.
    func all() throws -> [[Int]] {
        var found: Set<[Int]> = []
        for i in places.indices {
            // Where a place is alone, it is a set of its own.
            found.insert(try within(places[i]))
            for j in try neighbours(of: places[i], within: 2 * radius) where j > i {
                for centre in centres(i, j) { found.insert(try within(centre)) }
            }
        }
        let allowed = found.filter { set in
            EnclosingCircle(around: set.map { places[$0] }).map {
                $0.radius <= radius + ConvergenceRule.radiusTolerance
            } ?? false
        }
        return Self.maximal(Array(allowed)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The places within the radius of a centre.
    private func within(_ centre: Position) throws -> [Int] {
        try neighbours(of: centre, within: radius)
    }

    private func neighbours(of place: Position, within metres: Double) throws -> [Int] {
        let rows = try index.reach(
            longitudes: [place.x], latitudes: [place.y],
            within: .metres(metres + ConvergenceRule.radiusTolerance))
        return rows.indices.map { Int($0) }
    }

    /// The centres of the circles of the radius through two places, one to each side.
    private func centres(_ i: Int, _ j: Int) -> [Position] {
        let line = earth.inverse(from: places[i], to: places[j])
        guard line.distance > 0 else { return [] }
        if line.distance >= 2 * radius - ConvergenceRule.radiusTolerance {
            return [
                earth.direct(
                    from: places[i], azimuth: line.azimuth, distance: line.distance / 2
                ).position
            ]
        }
        return [-1.0, 1.0].map { side in
            // The farther the centre is turned from the other place, the farther it is from it.
            var near = line.azimuth
            var far = line.azimuth + side * 180
            func centre(_ azimuth: Double) -> Position {
                earth.direct(from: places[i], azimuth: azimuth, distance: radius).position
            }
            for _ in 0..<60 where (far - near).magnitude > 1e-13 {
                let middle = (near + far) / 2
                if earth.distance(from: centre(middle), to: places[j]) <= radius {
                    near = middle
                } else {
                    far = middle
                }
            }
            return centre(near)
        }
    }

    /// The sets that are not part of another.
    static func maximal(_ sets: [[Int]]) -> [[Int]] {
        // Longer sets first: a set can only be part of one that is already kept.
        let sorted = sets.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1)
        }
        var kept: [Set<Int>] = []
        var result: [[Int]] = []
        var holding: [Int: [Int]] = [:]
        for set in sorted {
            guard let first = set.first else { continue }
            let isPart = (holding[first] ?? []).contains { kept[$0].isSuperset(of: set) }
            if isPart { continue }
            for place in set { holding[place, default: []].append(kept.count) }
            kept.append(Set(set))
            result.append(set)
        }
        return result
    }
}
