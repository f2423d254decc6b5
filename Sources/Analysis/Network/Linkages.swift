public import Features
public import Geometry

/// The network between places of several layers, with what can be told of it.
public struct Linkages: Sendable {
    /// The places of one or more layers, one after the other.
    public struct Nodes: Sendable {
        /// The identifier of each.
        public private(set) var ids: [String] = []
        /// The name of each, where it has one.
        public private(set) var names: [String?] = []
        /// The layer of each, as a number in ``layers``.
        public private(set) var groups: [Int] = []
        /// The names of the layers.
        public private(set) var layers: [String] = []
        /// Where each is; `nil` for one without a place.
        public private(set) var positions: [Position?] = []
        /// How much each counts.
        public private(set) var masses: [Double] = []
        /// How many have no place.
        public private(set) var unlocated = 0
        /// How many have no mass, and count nothing.
        public private(set) var unweighted = 0
        /// How many are no points and are represented by a position inside them.
        public private(set) var represented = 0

        /// Creates no nodes.
        public init() {}

        /// Adds a layer.
        ///
        /// - Parameters:
        ///   - batch: The places.
        ///   - layer: The layer's name.
        ///   - source: Where it came from, for messages; its name where `nil`.
        ///   - mass: The field that says how much each counts; `nil` where each counts one, as it does
        ///     in a layer without such a field.
        /// - Throws: ``AnalysisError`` naming the first place that is not on the globe (`badPosition`)
        ///   or whose mass is no number of at least 0 (`badField`).
        public mutating func add(
            _ batch: FeatureBatch, layer: String, source: String? = nil, mass: String?
        ) throws {
            let source = source ?? layer
            let places = try Places(of: batch, layer: source)
            let field = mass.flatMap { batch[$0] == nil ? nil : $0 }
            let weights = try DemandWeights(of: batch, field: field, layer: source, role: "mass")
            ids += (0..<batch.count).map { batch.id($0) ?? String(batch.firstIndex + $0 + 1) }
            names += NameField.names(of: batch)
            groups += Array(repeating: layers.count, count: batch.count)
            layers.append(layer)
            positions += (0..<batch.count).map { places[$0] }
            masses += weights.values
            unlocated += places.unlocated
            unweighted += weights.missing
            represented += places.represented
        }

        /// The number of nodes.
        public var count: Int { ids.count }
    }

    /// The places.
    public let nodes: Nodes
    /// The links between them.
    public let network: SpatialNetwork
    /// The links of the minimum spanning tree, by their numbers.
    public let tree: [Int]
    /// How central each place is.
    public let centrality: Centrality
    /// Which places belong together.
    public let communities: Communities
    /// The part of the network to which each place belongs.
    public let components: [Int]

    /// Links places and measures the network.
    ///
    /// - Parameters:
    ///   - nodes: The places.
    ///   - limit: The greatest length of a link; `nil` links all.
    ///   - decay: How much less a link counts with distance.
    ///   - isBetweenLayers: Whether only places of different layers are linked.
    ///   - seed: The seed of the communities.
    ///   - resolution: More than 1 gives smaller communities.
    /// - Throws: What ``SpatialNetwork`` throws.
    public init(
        between nodes: Nodes, within limit: Distance?, decay: DistanceDecay,
        isBetweenLayers: Bool = false, seed: UInt64 = 1, resolution: Double = 1
    ) throws {
        self.nodes = nodes
        network = try SpatialNetwork(
            of: nodes.positions, masses: nodes.masses, groups: nodes.groups, within: limit,
            decay: decay, isBetweenGroups: isBetweenLayers)
        tree = network.minimumSpanningTree()
        centrality = Centrality(of: network)
        communities = Communities(of: network, seed: seed, resolution: resolution)
        components = network.components()
    }

    /// The links as lines.
    ///
    /// - Parameter onlyTree: Whether only those of the minimum spanning tree are drawn.
    /// - Returns: Features with `from_layer`, `from_id`, `from_name`, `to_…`, `distance_m`, `strength`,
    ///   `in_tree`, and the `community` where both ends are of one.
    public func lines(onlyTree: Bool = false) -> FeatureBatch {
        var rows = FeatureRows(columns: [
            "from_layer", "from_id", "from_name", "to_layer", "to_id", "to_name", "distance_m",
            "strength", "in_tree", "community",
        ])
        let inTree = Set(tree)
        for (number, edge) in network.edges.enumerated()
        where !onlyTree || inTree.contains(number) {
            guard let start = nodes.positions[edge.from], let end = nodes.positions[edge.to] else {
                continue
            }
            let (a, b) = (communities.labels[edge.from], communities.labels[edge.to])
            rows.append(
                .lineString([start, end]),
                [
                    ("from_layer", .string(nodes.layers[nodes.groups[edge.from]])),
                    ("from_id", .string(nodes.ids[edge.from])),
                    ("from_name", .text(nodes.names[edge.from])),
                    ("to_layer", .string(nodes.layers[nodes.groups[edge.to]])),
                    ("to_id", .string(nodes.ids[edge.to])),
                    ("to_name", .text(nodes.names[edge.to])),
                    ("distance_m", .metres(edge.distance)), ("strength", .double(edge.strength)),
                    ("in_tree", .bool(inTree.contains(number))),
                    ("community", a == b ? .int(Int64(a + 1)) : .null),
                ])
        }
        return rows.batch
    }

    /// The places with how central each is, and to which community it belongs, from 1.
    public var points: FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn(nodes.positions.map { $0.map { Shape.point($0) } }),
            ids: .string(nodes.ids))
        batch.set("layer", .string(nodes.groups.map { nodes.layers[$0] }))
        batch.set("name", .string(nodes.names))
        batch.set("mass", .double(nodes.masses))
        batch.set("degree", .int(centrality.degree))
        batch.set("strength", .double(centrality.strength))
        batch.set("closeness", .double(centrality.closeness))
        batch.set("betweenness", .double(centrality.betweenness))
        let vector = centrality.eigenvector
        batch.set("eigenvector", .double((0..<nodes.count).map { node in vector.map { $0[node] } }))
        batch.set("component", .int(components.map { $0 + 1 }))
        batch.set("community", .int(communities.labels.map { $0 + 1 }))
        return batch
    }
}
