public import Geometry

/// Places that lie together, found by how densely they lie, with the rest as noise.
public struct DensityClusters: Sendable {
    /// The cluster of each place, numbered from 0 by their first places; `nil` for noise.
    public let labels: [Int?]
    /// How surely each place belongs to its cluster, from 0 to 1: for DBSCAN 1, and 0 for noise.
    public let probabilities: [Double]
    /// Whether each place is in the core of its cluster: for DBSCAN with enough places around it.
    public let isCore: [Bool]

    /// The number of clusters.
    public var count: Int { (labels.compactMap { $0 }.max() ?? -1) + 1 }

    /// Finds clusters with DBSCAN.
    ///
    /// A place with at least so many places within the distance, itself among them, is a core; cores
    /// within the distance of each other are one cluster, and other places within the distance of a
    /// core belong to it, to the first of several clusters. M. Ester, H.-P. Kriegel, J. Sander and
    /// X. Xu, A density-based algorithm for discovering clusters, 1996.
    ///
    /// - Parameters:
    ///   - places: Longitude, latitude in degrees.
    ///   - distance: How near is near; a place exactly at it counts.
    ///   - least: How many places make a core, itself among them.
    /// - Returns: The clusters; none for no places.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a distance of 0 or fewer than one place, or
    ///   `GeometryError` for a place that is not on the globe.
    /// - Complexity: O(n log n + m) on average for n places and m pairs within the distance.
    public static func dbscan(
        _ places: [Position], within distance: Distance, least: Int
    ) throws -> DensityClusters {
        guard distance.metres > 0, least >= 1 else {
            throw AnalysisError(
                .badArgument, at: "", "\(least) places within \(distance) make no cluster",
                remedy: "ask for at least 1 place within more than 0 m")
        }
        let index = try PointIndex(places)
        let rows = try index.reach(
            longitudes: places.map(\.x), latitudes: places.map(\.y), within: distance)
        let isCore = places.indices.map { rows.entries(of: $0).count >= least }
        var labels: [Int?] = Array(repeating: nil, count: places.count)
        var next = 0
        for start in places.indices where isCore[start] && labels[start] == nil {
            labels[start] = next
            var stack = [start]
            while let place = stack.popLast() {
                for entry in rows.entries(of: place) {
                    let other = Int(rows.indices[entry])
                    guard labels[other] == nil else { continue }
                    labels[other] = next
                    if isCore[other] { stack.append(other) }
                }
            }
            next += 1
        }
        return DensityClusters(
            labels: labels, probabilities: labels.map { $0 == nil ? 0 : 1 }, isCore: isCore)
    }

    /// Finds clusters with HDBSCAN, which needs no distance: dense clusters and thin ones beside each
    /// other, chosen by excess of mass.
    ///
    /// R. J. G. B. Campello, D. Moulavi and J. Sander, Density-based clustering based on hierarchical
    /// density estimates, 2013, https://doi.org/10.1007/978-3-642-37456-2_14. The whole layer is never
    /// one cluster. Distances below a micrometre, those of coincident places, count as one.
    ///
    /// - Parameters:
    ///   - places: Longitude, latitude in degrees.
    ///   - leastCluster: The least number of places in a cluster, at least 2.
    ///   - least: How many places, itself among them, tell how densely a place lies; `nil` for the
    ///     least number in a cluster.
    /// - Returns: The clusters; none for fewer places than a cluster needs.
    /// - Throws: ``AnalysisError`` (`badArgument`) for a cluster of fewer than 2 places or more places
    ///   than can be worked on, or `GeometryError` for a place that is not on the globe.
    /// - Complexity: O(n²) for n places.
    public static func hdbscan(
        _ places: [Position], leastCluster: Int, least: Int? = nil
    ) throws -> DensityClusters {
        let least = least ?? leastCluster
        guard leastCluster >= 2, least >= 1 else {
            throw AnalysisError(
                .badArgument, at: "", "a cluster of \(min(leastCluster, least)) is none",
                remedy: "ask for at least 2 places in a cluster, and 1 for the density")
        }
        guard places.count <= mostHierarchical else {
            throw AnalysisError(
                .badArgument, at: "", "\(places.count) places are too many for HDBSCAN",
                remedy: "choose at most \(mostHierarchical), or DBSCAN, which takes any number")
        }
        guard places.count >= max(leastCluster, least) else {
            return DensityClusters(
                labels: places.map { _ in nil }, probabilities: places.map { _ in 0 },
                isCore: places.map { _ in false })
        }
        let links = try DensityTree.reachability(of: places, least: least)
        let tree = CondensedTree(links, count: places.count, least: leastCluster)
        let (labels, probabilities) = tree.clusters()
        let numbers = Communities.numbered(labels.compactMap { $0 })
        var at = 0
        let ordered = labels.map { label -> Int? in
            guard label != nil else { return nil }
            defer { at += 1 }
            return numbers[at]
        }
        return DensityClusters(
            labels: ordered, probabilities: probabilities, isCore: probabilities.map { $0 == 1 })
    }

    /// How many places HDBSCAN takes at most.
    public static let mostHierarchical = 20_000
}
