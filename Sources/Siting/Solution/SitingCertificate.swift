/// The proof that no choice is better than a bound, to be checked without the solver.
public struct SitingCertificate: Hashable, Sendable {
    /// Steps that make the problem smaller, in order.
    public var reductions: [Reduction] = []
    /// The tree of multipliers, one a demand; of demand that is left out they count nothing.
    public var proof: BoundCertificate
    /// Of a p-center: demand is served by what costs less than this, and `p` sites are not enough.
    public var radius: Double?
    /// The dual of the linear relaxation, where a general solver made the choice.
    public var linear: LinearProof?
    /// The solver on whose word anything better than the tree shows is claimed; `nil` where nothing is.
    public var engine: String?
    /// Of backup covering: the proof that no fewer sites reach all demand.
    public var fewest: [SitingCertificate] = []

    /// Creates a proof.
    ///
    /// - Parameters:
    ///   - reductions: Steps that make the problem smaller, in order.
    ///   - proof: The tree of multipliers.
    ///   - radius: The radius of a p-center.
    public init(reductions: [Reduction] = [], proof: BoundCertificate, radius: Double? = nil) {
        self.reductions = reductions
        self.proof = proof
        self.radius = radius
    }

    /// A step that makes a covering problem smaller.
    public enum Reduction: Hashable, Sendable {
        /// Who serves the second demand serves the first, which is left out.
        case implied(demand: Int32, by: Int32)
        /// The second candidate serves all that the first one does, which is left out.
        case dominated(candidate: Int32, by: Int32)
    }
}
