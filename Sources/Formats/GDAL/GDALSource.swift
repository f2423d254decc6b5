internal import CGDAL
public import Features
import Geometry

/// Features of any format that GDAL reads, from GeoPackage to workbooks.
///
/// A file of several layers needs the name of one (``LayerAddress``). Positions are transformed from
/// the system that the layer names, by the same rules as everywhere (``ReadingOptions``). Dates and
/// times are texts as ISO 8601 has them, lists JSON. An attribute `id` names the features, or the
/// key of a GeoPackage or a database. In workbooks the first row holds the names, and columns of
/// coordinates become points as in CSV (``CSVSource``). The texts of a shapefile are read in the
/// encoding that its bytes show, whatever its `.cpg` says; a remark tells where they differ.
public final class GDALSource: FeatureSource {
    /// What is known of the whole.
    public private(set) var collection: CollectionInfo
    /// The name by which errors call the file.
    let file: String
    let format: FileFormat
    /// How the reference system of the layer is known.
    let system: LayerSystem
    /// In which encoding the texts are.
    let encoding: TextEncoding
    let fields: [FieldReader]
    private let dataset: GDALDataset
    private let layer: OGRLayerRef
    private let gdal: CGDALFunctions
    private let options: ReadingOptions
    private let transformer: Transformer?
    private let decoder: TextDecoder
    private let table: TableGeometry?
    private let paths: [String]
    private var ownRemarks: [String]
    private var geometries: GeometryReader
    private var nextIndex = 0
    private var isAtEnd = false
    /// The fields that are left out; `nil` until the first features have been read.
    private var hidden: Set<String>?

    /// Opens a layer.
    ///
    /// - Parameters:
    ///   - address: The file, and the layer where there are several.
    ///   - options: How to read.
    /// - Throws: ``FormatError`` where GDAL is missing, the file cannot be opened, or the layer is
    ///   not said.
    public convenience init(
        _ address: LayerAddress, options: ReadingOptions = ReadingOptions()
    ) throws(FormatError) {
        guard let format = options.format ?? FileFormat(path: address.path) else {
            throw FileFormat.unknown(address.path)
        }
        if format == .archive {
            let archive = try Archive(address, try GDALLibrary.load(for: address.path))
            try self.init(
                archive.member, file: address.path, archive.format, archive.layer,
                options: options)
        } else {
            try self.init(
                address.path, file: address.path, format, address.layer, options: options)
        }
    }

    init(
        _ name: String, file: String, _ format: FileFormat, _ wanted: String?,
        options: ReadingOptions
    ) throws(FormatError) {
        self.file = file
        self.format = format
        self.options = options
        if format != .postGIS, name == file { _ = try FileInput(file) }
        let isShapefile = format == .shapefile
        dataset = try GDALDataset(
            name, file: file, drivers: format.driver ?? [],
            options: isShapefile ? ["ENCODING="] : format == .gml ? ["WRITE_GFS=NO"] : [])
        gdal = dataset.gdal
        layer = try dataset.layer(wanted)
        let label = dataset.name(of: layer)
        collection = CollectionInfo(name: label)
        let texts = isShapefile ? Self.texts(of: name, gdal, wanted: options.encoding) : nil
        encoding = texts?.encoding ?? .utf8
        decoder = TextDecoder(encoding)
        ownRemarks = texts?.remark.map { [$0] } ?? []
        let (fields, repaired) = Self.fields(of: layer, decoder, gdal)
        self.fields = fields
        if !repaired.isEmpty {
            ownRemarks.append(
                "names of fields end in the middle of a character, which was left out: "
                    + repaired.joined(separator: ", "))
        }
        system = LayerSystem(
            Self.system(of: layer, name, format, gdal), assumed: options.assumedCRS,
            doubtful: options.doubtfulTransformation)
        ownRemarks += system.remarks
        transformer =
            options.keepsNumbers
            ? nil
            : try system.transformer(doubtful: options.doubtfulTransformation, place: file)
        if system.origin == .assumed { transformer?.assumption = .open }
        table = format.isTable ? try TableGeometry(fields.map(\.name), options, file: file) : nil
        ownRemarks += table?.remarks ?? []
        paths = format == .postGIS ? [] : Self.parts(of: file, format)
        geometries = GeometryReader(gdal)
        gdal.OGR_L_ResetReading(layer)
        tell()
    }

