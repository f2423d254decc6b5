import ClusterAtlasKit

/// P1: the k nearest facilities of every point, by geodesic metres.
///
/// As for the peers, inputs are read before the clock starts; the index is built inside it.
func nearest(
    _ folder: String, points: String, facilities: String, k: Int, threads: Int, runs: Int
) async throws {
    let places = try NumpyFile("\(folder)/points_\(points).npy")
    let sites = try NumpyFile("\(folder)/facilities_\(facilities).npy")
    let (x, y) = (places.column(0), places.column(1))
    let (siteX, siteY) = (sites.column(0), sites.column(1))
    let measurement = Measurement(
        workload: "P1",
        sizes: [("points", x.count), ("facilities", siteX.count), ("k", k), ("threads", threads)],
        runs: runs)
    try await measurement.run(items: x.count) {
        let index = try PointIndex(longitudes: siteX, latitudes: siteY)
        let chunk = FeatureBatch.usualCount
        let starts = Array(stride(from: 0, to: x.count, by: chunk))
        var total = 0.0
        var worst = 0.0
        var next = 0
        try await withThrowingTaskGroup(of: (Double, Double).self) { group in
            func start() {
                guard next < starts.count else { return }
                let range = starts[next]..<min(starts[next] + chunk, x.count)
                next += 1
                group.addTask {
                    let table = try index.nearest(
                        longitudes: Array(x[range]), latitudes: Array(y[range]), k: k)
                    return (table.distances.reduce(0, +), table.distances.max() ?? 0)
                }
            }
            for _ in 0..<threads { start() }
            while let (sum, greatest) = try await group.next() {
                total += sum
                worst = max(worst, greatest)
                start()
            }
        }
        return [("mean_m", total / Double(x.count * k)), ("max_m", worst)]
    }
}
