public import Features
public import Geometry

/// What a map shows: layers over the land, with a title and the sources.
public struct MapContent: Sendable {
    /// The title.
    public var title: MapName
    /// The layers, in the order of the legend; earlier ones lie above later ones of their kind.
    public var layers: [MapLayer]
    /// The land below them: outlines of provinces, on WGS 84.
    public var land: [Shape]
    /// What the result rests on, a line each.
    public var sources: [String]
    /// What the map was made from.
    public var provenance: Provenance?

    /// Creates what a map shows.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - layers: The layers, in the order of the legend.
    ///   - land: The land below them, on WGS 84.
    ///   - sources: What the result rests on, a line each.
    ///   - provenance: What the map was made from.
    public init(
        title: MapName, layers: [MapLayer], land: [Shape] = [], sources: [String] = [],
        provenance: Provenance? = nil
    ) {
        self.title = title
        self.layers = layers
        self.land = land
        self.sources = sources
        self.provenance = provenance
    }
}
