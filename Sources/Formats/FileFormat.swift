import Features

/// The formats that are read and written without other libraries.
public enum FileFormat: String, Hashable, Sendable, CaseIterable {
    /// One GeoJSON text (RFC 7946).
    case geoJSON = "GeoJSON"
    /// GeoJSON features one after another (RFC 8142), or one a line.
    case geoJSONSeq = "GeoJSONSeq"
    /// Comma-separated values (RFC 4180) with a header.
    case csv = "CSV"
    /// Arrow's IPC file, geometries laid out as GeoArrow.
    case arrow = "Arrow"
    /// Arrow's IPC stream.
    case arrowStream = "ArrowStream"

    /// The endings of file names, the usual one first.
    public var extensions: [String] {
        switch self {
        case .geoJSON: ["geojson", "json"]
        case .geoJSONSeq: ["geojsonl", "geojsons", "ndjson", "jsonl"]
        case .csv: ["csv", "tsv", "txt"]
        case .arrow: ["arrow", "feather"]
        case .arrowStream: ["arrows"]
        }
    }

    /// Tells the format by the ending of a file's name, before that of a ``Compression``.
    ///
    /// - Parameter path: The file's name; upper and lower case are the same.
    public init?(path: String) {
        let ending = Self.ending(path)
        guard let format = Self.allCases.first(where: { $0.extensions.contains(ending) }) else {
            return nil
        }
        self = format
    }

    static func ending(_ path: String) -> String {
        let name = Compression.stripped(path).split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The name of a layer in a file: the file's, without directories and endings.
    ///
    /// - Parameter path: The file's name.
    /// - Returns: The layer's name.
    public static func layerName(_ path: String) -> String {
        let path = Compression.stripped(path)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}
