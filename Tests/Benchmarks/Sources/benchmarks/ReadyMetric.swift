import ClusterAtlasKit
import Synchronization

/// A metric that keeps the rows it was asked for, so that what is done with ready pairs can be timed alone.
final class ReadyMetric: Metric {
    /// The first place of a block tells it from others.
    private struct Block: Hashable {
        let longitude: Double
        let latitude: Double
        let count: Int
    }

    private let known = Mutex<[Block: NeighbourRows]>([:])

    let name = "ready"

    /// How many pairs are ready.
    var pairs: Int { known.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    func prepare(_ shapes: [Shape?]) throws -> any FacilityFinder {
        Finder(base: try GeodesicMetric().prepare(shapes), metric: self)
    }

    private struct Finder: FacilityFinder {
        let base: any FacilityFinder
        let metric: ReadyMetric

        func nearest(
            longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
        ) throws -> NeighbourTable {
            try base.nearest(longitudes: longitudes, latitudes: latitudes, k: k, within: limit)
        }

        func reach(
            longitudes: [Double], latitudes: [Double], within limit: Distance?
        ) throws -> NeighbourRows {
            guard let longitude = longitudes.first, let latitude = latitudes.first else {
                return NeighbourRows()
            }
            let block = Block(longitude: longitude, latitude: latitude, count: longitudes.count)
            if let rows = metric.known.withLock({ $0[block] }) { return rows }
            let rows = try base.reach(longitudes: longitudes, latitudes: latitudes, within: limit)
            metric.known.withLock { $0[block] = rows }
            return rows
        }
    }
}
