/// What the catalogue says of one of its layers.
public struct LayerInfo: Hashable, Sendable {
    /// The layer's name, as commands take it: `innovation-cities`.
    public let name: String
    /// Its title in English.
    public let titleEN: String
    /// Its title in Korean.
    public let titleKO: String
    /// The kind of its records: `innovation-city`.
    public let kind: String
    /// What the identifiers of its records begin with: `ic-`.
    public let prefix: String?
    /// What it holds.
    public let description: String
    /// The event with which its records begin, where that is one alone: `founded`; see
    /// ``Place/start(with:)``.
    public let beginning: String?
    /// Its files, those of own records after the built-in one.
    public internal(set) var files: [String]
    /// The file of its outlines, where it has one.
    public internal(set) var outlines: String?
    /// How far its outlines may lie from the true boundaries, in metres.
    public internal(set) var outlineAccuracy: Double?
}

/// Several layers under one name.
public struct LayerGroup: Hashable, Sendable {
    /// The group's name, as commands take it: `clusters`.
    public let name: String
    /// Its title in English.
    public let titleEN: String
    /// Its title in Korean.
    public let titleKO: String
    /// The names of its layers, in order.
    public let layers: [String]
}
