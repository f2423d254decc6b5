public import Geometry

/// Distance along the geodesic on the WGS 84 ellipsoid, in metres: the shortest way over the
/// ground, as a bird flies.
///
/// To points within 1 µm of Karney's solution, to lines and areas within 1 mm; 0 inside an area.
public struct GeodesicMetric: Metric {
    /// `geodesic`.
    public let name = "geodesic"

    /// Creates the metric.
    public init() {}

    /// Prepares facilities to be found.
    ///
    /// - Parameter shapes: Longitude, latitude in degrees; `nil` for one without a place.
    /// - Returns: A finder: an index of points, or a scan of lines and areas.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first facility that is not on the
    ///   globe.
    /// - Complexity: O(n log n).
    public func prepare(_ shapes: [Shape?]) throws -> any FacilityFinder {
        var positions: [Position] = []
        var owners: [Int32] = []
        for (facility, shape) in shapes.enumerated() {
            switch shape {
            case nil: break
            case .point(let position)?:
                if position.x.isNaN { break }
                positions.append(position)
                owners.append(Int32(facility))
            default: return try ShapeFinder(shapes)
            }
        }
        do {
            return PointFinder(index: try PointIndex(positions), owners: owners)
        } catch {
            let bad = positions.firstIndex { !$0.isOnGlobe } ?? 0
            throw GeometryError(
                error.code,
                "facility \(owners[bad]) is at \(positions[bad]), which is not a longitude and "
                    + "latitude", remedy: error.remedy)
        }
    }
}

/// Finds facilities that are points.
private struct PointFinder: FacilityFinder {
    let index: PointIndex
    /// The facility of each position of the index.
    let owners: [Int32]

    func nearest(
        longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        let table = try index.nearest(
            longitudes: longitudes, latitudes: latitudes, k: k, within: limit)
        return owners.count == (owners.last.map(Int.init) ?? -1) + 1
            ? table : table.renumbered { owners[$0] }
    }

    func reach(
        longitudes: [Double], latitudes: [Double], within limit: Distance?
    ) throws -> NeighbourRows {
        let rows = try index.reach(longitudes: longitudes, latitudes: latitudes, within: limit)
        return owners.count == (owners.last.map(Int.init) ?? -1) + 1
            ? rows : rows.renumbered { owners[$0] }
    }

    func covering(
        longitudes: [Double], latitudes: [Double], within distances: [Distance]
    ) throws -> [Int]? {
        try index.covering(longitudes: longitudes, latitudes: latitudes, within: distances)
    }
}

/// Finds facilities that are lines, areas or several points each, by asking every one of them.
private struct ShapeFinder: FacilityFinder {
    private let targets: [Target]

    /// A facility, with its positions where it is nothing but points.
    private struct Target: Sendable {
        let facility: Int
        let shape: DistanceTarget
        let points: PointIndex?

        /// Karney's distance to the nearest of its points; to lines and areas `distance` is.
        func settled(_ distance: Double, from place: Position) throws -> Double {
            guard let points, let nearest = try points.nearest(to: place).first else {
                return distance
            }
            return Geodesic.wgs84.distance(from: place, to: points.position(nearest.index))
        }
    }

    /// Distances closer together than this, in metres, are put in order by Karney's solution.
    private static let tieWidth = 2e-6

    init(_ shapes: [Shape?]) throws {
        targets = try shapes.enumerated().compactMap { facility, shape in
            guard let shape, !shape.isEmpty else { return nil }
            do {
                return Target(
                    facility: facility, shape: try DistanceTarget(shape),
                    points: shape.dimension == 0 ? try PointIndex(shape.points) : nil)
            } catch let error as GeometryError {
                throw GeometryError(
                    error.code, "facility \(facility): \(error.problem)", remedy: error.remedy)
            }
        }
    }

    func nearest(
        longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        var table = NeighbourTable(rows: longitudes.count, k: k)
        for row in longitudes.indices where !longitudes[row].isNaN {
            let place = Position(longitudes[row], latitudes[row])
            let longest = limit?.metres ?? .infinity
            var found: [(target: Target, distance: Double)] = []
            for target in targets {
                guard let distance = try target.shape.distance(from: place),
                    distance <= longest + Self.tieWidth
                else { continue }
                found.append((target, distance))
            }
            found.sort { $0.distance < $1.distance }
            let farthest = found.count > k ? found[k - 1].distance + Self.tieWidth : .infinity
            let settled = try found.prefix { $0.distance <= farthest }.map {
                PointIndex.Neighbour(
                    index: $0.target.facility,
                    distance: try $0.target.settled($0.distance, from: place))
            }.filter { $0.distance <= longest }.sorted {
                ($0.distance, $0.index) < ($1.distance, $1.index)
            }
            for (rank, neighbour) in settled.prefix(k).enumerated() {
                table.set(row, rank, neighbour)
            }
        }
        return table
    }
}