    private func tell() {
        collection.remarks = ownRemarks + (transformer?.remarks ?? [])
        collection.warnings = transformer?.warnings ?? []
        collection.crs = transformer?.assumption == .degrees ? nil : system.definition
        collection.encoding = format == .shapefile ? encoding.title : nil
        collection.isCRSNamed = system.origin == .named || system.origin == .figures
        if decoder.faults > 0 {
            collection.remarks.append(
                "\(decoder.faults) places in the texts are no \(encoding.title) and became \u{FFFD}; "
                    + "another encoding is named with --encoding")
        }
        if decoder.cuts > 0 {
            collection.remarks.append(
                "\(decoder.cuts) texts end in the middle of a character, which was left out")
        }
    }

    /// The number of features that the layer announces, where it does so without reading all.
    var announcedCount: Int? {
        let count = gdal.OGR_L_GetFeatureCount(layer, 0)
        return count >= 0 ? Int(count) : nil
    }

    /// Reads the next features.
    ///
    /// - Returns: A batch of them, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file and the feature.
    public func next() throws(FormatError) -> FeatureBatch? {
        guard !isAtEnd else { return nil }
        var shapes = GeometryColumnBuilder()
        var columns = fields.map { _ in ColumnBuilder() }
        var keys = ColumnBuilder()
        let hasKeys = !String(cString: gdal.OGR_L_GetFIDColumn(layer)).isEmpty
        gdal.CPLErrorReset()
        while shapes.count < FeatureBatch.usualCount {
            guard let feature = gdal.OGR_L_GetNextFeature(layer) else {
                isAtEnd = true
                break
            }
            defer { gdal.OGR_F_Destroy(feature) }
            do throws(GeometryError) {
                try geometries.append(feature, to: &shapes)
            } catch {
                throw FormatError(
                    .geometry, at: "\(file), feature \(nextIndex + shapes.count + 1)",
                    error.problem, remedy: error.remedy)
            }
            for at in fields.indices { fields[at].append(feature, to: &columns[at], decoder, gdal) }
            if hasKeys { keys.append(gdal.OGR_F_GetFID(feature)) }
        }
        if isAtEnd, Int(gdal.CPLGetLastErrorType()) >= CGDAL_CE_Failure {
            throw FormatError(
                .truncated, at: "\(file), after feature \(nextIndex + shapes.count)",
                "GDAL cannot read on: \(gdal.message)",
                remedy: "write or download the file again")
        }
        if isAtEnd, options.recordsInputs { try record() }
        tell()
        guard shapes.count > 0 else { return nil }
        var batch = FeatureBatch(geometry: shapes.finish(), firstIndex: nextIndex)
        let finished = zip(fields, columns).map { $1.finish(as: $0.kind) }
        if hidden == nil { hidden = Self.fillers(of: format, fields, finished) }
        for (field, column) in zip(fields, finished) where hidden?.contains(field.name) == false {
            batch.set(field.name, column)
            if field.name.lowercased() == "id", batch.ids == nil { batch.ids = column }
        }
        if batch.ids == nil, hasKeys { batch.ids = keys.finish(as: .int) }
        if batch.ids == nil, let at = fields.firstIndex(where: { $0.name == "gml_id" }) {
            batch.ids = finished[at]
        }
        if let table { batch = try table.located(batch, file: file) }
        if let transformer {
            batch.geometry = try transformer.apply(
                batch.geometry,
                place: "\(file), features \(nextIndex + 1) to \(nextIndex + batch.count)")
        }
        if !options.keepsNumbers { try OffGlobe.check(batch, file: file) }
        nextIndex += batch.count
        return batch
    }

    /// Takes down which files were read.
    private func record() throws(FormatError) {
        var inputs: [InputRecord] = []
        for path in paths { inputs.append(try DigestingInput.record(of: path)) }
        collection.inputs = inputs
    }

