/// Groups of nodes that are linked more strongly among each other than their strengths let expect.
public struct Communities: Sendable {
    /// The community of each node, numbered from 0 by their first nodes; a node without links is one of
    /// its own.
    public let labels: [Int]
    /// How good the division is: the share of strength within communities, less the share expected.
    ///
    /// 0 for a network without links. M. E. J. Newman and M. Girvan, 2004,
    /// https://doi.org/10.1103/PhysRevE.69.026113.
    public let modularity: Double

    /// The number of communities.
    public var count: Int { (labels.max() ?? -1) + 1 }

    /// Divides a network by the Leiden algorithm, so that every community is connected.
    ///
    /// V. A. Traag, L. Waltman and N. J. van Eck, From Louvain to Leiden: guaranteeing well-connected
    /// communities, 2019, https://doi.org/10.1038/s41598-019-41695-z. Of several starts the division of
    /// the greatest modularity is kept, the first of equal ones.
    ///
    /// - Parameters:
    ///   - network: The network; links of strength 0 count as none.
    ///   - seed: The same seed gives the same communities.
    ///   - resolution: More than 1 gives smaller communities, less than 1 larger ones.
    ///   - starts: How many times it is tried, at least 1.
    /// - Complexity: O(m) for m links on average, for each round and start.
    public init(
        of network: SpatialNetwork, seed: UInt64 = 1, resolution: Double = 1, starts: Int = 10
    ) {
        let graph = CommunityGraph(network)
        var random = SplitMix64(seed: seed)
        var best: (labels: [Int], modularity: Double)?
        for _ in 0..<max(1, starts) {
            let labels = LeidenSearch(resolution: resolution).divide(graph, &random)
            let modularity = graph.modularity(of: labels, resolution: resolution)
            if modularity > (best?.modularity ?? -.infinity) + 1e-12 {
                best = (labels, modularity)
            }
        }
        labels = Self.numbered(best?.labels ?? [])
        modularity = best?.modularity ?? 0
    }

    /// The modularity of a division of a network.
    ///
    /// - Parameters:
    ///   - labels: The community of each node.
    ///   - network: The network.
    ///   - resolution: How much the expected share counts.
    /// - Returns: A number of at most 1; 0 for a network without links.
    public static func modularity(
        of labels: [Int], in network: SpatialNetwork, resolution: Double = 1
    ) -> Double {
        CommunityGraph(network).modularity(of: labels, resolution: resolution)
    }

    /// Labels as numbers from 0 in the order in which they first occur.
    static func numbered(_ labels: [Int]) -> [Int] {
        var numbers: [Int: Int] = [:]
        return labels.map { label in
            let number = numbers[label] ?? numbers.count
            numbers[label] = number
            return number
        }
    }
}

/// A network of strengths, in which a node may stand for several and be linked with itself.
struct CommunityGraph {
    /// The links of each node to others.
    var links: [[(node: Int, strength: Double)]]
    /// The strength of links within each node, each counted twice.
    var inner: [Double]

    init(_ network: SpatialNetwork) {
        links = (0..<network.count).map { node in
            network.links(of: node).compactMap { link in
                let strength = network.edges[link.edge].strength
                return strength > 0 ? (link.node, strength) : nil
            }
        }
        inner = Array(repeating: 0, count: network.count)
    }

    private init(links: [[(node: Int, strength: Double)]], inner: [Double]) {
        self.links = links
        self.inner = inner
    }

    var count: Int { links.count }

    /// The strength of each node.
    var strengths: [Double] {
        links.indices.map { node in links[node].reduce(inner[node]) { $0 + $1.strength } }
    }

    /// The graph in which each label is one node.
    func merged(by labels: [Int], count: Int) -> CommunityGraph {
        var inner = Array(repeating: 0.0, count: count)
        var rows = Array(repeating: [Int: Double](), count: count)
        for node in links.indices {
            inner[labels[node]] += self.inner[node]
            for link in links[node] {
                if labels[node] == labels[link.node] {
                    inner[labels[node]] += link.strength
                } else {
                    rows[labels[node]][labels[link.node], default: 0] += link.strength
                }
            }
        }
        let links = rows.map { row in
            row.sorted { $0.key < $1.key }.map { (node: $0.key, strength: $0.value) }
        }
        return CommunityGraph(links: links, inner: inner)
    }

    func modularity(of labels: [Int], resolution: Double) -> Double {
        let strengths = strengths
        let total = strengths.reduce(0, +)
        guard total > 0 else { return 0 }
        var within = 0.0
        var sums = Array(repeating: 0.0, count: (labels.max() ?? -1) + 1)
        for node in links.indices {
            within += inner[node]
            sums[labels[node]] += strengths[node]
            for link in links[node] where labels[link.node] == labels[node] {
                within += link.strength
            }
        }
        let expected = sums.reduce(0) { $0 + ($1 / total) * ($1 / total) }
        return within / total - resolution * expected
    }
}
