/// Where features come from: a file, standard input, a layer of the catalogue, memory.
///
/// A source is read by one task, batch after batch.
public protocol FeatureSource {
    /// What is known of the whole; members that follow the features are there once `next()` has
    /// returned `nil`.
    var collection: CollectionInfo { get }

    /// Reads the next batch.
    ///
    /// - Returns: The batch, or `nil` after the last one.
    /// - Throws: An error that names the source and the place in it.
    mutating func next() throws -> FeatureBatch?
}

extension FeatureSource {
    /// Reads all that is left into one batch.
    ///
    /// - Returns: One batch of all features, which may be none.
    /// - Throws: What `next()` throws.
    public mutating func readAll() throws -> FeatureBatch {
        var batches: [FeatureBatch] = []
        while let batch = try next() { batches.append(batch) }
        guard !batches.isEmpty else { return FeatureBatch(geometry: GeometryColumn([])) }
        return .joining(batches)
    }
}

/// What is said of a collection as a whole.
public struct CollectionInfo: Hashable, Sendable {
    /// The name by which people know it: a layer's or a file's.
    public var name: String
    /// Members of the collection that GeoJSON does not define, in order, as name and JSON text.
    public var foreignMembers: [ForeignMember] = []
    /// The files that were read, once they have been read to their end.
    public var inputs: [InputRecord] = []
    /// The reference system that the positions came in, as a code or definition; `nil` where none
    /// is named or assumed, which then is longitude, latitude on WGS 84.
    public var crs: String?
    /// Whether the file itself names ``crs``; else a person does.
    public var isCRSNamed = false
    /// In which encoding the texts of the file are, where that is no given.
    public var encoding: String?
    /// What may be wrong and was accepted on purpose: a system that is doubtful for Korea.
    public var warnings: [String] = []
    /// What a reader has to say to a person: rings reversed, positions transformed.
    public var remarks: [String] = []

    /// A member that GeoJSON does not define.
    public struct ForeignMember: Hashable, Sendable {
        /// The member's name.
        public var name: String
        /// The member's value as JSON text.
        public var json: String

        /// Creates a member.
        ///
        /// - Parameters:
        ///   - name: The member's name.
        ///   - json: The member's value as JSON text, which must be valid.
        public init(name: String, json: String) {
            self.name = name
            self.json = json
        }
    }

    /// Creates what is said of a collection.
    ///
    /// - Parameter name: The name by which people know it.
    public init(name: String = "") { self.name = name }
}
