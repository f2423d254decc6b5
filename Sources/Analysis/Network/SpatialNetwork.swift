public import Geometry

/// A network of places: which are linked, how far the links are, and how strong.
public struct SpatialNetwork: Sendable {
    /// A link between two nodes.
    public struct Edge: Hashable, Sendable {
        /// The node of the lower number, from 0.
        public let from: Int
        /// The node of the higher number.
        public let to: Int
        /// The length of the geodesic between them in metres.
        public let distance: Double
        /// How strong it is, at least 0.
        public let strength: Double

        /// Creates a link.
        ///
        /// - Parameters:
        ///   - from: One node.
        ///   - to: Another node.
        ///   - distance: Metres.
        ///   - strength: At least 0.
        public init(from: Int, to: Int, distance: Double, strength: Double) {
            self.from = min(from, to)
            self.to = max(from, to)
            self.distance = distance
            self.strength = strength
        }
    }

    /// How many nodes there are.
    public let count: Int
    /// The links, by their nodes.
    public let edges: [Edge]
    /// Where the links of each node begin in ``neighbours``, and at last where they end.
    let starts: [Int]
    /// The links of each node, by the other node.
    let neighbours: [Neighbour]

    struct Neighbour: Sendable {
        let node: Int
        let edge: Int
    }

    /// Creates a network.
    ///
    /// - Parameters:
    ///   - count: How many nodes there are.
    ///   - edges: The links, between different nodes, two of them by one link at most.
    public init(count: Int, edges: [Edge]) {
        precondition(
            edges.allSatisfy { $0.from >= 0 && $0.from < $0.to && $0.to < count },
            "links are between two nodes of the network")
        self.count = count
        self.edges = edges.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        var sizes = Array(repeating: 0, count: count + 1)
        for edge in edges {
            sizes[edge.from + 1] += 1
            sizes[edge.to + 1] += 1
        }
        for i in 0..<count { sizes[i + 1] += sizes[i] }
        starts = sizes
        var next = sizes
        var rows = Array(repeating: Neighbour(node: 0, edge: 0), count: 2 * edges.count)
        for (number, edge) in self.edges.enumerated() {
            rows[next[edge.from]] = Neighbour(node: edge.to, edge: number)
            rows[next[edge.to]] = Neighbour(node: edge.from, edge: number)
            next[edge.from] += 1
            next[edge.to] += 1
        }
        for i in 0..<count { rows[sizes[i]..<sizes[i + 1]].sort { $0.node < $1.node } }
        neighbours = rows
    }

    /// Links places that lie within a distance of each other, as strongly as gravity has it.
    ///
    /// The strength is the product of their masses, less with distance (J. Q. Stewart, Demographic
    /// gravitation, 1948, https://doi.org/10.2307/2785468).
    ///
    /// - Parameters:
    ///   - places: Where the nodes are; `nil` for one without a place, which has no links.
    ///   - masses: How much each counts, at least 0.
    ///   - groups: The group of each, its layer; empty where groups do not count.
    ///   - limit: The greatest distance; a place exactly at it is linked. `nil` links all.
    ///   - decay: How much less a link counts with distance.
    ///   - isBetweenGroups: Whether only places of different groups are linked.
    /// - Throws: ``AnalysisError`` (`badArgument`) where all of too many places would be linked, or
    ///   `GeometryError` for a place that is not on the globe.
    /// - Complexity: O(n log n + m) on average for n places and m links.
    public init(
        of places: [Position?], masses: [Double], groups: [Int] = [], within limit: Distance?,
        decay: DistanceDecay, isBetweenGroups: Bool = false
    ) throws {
        precondition(places.count == masses.count, "one mass a place")
        let located = places.indices.filter { places[$0] != nil }
        guard limit != nil || located.count <= Self.mostWithoutLimit else {
            throw AnalysisError(
                .badArgument, at: "",
                "\(located.count) places are too many to link all of them with each other",
                remedy: "give the greatest distance of a link, for example --within 50km")
        }
        let index = try PointIndex(located.compactMap { places[$0] })
        let rows = try index.reach(
            longitudes: located.map { places[$0]?.x ?? .nan },
            latitudes: located.map { places[$0]?.y ?? .nan }, within: limit)
        var edges: [Edge] = []
        for (row, from) in located.enumerated() {
            for entry in rows.entries(of: row) where Int(rows.indices[entry]) > row {
                let to = located[Int(rows.indices[entry])]
                if isBetweenGroups, groups[from] == groups[to] { continue }
                let distance = rows.distances[entry]
                edges.append(
                    Edge(
                        from: from, to: to, distance: distance,
                        strength: masses[from] * masses[to] * decay.weight(at: distance)))
            }
        }
        self.init(count: places.count, edges: edges)
    }

    /// How many places may be linked all with each other.
    public static let mostWithoutLimit = 3000

    /// The links of a node.
    func links(of node: Int) -> ArraySlice<Neighbour> {
        neighbours[starts[node]..<starts[node + 1]]
    }

    /// The minimum spanning tree: the links of least total length that keep together what is linked;
    /// one tree for each part of the network.
    ///
    /// J. B. Kruskal, 1956, https://doi.org/10.1090/S0002-9939-1956-0078686-7. Of links of equal length
    /// the one between lower nodes comes first.
    ///
    /// - Returns: The numbers of the links in ``edges``, ascending.
    /// - Complexity: O(m log m) for m links.
    public func minimumSpanningTree() -> [Int] {
        let order = edges.indices.sorted {
            (edges[$0].distance, $0) < (edges[$1].distance, $1)
        }
        var parts = DisjointSets(count: count)
        return order.filter { parts.join(edges[$0].from, edges[$0].to) }.sorted()
    }

    /// The part of the network to which each node belongs, numbered from 0 by their first nodes.
    public func components() -> [Int] {
        var parts = DisjointSets(count: count)
        for edge in edges { _ = parts.join(edge.from, edge.to) }
        var numbers: [Int: Int] = [:]
        return (0..<count).map { node in
            let root = parts.root(of: node)
            let number = numbers[root] ?? numbers.count
            numbers[root] = number
            return number
        }
    }
}

/// Sets that are joined two by two.
///
/// B. A. Galler and M. J. Fischer, 1964, https://doi.org/10.1145/364099.364331.
struct DisjointSets {
    private var parents: [Int]
    private var sizes: [Int]

    init(count: Int) {
        parents = Array(0..<count)
        sizes = Array(repeating: 1, count: count)
    }

    /// What stands for the set of a member.
    mutating func root(of member: Int) -> Int {
        var root = member
        while parents[root] != root { root = parents[root] }
        var next = member
        while parents[next] != root {
            (parents[next], next) = (root, parents[next])
        }
        return root
    }

    /// Joins the sets of two members.
    ///
    /// - Returns: Whether they were not in one set already.
    mutating func join(_ a: Int, _ b: Int) -> Bool {
        var (a, b) = (root(of: a), root(of: b))
        if a == b { return false }
        if sizes[a] < sizes[b] { swap(&a, &b) }
        parents[b] = a
        sizes[a] += sizes[b]
        return true
    }
}
