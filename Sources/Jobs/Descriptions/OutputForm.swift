internal import Formats

/// A form in which an output can be had.
public enum OutputForm: String, Hashable, Sendable, CaseIterable {
    /// GeoJSON (RFC 7946).
    case geoJSON = "application/geo+json"
    /// GeoJSON, one feature a line (RFC 8142).
    case geoJSONSeq = "application/geo+json-seq"
    /// A table.
    case csv = "text/csv"
    /// A stream of Arrow.
    case arrow = "application/vnd.apache.arrow.stream"
    /// Any JSON.
    case json = "application/json"
    /// A text.
    case text = "text/plain"

    /// The media type.
    public var mediaType: String { rawValue }

    /// What the name of a file of this form ends in.
    var ending: String {
        switch self {
        case .geoJSON: "geojson"
        case .geoJSONSeq: "geojsonl"
        case .csv: "csv"
        case .arrow: "arrows"
        case .json: "json"
        case .text: "txt"
        }
    }

    /// Features in all forms.
    public static let features: [OutputForm] = [.geoJSON, .geoJSONSeq, .csv, .arrow]

    /// Whether it stands in a document of JSON as it is.
    var isJSON: Bool { self == .geoJSON || self == .json }

    /// The schema of an output of this form.
    var schema: JSONValue {
        switch self {
        case .geoJSON: InputSchema.features
        case .json: .object(["contentMediaType": .string(mediaType)])
        case .arrow:
            .object([
                "type": .string("string"), "contentMediaType": .string(mediaType),
                "contentEncoding": .string("binary"),
            ])
        case .csv, .text, .geoJSONSeq:
            .object(["type": .string("string"), "contentMediaType": .string(mediaType)])
        }
    }
}
