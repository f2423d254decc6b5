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
}

/// Finds facilities that are lines, areas or several points each, by asking every one of them.
private struct ShapeFinder: FacilityFinder {
    let targets: [(facility: Int, target: DistanceTarget)]

    init(_ shapes: [Shape?]) throws {
        targets = try shapes.enumerated().compactMap { facility, shape in
            guard let shape, !shape.isEmpty else { return nil }
            do {
                return (facility, try DistanceTarget(shape))
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
            var found: [PointIndex.Neighbour] = []
            for (facility, target) in targets {
                guard let distance = try target.distance(from: place),
                    distance <= limit?.metres ?? .infinity
                else { continue }
                found.append(.init(index: facility, distance: distance))
            }
            found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
            for (rank, neighbour) in found.prefix(k).enumerated() {
                table.set(row, rank, neighbour)
            }
        }
        return table
    }
}
