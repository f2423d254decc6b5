import Features

/// The formats that are read and written: three by ClusterAtlas itself, the others with GDAL.
public enum FileFormat: String, Hashable, Sendable, CaseIterable {
    /// One GeoJSON text (RFC 7946).
    case geoJSON = "GeoJSON"
    /// GeoJSON features one after another (RFC 8142), or one a line.
    case geoJSONSeq = "GeoJSONSeq"
    /// Comma-separated values (RFC 4180) with a header.
    case csv = "CSV"
    /// A GeoPackage (OGC 12-128r18).
    case geoPackage = "GeoPackage"
    /// A shapefile, named by its `.shp`.
    case shapefile = "Shapefile"
    /// A FlatGeobuf.
    case flatGeobuf = "FlatGeobuf"
    /// Geography Markup Language.
    case gml = "GML"
    /// Keyhole Markup Language.
    case kml = "KML"
    /// A workbook of Excel.
    case xlsx = "XLSX"
    /// A workbook of Excel before 2007; read only.
    case xls = "XLS"
    /// An OpenDocument spreadsheet; read only.
    case ods = "ODS"
    /// GPS Exchange; read only.
    case gpx = "GPX"
    /// AutoCAD's exchange format; read only.
    case dxf = "DXF"
    /// MapInfo's tables; read only.
    case mapInfo = "MapInfo"
    /// A GeoParquet, where GDAL has its driver; read only.
    case geoParquet = "GeoParquet"
    /// An Arrow or Feather file, where GDAL has its driver; read only.
    case arrow = "Arrow"
    /// A ZIP archive that holds files of these formats; read only.
    case archive = "ZIP"
    /// A PostGIS database, named by `PG:` and the words that open it.
    case postGIS = "PostGIS"

    /// The endings of file names, the usual one first.
    public var extensions: [String] {
        switch self {
        case .geoJSON: ["geojson", "json"]
        case .geoJSONSeq: ["geojsonl", "geojsons", "ndjson", "jsonl"]
        case .csv: ["csv", "tsv", "txt"]
        case .geoPackage: ["gpkg"]
        case .shapefile: ["shp"]
        case .flatGeobuf: ["fgb"]
        case .gml: ["gml"]
        case .kml: ["kml", "kmz"]
        case .xlsx: ["xlsx"]
        case .xls: ["xls"]
        case .ods: ["ods"]
        case .gpx: ["gpx"]
        case .dxf: ["dxf"]
        case .mapInfo: ["tab", "mif"]
        case .geoParquet: ["parquet"]
        case .arrow: ["arrow", "feather"]
        case .archive: ["zip"]
        case .postGIS: []
        }
    }

    /// Whether files of the format can be written.
    public var isWritable: Bool {
        switch self {
        case .geoJSON, .geoJSONSeq, .csv, .geoPackage, .shapefile, .flatGeobuf, .gml, .kml, .xlsx,
            .postGIS:
            true
        case .xls, .ods, .gpx, .dxf, .mapInfo, .geoParquet, .arrow, .archive: false
        }
    }

    /// Whether a file of the format is a table, whose positions stand in columns.
    var isTable: Bool { self == .xlsx || self == .xls || self == .ods || self == .csv }

    /// GDAL's names of the drivers that read the format; `nil` where ClusterAtlas does so itself.
    var driver: [String]? {
        switch self {
        case .geoJSON, .geoJSONSeq, .csv: nil
        case .geoPackage: ["GPKG"]
        case .shapefile: ["ESRI Shapefile"]
        case .flatGeobuf: ["FlatGeobuf"]
        case .gml: ["GML"]
        case .kml: ["LIBKML", "KML"]
        case .xlsx: ["XLSX"]
        case .xls: ["XLS"]
        case .ods: ["ODS"]
        case .gpx: ["GPX"]
        case .dxf: ["DXF"]
        case .mapInfo: ["MapInfo File"]
        case .geoParquet: ["Parquet"]
        case .arrow: ["Arrow"]
        case .archive: []
        case .postGIS: ["PostgreSQL"]
        }
    }

    /// With what the words begin that open a database.
    static let databasePrefix = "PG:"

    /// Tells the format by the ending of a file's name, before that of a ``Compression``.
    ///
    /// - Parameter path: The file's name, perhaps with a layer behind it (``LayerAddress``); upper
    ///   and lower case are the same.
    public init?(path: String) {
        if path.hasPrefix(Self.databasePrefix) {
            self = .postGIS
            return
        }
        self.init(ending: Self.ending(LayerAddress(path).path))
    }

    /// Tells the format by an ending in small letters.
    init?(ending: String) {
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
