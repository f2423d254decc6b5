/// How central each node of a network is.
///
/// The definitions are those of NetworkX, so that numbers can be compared.
public struct Centrality: Sendable {
    /// How many links each node has.
    public let degree: [Int]
    /// The strengths of each node's links together.
    public let strength: [Double]
    /// How near each node is to those it can reach by links, in 1/metre.
    ///
    /// Their number over the sum of the lengths, times their share of all others (S. Wasserman and
    /// K. Faust, 1994, https://doi.org/10.1017/CBO9780511815478); 0 for a node without links.
    public let closeness: [Double]
    /// The share of shortest ways between others that pass each node, of 1 at most.
    ///
    /// Several shortest ways share. U. Brandes, 2001, https://doi.org/10.1080/0022250X.2001.9990249.
    public let betweenness: [Double]
    /// The principal eigenvector of the strengths, of length 1.
    ///
    /// `nil` where it is hard to tell, as where two parts of the network are nearly alike. Nodes
    /// outside the strongest part have 0. P. Bonacich, 1987, https://doi.org/10.1086/228631.
    public let eigenvector: [Double]?

    /// Measures a network.
    ///
    /// Links between coincident places count as one micrometre long.
    ///
    /// - Parameter network: The network.
    /// - Complexity: O(n·(m log n)) for n nodes and m links.
    public init(of network: SpatialNetwork) {
        degree = (0..<network.count).map { network.links(of: $0).count }
        strength = (0..<network.count).map { node in
            network.links(of: node).reduce(0) { $0 + network.edges[$1.edge].strength }
        }
        var closeness = Array(repeating: 0.0, count: network.count)
        var betweenness = Array(repeating: 0.0, count: network.count)
        var paths = ShortestPaths(network)
        for source in 0..<network.count {
            paths.search(from: source)
            let others = paths.order.count - 1
            let total = paths.order.reduce(0) { $0 + paths.distances[$1] }
            if others > 0, total > 0 {
                closeness[source] =
                    Double(others) / total * Double(others) / Double(network.count - 1)
            }
            for (node, share) in paths.dependencies() where node != source {
                betweenness[node] += share
            }
        }
        let pairs = Double((network.count - 1) * (network.count - 2))
        self.closeness = closeness
        self.betweenness = betweenness.map { pairs > 0 ? $0 / pairs : 0 }
        eigenvector = Self.eigenvector(of: network)
    }

    /// Power iteration on the strengths with half the greatest row sum added to the diagonal, which
    /// leaves the eigenvectors and keeps signs from alternating.
    private static func eigenvector(of network: SpatialNetwork) -> [Double]? {
        let rows = (0..<network.count).map { node in
            network.links(of: node).reduce(0) { $0 + network.edges[$1.edge].strength }
        }
        guard let greatest = rows.max(), greatest > 0, greatest.isFinite else { return nil }
        let shift = greatest / 4
        var vector = Array(repeating: 1 / Double(network.count).squareRoot(), count: network.count)
        for _ in 0..<iterations {
            var next = vector.map { $0 * shift }
            for edge in network.edges {
                next[edge.from] += edge.strength * vector[edge.to]
                next[edge.to] += edge.strength * vector[edge.from]
            }
            let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for i in next.indices { next[i] /= length }
            let change = zip(next, vector).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
            vector = next
            if change < tolerance { return vector.map { $0 < 1e-12 ? 0 : $0 } }
        }
        return nil
    }

    private static let iterations = 20_000
    private static let tolerance = 1e-14
}

/// Shortest ways from one node to all others, with how many there are.
///
/// E. W. Dijkstra, 1959, https://doi.org/10.1007/BF01386390.
private struct ShortestPaths {
    let network: SpatialNetwork
    private let lengths: [Double]
    /// The nodes reached, the nearest first.
    private(set) var order: [Int] = []
    /// How far each node is; infinite where it is not reached.
    private(set) var distances: [Double]
    private var counts: [Double]
    private var before: [[Int]]

    init(_ network: SpatialNetwork) {
        self.network = network
        lengths = network.edges.map { max($0.distance, 1e-6) }
        distances = Array(repeating: .infinity, count: network.count)
        counts = Array(repeating: 0, count: network.count)
        before = Array(repeating: [], count: network.count)
    }

    mutating func search(from source: Int) {
        for node in order {
            distances[node] = .infinity
            counts[node] = 0
            before[node] = []
        }
        order = []
        var queue = DistanceQueue()
        var isDone = Array(repeating: false, count: network.count)
        distances[source] = 0
        counts[source] = 1
        queue.push(0, source)
        while let (distance, node) = queue.pop() {
            if isDone[node] { continue }
            isDone[node] = true
            order.append(node)
            for link in network.links(of: node) where !isDone[link.node] {
                let reached = distance + lengths[link.edge]
                if reached < distances[link.node] {
                    distances[link.node] = reached
                    counts[link.node] = counts[node]
                    before[link.node] = [node]
                    queue.push(reached, link.node)
                } else if reached == distances[link.node] {
                    counts[link.node] += counts[node]
                    before[link.node].append(node)
                }
            }
        }
    }

    /// How many of the shortest ways from the source pass each node, as Brandes adds them up.
    func dependencies() -> [(node: Int, share: Double)] {
        var shares = Array(repeating: 0.0, count: network.count)
        for node in order.reversed() {
            for previous in before[node] {
                shares[previous] += counts[previous] / counts[node] * (1 + shares[node])
            }
        }
        return order.map { ($0, shares[$0]) }
    }
}

/// A heap of nodes by distance, and by number where that is equal.
private struct DistanceQueue {
    private var heap: [(Double, Int)] = []

    mutating func push(_ distance: Double, _ node: Int) {
        heap.append((distance, node))
        var at = heap.count - 1
        while at > 0, heap[at] < heap[(at - 1) / 2] {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func pop() -> (Double, Int)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var at = 0
        while 2 * at + 1 < heap.count {
            var child = 2 * at + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            if heap[at] <= heap[child] { break }
            heap.swapAt(at, child)
            at = child
        }
        return first
    }
}
