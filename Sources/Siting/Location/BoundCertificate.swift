/// The proof of a bound: a tree of multipliers that anyone can evaluate again.
///
/// A node's multipliers are taken one after another: each either proves the bound, or decides the
/// sites whose reduced costs prove it for the other decision. What is left is divided by a site.
public struct BoundCertificate: Hashable, Sendable {
    /// What is proven: no choice costs less.
    public var bound: Double
    /// The nodes; the first is the root.
    public var nodes: [Node]
    /// Of a problem with capacities: three demands each, of which no more than one site serves two or
    /// three.
    public var triples: [[Int]] = []
    /// Whether the search claims a better bound, of which the proof was too large to keep.
    public var isPartial = false

    /// A node.
    public struct Node: Hashable, Sendable {
        /// Multipliers, each list with one a row and then one a triple.
        public var multipliers: [[Double]] = []
        /// The site that divides the node; `nil` where the multipliers prove the bound.
        public var site: Int32?
        /// The node in which that site is chosen.
        public var chosen = 0
        /// The node in which the site is not chosen.
        public var closed = 0

        /// A node without multipliers that is not divided.
        public init() {}
    }

    /// Creates a proof.
    ///
    /// - Parameters:
    ///   - bound: What is proven.
    ///   - nodes: The nodes; the first is the root.
    public init(bound: Double, nodes: [Node]) {
        self.bound = bound
        self.nodes = nodes
    }
}
