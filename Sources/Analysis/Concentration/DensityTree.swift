internal import Geometry

/// The minimum spanning tree of mutual reachability: of two places the distance between them, but no
/// less than each needs to have enough others around it.
enum DensityTree {
    /// A link of the tree.
    struct Link {
        let from: Int
        let to: Int
        let length: Length
        /// The mutual reachability in metres.
        var distance: Double { length.mutual }
    }

    /// The mutual reachability of two places, and their distance, which tells where that is equal.
    struct Length: Comparable {
        var mutual = Double.infinity
        var direct = Double.infinity

        static func < (a: Length, b: Length) -> Bool {
            (a.mutual, a.direct) < (b.mutual, b.direct)
        }
    }

    /// The links, the shortest first.
    ///
    /// A place in thin surroundings is equally reachable from many others; that the nearest comes
    /// first makes the answer the same for any order of the places. R. C. Prim, 1957, https://doi.org/10.1002/j.1538-7305.1957.tb01515.x.
    static func reachability(of places: [Position], least: Int) throws -> [Link] {
        let index = try PointIndex(places)
        func distances(_ place: Int) throws -> [Double] {
            try index.reach(
                longitudes: [places[place].x], latitudes: [places[place].y], within: nil
            ).distances
        }
        let table = try index.nearest(
            longitudes: places.map(\.x), latitudes: places.map(\.y), k: least, within: nil)
        let cores = places.indices.map { table[$0, least - 1]?.distance ?? .infinity }
        var reached = Array(repeating: Length(), count: places.count)
        var sources = Array(repeating: 0, count: places.count)
        var isIn = Array(repeating: false, count: places.count)
        var links: [Link] = []
        var current = 0
        for _ in 1..<places.count {
            isIn[current] = true
            var best = -1
            for (other, distance) in try distances(current).enumerated() where !isIn[other] {
                let length = Length(
                    mutual: max(1e-6, distance, cores[current], cores[other]), direct: distance)
                if length < reached[other] {
                    reached[other] = length
                    sources[other] = current
                }
                if best < 0 || reached[other] < reached[best] { best = other }
            }
            links.append(Link(from: sources[best], to: best, length: reached[best]))
            current = best
        }
        return links.enumerated().sorted {
            ($0.element.length, $0.offset) < ($1.element.length, $1.offset)
        }.map(\.element)
    }
}

/// The hierarchy of clusters, from which all that is smaller than a cluster falls off.
///
/// Density is told as λ, one over the distance in metres.
struct CondensedTree {
    /// What leaves a cluster: a place, or a cluster of its own.
    private struct Leaving {
        let parent: Int
        /// The place, or the number of the cluster.
        let child: Int
        let isCluster: Bool
        let lambda: Double
        let size: Int
    }

    private let count: Int
    private var leaving: [Leaving] = []
    /// The parent of each cluster; 0 is the whole.
    private var parents = [0]
    private var births = [0.0]

    init(_ links: [DensityTree.Link], count: Int, least: Int) {
        self.count = count
        // The dendrogram: nodes from `count` on join two others at a distance.
        var left: [Int] = []
        var right: [Int] = []
        var heights: [Double] = []
        var sizes = Array(repeating: 1, count: count)
        var sets = DisjointSets(count: count)
        var nodes = Array(0..<count)
        for link in links {
            let (a, b) = (nodes[sets.root(of: link.from)], nodes[sets.root(of: link.to)])
            left.append(a)
            right.append(b)
            heights.append(link.distance)
            sizes.append(sizes[a] + sizes[b])
            _ = sets.join(link.from, link.to)
            nodes[sets.root(of: link.from)] = count + left.count - 1
        }
        func places(below node: Int) -> [Int] {
            var stack = [node]
            var found: [Int] = []
            while let next = stack.popLast() {
                if next < count {
                    found.append(next)
                } else {
                    stack += [left[next - count], right[next - count]]
                }
            }
            return found
        }
        var stack = [(node: count + left.count - 1, cluster: 0)]
        while let (node, cluster) = stack.popLast() {
            if node < count { continue }
            let lambda = 1 / heights[node - count]
            let children = [left[node - count], right[node - count]]
            let isSplit = children.allSatisfy { sizes[$0] >= least }
            for child in children {
                if isSplit {
                    let number = parents.count
                    parents.append(cluster)
                    births.append(lambda)
                    leaving.append(
                        Leaving(
                            parent: cluster, child: number, isCluster: true, lambda: lambda,
                            size: sizes[child]))
                    stack.append((child, number))
                } else if sizes[child] >= least {
                    stack.append((child, cluster))
                } else {
                    for place in places(below: child) {
                        leaving.append(
                            Leaving(
                                parent: cluster, child: place, isCluster: false, lambda: lambda,
                                size: 1))
                    }
                }
            }
        }
    }

    /// The clusters that last longest, none within another, and how long each place stays in its own.
    func clusters() -> (labels: [Int?], probabilities: [Double]) {
        var stability = Array(repeating: 0.0, count: parents.count)
        var below = Array(repeating: 0.0, count: parents.count)
        var isChosen = Array(repeating: true, count: parents.count)
        isChosen[0] = false
        for leave in leaving {
            stability[leave.parent] += (leave.lambda - births[leave.parent]) * Double(leave.size)
        }
        // Children have higher numbers than their parents.
        for cluster in parents.indices.dropFirst().reversed() {
            if below[cluster] > stability[cluster] {
                isChosen[cluster] = false
                stability[cluster] = below[cluster]
            }
            below[parents[cluster]] += stability[cluster]
        }
        var owner = Array(repeating: 0, count: parents.count)
        for cluster in parents.indices.dropFirst() {
            let above = owner[parents[cluster]]
            owner[cluster] = above > 0 ? above : isChosen[cluster] ? cluster : 0
        }
        var labels: [Int?] = Array(repeating: nil, count: count)
        var lambdas = Array(repeating: 0.0, count: count)
        var greatest = Array(repeating: 0.0, count: parents.count)
        for leave in leaving where owner[leave.parent] > 0 {
            let cluster = owner[leave.parent]
            greatest[cluster] = max(greatest[cluster], leave.lambda)
            guard !leave.isCluster else { continue }
            labels[leave.child] = cluster
            lambdas[leave.child] = leave.lambda
        }
        let probabilities = labels.indices.map { place in
            labels[place].map { greatest[$0] > 0 ? lambdas[place] / greatest[$0] : 1 } ?? 0
        }
        return (labels, probabilities)
    }
}
