import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// How far a distance may lie from Karney's, in metres: what the point index promises, the rounding
/// of results to the micrometre included.
let micrometre = 1e-6

/// The distance that judges all others.
func karney(_ a: Position, _ b: Position) -> Double { Geodesic.wgs84.distance(from: a, to: b) }

/// Positions in order of Karney's distance, equal ones as given, by a full scan.
func scan(_ positions: [Position?], from place: Position) -> [(index: Int, distance: Double)] {
    positions.enumerated().compactMap { i, position in
        position.map { (index: i, distance: karney(place, $0)) }
    }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
}

extension FeatureBatch {
    /// Points, `nil` for features without a place.
    init(points: [Position?], ids: Column? = nil, firstIndex: Int = 0) {
        self.init(
            geometry: GeometryColumn(points.map { $0.map { Shape.point($0) } }), ids: ids,
            firstIndex: firstIndex)
    }

    init(shapes: [Shape?], ids: [String]? = nil) {
        self.init(geometry: GeometryColumn(shapes), ids: ids.map { .string($0) })
    }

    /// The batch with a column more.
    func with(_ name: String, _ column: Column) -> FeatureBatch {
        var batch = self
        batch.set(name, column)
        return batch
    }

    /// The numbers of a column, which must be there.
    func numbers(_ name: String) -> [Double?] {
        guard let column = self[name] else {
            Issue.record("no column \(name) among \(columns.map(\.name))")
            return []
        }
        return (0..<count).map { column.number($0) }
    }

    /// The texts of a column, which must be there.
    func texts(_ name: String) -> [String?] {
        guard let column = self[name] else {
            Issue.record("no column \(name) among \(columns.map(\.name))")
            return []
        }
        return (0..<count).map { column[$0].text }
    }

    /// The truth values of a column, which must be there.
    func truths(_ name: String) -> [Bool?] {
        guard let column = self[name] else {
            Issue.record("no column \(name) among \(columns.map(\.name))")
            return []
        }
        return (0..<count).map { if case .bool(let value) = column[$0] { value } else { nil } }
    }

    /// The batch cut into batches of so many features.
    func cut(into size: Int) -> [FeatureBatch] {
        stride(from: 0, to: count, by: size).map { start in
            var part = taking(Array(start..<min(start + size, count)))
            part.firstIndex = firstIndex + start
            return part
        }
    }

    /// The batch with all its points turned eastwards, longitudes within ±180.
    func turned(by degrees: Double) -> FeatureBatch {
        var batch = self
        batch.geometry = GeometryColumn(
            geometry.shapes.map { shape in
                shape?.mapPositions { Position(east($0.x, degrees), $0.y) }
            })
        return batch
    }
}

/// A longitude turned eastwards, within ±180.
func east(_ longitude: Double, _ degrees: Double) -> Double {
    let x = longitude + degrees
    return x > 180 ? x - 360 : x < -180 ? x + 360 : x
}

extension FacilityLayer {
    init(_ name: String, _ positions: [Position?], ids: Column? = nil) throws {
        try self.init(name: name, FeatureBatch(points: positions, ids: ids))
    }
}

/// The ring of a box with vertices so many degrees apart, between which the geodesic, by which
/// areas are measured, hardly leaves the straight line of the map.
func box(
    _ west: Double, _ south: Double, _ east: Double, _ north: Double, step: Double = 0.01
) -> [Position] {
    let corners = [
        Position(west, south), Position(east, south), Position(east, north), Position(west, north),
    ]
    var ring: [Position] = []
    for (a, b) in zip(corners, corners[1...] + corners.prefix(1)) {
        let pieces = max(1, Int((max(abs(b.x - a.x), abs(b.y - a.y)) / step).rounded()))
        for i in 0..<pieces {
            let t = Double(i) / Double(pieces)
            ring.append(Position(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t))
        }
    }
    return ring + ring.prefix(1)
}

/// A plane in which a degree is a kilometre either way: what another metric may be.
struct PlaneMetric: Metric {
    let name = "plane"

    func prepare(_ shapes: [Shape?]) throws -> any FacilityFinder {
        Finder(places: try shapes.map { try $0?.interiorPoint() })
    }

    struct Finder: FacilityFinder {
        let places: [Position?]

        func nearest(
            longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
        ) throws -> NeighbourTable {
            var table = NeighbourTable(rows: longitudes.count, k: k)
            for row in longitudes.indices where !longitudes[row].isNaN {
                let found = places.enumerated().compactMap { i, place -> PointIndex.Neighbour? in
                    guard let place else { return nil }
                    let (x, y) = (place.x - longitudes[row], place.y - latitudes[row])
                    let distance = 1000 * (x * x + y * y).squareRoot()
                    guard distance <= limit?.metres ?? .infinity else { return nil }
                    return PointIndex.Neighbour(index: i, distance: distance)
                }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
                for (rank, neighbour) in found.prefix(k).enumerated() {
                    table.set(row, rank, neighbour)
                }
            }
            return table
        }
    }
}
