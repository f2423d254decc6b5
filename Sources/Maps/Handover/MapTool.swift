/// A program or service for maps to which a result can be handed, styled as the map is.
public enum MapTool: String, Hashable, Sendable, CaseIterable {
    /// QGIS: a project with its layers as GeoJSON, each with a style (QML) beside it.
    case qgis
    /// MapLibre GL: a style of version 8 that holds its data.
    case maplibre
    /// kepler.gl: a saved map with data and configuration.
    case kepler
    /// Mapbox: GeoJSON with the properties of simplestyle-spec.
    case mapbox
    /// geojson.io: GeoJSON with the properties of simplestyle-spec.
    case geojsonIO = "geojson.io"
    /// Felt: GeoJSON with the properties of simplestyle-spec, a file a layer.
    case felt

    /// What the name of the file that is written ends in.
    public var ending: String {
        switch self {
        case .qgis: ".qgs"
        case .maplibre, .kepler: ".json"
        case .mapbox, .geojsonIO, .felt: ".geojson"
        }
    }
}