    // MARK: What the layer is made of

    /// The fields that only the format brings, and that hold nothing.
    private static func fillers(
        of format: FileFormat, _ fields: [FieldReader], _ columns: [Column]
    ) -> Set<String> {
        if format == .gml { return ["gml_id"] }
        guard format == .kml || format == .gpx else { return [] }
        let switches: Set<String> = ["tessellate", "extrude", "visibility"]
        let names = zip(fields, columns).filter { field, column in
            switches.contains(field.name) || column.validity.nullCount == column.count
        }.map(\.0.name)
        return Set(names)
    }

    private static func texts(
        of name: String, _ gdal: CGDALFunctions, wanted: TextEncoding?
    ) -> ShapefileEncoding {
        let table = VirtualFile.beside(name, ending: "dbf", gdal).flatMap { file in
            DBFText { file.bytes(at: $0, count: $1) }
        }
        let label = VirtualFile.beside(name, ending: "cpg", gdal)?.text
        return ShapefileEncoding(table, label: label, wanted: wanted)
    }

    private static func fields(
        of layer: OGRLayerRef, _ decoder: TextDecoder, _ gdal: CGDALFunctions
    ) -> (fields: [FieldReader], repaired: [String]) {
        let definition = gdal.OGR_L_GetLayerDefn(layer)
        var fields: [FieldReader] = []
        var repaired: [String] = []
        var seen: Set<String> = []
        // Names have a decoder of their own: what was cut in them is said apart.
        let names = TextDecoder(decoder.encoding)
        for index in 0..<gdal.OGR_FD_GetFieldCount(definition) {
            let field = gdal.OGR_FD_GetFieldDefn(definition, index)
            let before = names.cuts + names.faults
            var wanted = names.text(FieldReader.bytes(gdal.OGR_Fld_GetNameRef(field)))
            wanted.removeAll { $0 == "\u{FFFD}" }
            if wanted.isEmpty { wanted = "column_\(index + 1)" }
            var name = wanted
            var number = 2
            while !seen.insert(name).inserted {
                name = "\(wanted)_\(number)"
                number += 1
            }
            if names.cuts + names.faults > before { repaired.append(name) }
            fields.append(FieldReader(name, field, index: index, gdal))
        }
        return (fields, repaired)
    }

    /// What the layer says of its reference system: a code or WKT; `nil` where nothing.
    private static func system(
        of layer: OGRLayerRef, _ name: String, _ format: FileFormat, _ gdal: CGDALFunctions
    ) -> String? {
        // GDAL guesses codes for what a .prj says; its own words are judged here.
        if format == .shapefile {
            return VirtualFile.beside(name, ending: "prj", gdal)?.text
        }
        guard let system = gdal.OGR_L_GetSpatialRef(layer) else { return nil }
        if let authority = gdal.OSRGetAuthorityName(system, nil),
            let code = gdal.OSRGetAuthorityCode(system, nil)
        {
            return String(cString: authority) + ":" + String(cString: code)
        }
        var text: UnsafeMutablePointer<CChar>?
        let failed = withCStrings(["FORMAT=WKT2_2019"]) {
            gdal.OSRExportToWktEx(system, &text, $0)
        }
        defer { gdal.VSIFree(text) }
        guard failed == 0, let text else { return nil }
        let wkt = String(cString: text)
        // GeoPackage's "undefined" systems are none.
        return wkt.hasPrefix("ENGCRS") || wkt.contains("\"Undefined") ? nil : wkt
    }

    /// The files that make up one.
    private static func parts(of path: String, _ format: FileFormat) -> [String] {
        guard format == .shapefile, FileFormat.ending(path) == "shp" else { return [path] }
        let stem = String(path.dropLast(4))
        let beside = ["shx", "dbf", "prj", "cpg"].flatMap {
            ["\(stem).\($0)", "\(stem).\($0.uppercased())"]
        }
        return [path] + beside.filter { FileInput.exists($0) }
    }
}
