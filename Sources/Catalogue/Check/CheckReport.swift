/// What a check of a catalogue counted and found.
public struct CheckReport: Sendable {
    /// A thing that is wrong in a file.
    public struct Fault: Hashable, Sendable {
        /// The file.
        public let file: String
        /// The line, from 1.
        public let line: Int
        /// The record it concerns, where it concerns one.
        public let id: String?
        /// What was found, and what to do.
        public let message: String
    }

    /// What was counted in a layer.
    public struct LayerCount: Hashable, Sendable {
        /// The layer's name.
        public let layer: String
        /// How many records it has.
        public var records = 0
        /// How many of them have a position.
        public var positions = 0
        /// How many facts they state.
        public var facts = 0
        /// How many of these facts rest on a publication, not on general reference alone.
        public var sourcedFacts = 0
        /// How many events they list.
        public var events = 0
        /// How many links they have.
        public var links = 0
        /// How many faults were found.
        public var faults = 0
    }

    /// A total or count that was compared with a published one.
    public struct Comparison: Hashable, Sendable {
        /// What was compared, in words.
        public let subject: String
        /// The catalogue's figure.
        public let found: Double
        /// The published figure.
        public let published: Double
        /// How far they may lie apart, as a share of the published figure.
        public let tolerance: Double
        /// The publication's identifier.
        public let source: String
        /// Whether they agree.
        public var agrees: Bool { abs(found - published) <= tolerance * abs(published) + 1e-9 }
    }

    /// What was counted, by layer.
    public internal(set) var layers: [LayerCount] = []
    /// How many sources are listed.
    public internal(set) var sources = 0
    /// Totals that were compared with published ones.
    public internal(set) var comparisons: [Comparison] = []
    /// What is wrong, by file and line.
    public internal(set) var faults: [Fault] = []
    /// What is worth knowing but not wrong: records that take the place of built-in ones.
    public internal(set) var remarks: [String] = []

    /// Records a fault.
    mutating func fault(_ file: String, _ line: Int, _ id: String?, _ message: String) {
        faults.append(Fault(file: file, line: line, id: id, message: message))
    }
}
