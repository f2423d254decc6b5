internal import CGDAL
public import Features
import Geometry

/// Features to a format that GDAL writes: GeoPackage, shapefile, FlatGeobuf, GML, KML, a workbook,
/// or a table of PostGIS.
///
/// The first million features are kept until the types of all their columns are known; columns that
/// first come after them are added where the format can. An identifier that is no attribute becomes
/// the attribute `id`. Coordinates keep all their digits unless a precision is asked for. Workbooks
/// hold points as columns `lon` and `lat`, other geometries as `wkt`. In a shapefile names take ten
/// bytes and texts 254, cut between characters, and ``remarks`` says what was cut. Files appear on
/// `finish`, those of a shapefile together, or not at all.
public final class GDALSink: FeatureSink {
    /// What was changed so that the format could hold it.
    public private(set) var remarks: [String] = []
    /// The name by which errors call the destination.
    private let path: String
    /// The name under which GDAL opens a database.
    private let opening: String
    private let layerName: String
    private let format: FileFormat
    private let options: WritingOptions
    private let target: TargetSystem
    private let staged: StagedOutput?
    private var writer: LayerWriter?
    private var waiting: [FeatureBatch] = []
    private var waitingCount = 0
    private var schema = LayerSchema()

    /// How many features are kept at most before the layer is begun.
    private static let enough = 1 << 20

    /// Opens a destination.
    ///
    /// - Parameters:
    ///   - path: The file, perhaps with a colon and a layer behind it; `PG:…` for a database.
    ///   - format: The format.
    ///   - options: How to write.
    /// - Throws: ``FormatError`` where GDAL is missing or nothing can be written there.
    public init(
        path: String, format: FileFormat, options: WritingOptions = WritingOptions()
    ) throws(FormatError) {
        guard format.isWritable, format.driver != nil else {
            throw FileFormat.unwritable(path, format)
        }
        guard path != "-" else {
            throw FormatError(
                .unwritable, at: "standard output", "\(format.rawValue) needs a file",
                remedy: "name one with -o")
        }
        _ = try GDALLibrary.load(for: path)
        let address = LayerAddress(path)
        self.path = address.path
        opening = address.path
        self.format = format
        self.options = options
        target = try TargetSystem(options, file: path)
        if format == .kml, !target.isWGS84 {
            throw FormatError(
                .crs, at: path, "KML holds longitude and latitude on WGS 84 only",
                remedy: "leave --crs out, or write GML or GeoPackage")
        }
        if let encoding = options.encoding, encoding != .utf8, format != .shapefile {
            throw FormatError(
                .encoding, at: path, "\(format.rawValue) is always written in UTF-8",
                remedy: "leave --encoding out")
        }
        if let layer = address.layer, format != .geoPackage, format != .postGIS {
            throw FormatError(
                .layer, at: path, "\(format.rawValue) is written with one layer",
                remedy: "leave \":\(layer)\" out, or write GeoPackage")
        }
        let collection = options.collection?.name ?? ""
        layerName =
            address.layer
            ?? (format == .postGIS && !collection.isEmpty
                ? collection : FileFormat.layerName(address.path))
        if format == .postGIS {
            staged = nil
        } else {
            let staged = try StagedOutput(address.path)
            // A layer is added to the GeoPackage that is there.
            if address.layer != nil, FileInput.exists(address.path) {
                try staged.copy()
            }
            self.staged = staged
        }
    }

    /// Opens a table of a database under one name for GDAL, called another in errors.
    init(opening words: String, called title: String, layer: String) throws(FormatError) {
        _ = try GDALLibrary.load(for: title)
        path = title
        opening = words
        layerName = layer
        format = .postGIS
        options = WritingOptions()
        target = try TargetSystem(options, file: title)
        staged = nil
    }

    /// Writes a batch after those written before.
    ///
    /// - Parameter batch: The features.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ batch: FeatureBatch) throws(FormatError) {
        var batch = try target.transformed(batch)
        if let precision = options.precision { batch = batch.rounded(decimals: precision) }
        if let ids = batch.ids, !batch.columns.contains(where: { $0.name.lowercased() == "id" }) {
            batch = batch.inserting("id", ids)
        }
        if format.isTable { batch = batch.tabulated(isInDegrees: target.isInDegrees) }
        if let writer {
            try writer.write(batch)
            return
        }
        schema.add(batch)
        waiting.append(batch)
        waitingCount += batch.count
        if waitingCount >= Self.enough { try begin() }
    }

    private func begin() throws(FormatError) {
        let writer = try LayerWriter(
            path: path, opening: staged?.staged ?? opening, layer: layerName, format, schema,
            crs: target.isWGS84 ? nil : options.crs,
            encoding: options.encoding ?? .utf8)
        self.writer = writer
        for batch in waiting { try writer.write(batch) }
        waiting = []
    }

    /// Ends the layer and lets the files appear.
    ///
    /// - Parameter collection: What is said of the collection; it has no place in these formats.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish(_ collection: CollectionInfo) throws(FormatError) {
        if writer == nil { try begin() }
        if let writer {
            try writer.close()
            remarks = writer.remarks
        }
        writer = nil
        let outdated =
            format == .shapefile
            ? ["cpg", "prj", "qix", "sbn", "sbx", "qpj", "shp.xml", "CPG", "PRJ"]
            : format == .gml ? ["xsd", "gfs"] : []
        try staged?.finish(removing: outdated)
    }
}

extension StagedOutput {
    /// Copies the file that is there now to where it is written anew.
    func copy() throws(FormatError) {
        let bytes = try FileInput(path)
        let output = try AtomicOutput(staged)
        var space = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try space.withUnsafeMutableBufferPointer { space throws(FormatError) in
                try bytes.read(into: UnsafeMutableRawBufferPointer(space))
            }
            if count == 0 { break }
            try space.withUnsafeBufferPointer { space throws(FormatError) in
                try output.write(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(space)[..<count]))
            }
        }
        try output.finish()
    }
}
