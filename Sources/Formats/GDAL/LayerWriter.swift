internal import CGDAL
import Features
import Geometry

/// Writes the features of one layer with GDAL.
final class LayerWriter {
    /// What was changed so that the format could hold it.
    private(set) var remarks: [String] = []
    private let path: String
    private let format: FileFormat
    private let gdal: CGDALFunctions
    private var dataset: GDALDatasetRef?
    private let layer: OGRLayerRef
    private let definition: OGRFeatureDefinitionRef
    private var fields: [String: Field] = [:]
    private var names: FieldNames
    private let encoder: TextEncoder?
    private let familyOfKinds: Set<Shape.Kind>?
    private var shortened: [String: Int] = [:]
    private var withoutGeometry = 0
    private var wkb: [UInt8] = []

    private struct Field {
        let index: Int32
        let kind: Column.Kind
    }

    /// The bytes of a text in a dBASE table.
    private static let textLimit = 254

    init(
        path: String, opening staged: String, layer name: String, _ format: FileFormat,
        _ schema: LayerSchema, crs: String?, encoding: TextEncoding
    ) throws(FormatError) {
        let gdal = try GDALLibrary.load(for: path)
        self.gdal = gdal
        self.path = path
        self.format = format
        let isShapefile = format == .shapefile
        familyOfKinds = isShapefile ? try Self.family(of: schema.kinds, path) : nil
        encoder = isShapefile ? TextEncoder(encoding) : nil
        let reserved = format == .gml ? ["gml_id", "fid"] : []
        names = FieldNames(encoder: encoder, reserved: reserved, file: path)
        gdal.CPLErrorReset()
        let dataset = try Self.dataset(staged, path, format, gdal)
        let system = try Self.system(crs ?? "EPSG:4326", path, gdal)
        defer { gdal.OSRRelease(system) }
        let code =
            format.isTable
            ? UInt32(CGDAL_wkbNone)
            : isShapefile ? Self.shapefileCode(schema) : schema.geometryCode
        let layer = withCStrings(Self.options(for: format, schema, encoding)) {
            gdal.GDALDatasetCreateLayer(
                dataset, name, format.isTable ? nil : system, code, $0)
        }
        guard let layer else {
            let message = gdal.message
            gdal.GDALClose(dataset)
            guard format == .postGIS, message.contains("already exists") else {
                throw FormatError(
                    .unwritable, at: path,
                    "GDAL cannot make the layer \"\(name)\": \(message)")
            }
            throw FormatError(
                .unwritable, at: path, "the database has a table \"\(name)\" already",
                remedy: "name another behind a colon, \(path):NEW, or drop that one first")
        }
        self.dataset = dataset
        self.layer = layer
        definition = gdal.OGR_L_GetLayerDefn(layer)
        for field in schema.fields { try add(field.name, field.kind) }
        if !isShapefile { _ = gdal.GDALDatasetStartTransaction(dataset, 0) }
    }

    deinit { if let dataset { gdal.GDALClose(dataset) } }

    // MARK: The layer

    private static func dataset(
        _ staged: String, _ path: String, _ format: FileFormat, _ gdal: CGDALFunctions
    ) throws(FormatError) -> GDALDatasetRef {
        let names = format.driver ?? []
        // LIBKML adds a dozen fields of its own; the older driver writes what there is.
        let driver = (format == .kml ? names.reversed() : names).lazy
            .compactMap { gdal.GDALGetDriverByName($0) }.first
        guard let driver else {
            throw FormatError(
                .unknownFormat, at: path,
                "the GDAL that is installed has no driver \"\(names.first ?? "")\"",
                remedy: "install a GDAL that has it, or write GeoJSON")
        }
        let isThere = format == .postGIS || FileInput.exists(staged)
        let dataset =
            isThere
            ? gdal.GDALOpenEx(staged, UInt32(CGDAL_OF_UPDATE | CGDAL_OF_VECTOR), nil, nil, nil)
            : withCStrings(format == .gml ? ["FORMAT=GML3.2"] : []) {
                gdal.GDALCreate(driver, staged, 0, 0, 0, 0, $0)
            }
        guard let dataset else {
            throw FormatError(
                .unwritable, at: path, "GDAL cannot write there: \(gdal.message)")
        }
        return dataset
    }

    private static func system(
        _ definition: String, _ path: String, _ gdal: CGDALFunctions
    ) throws(FormatError) -> OGRSpatialReferenceRef {
        guard let system = gdal.OSRNewSpatialReference(nil) else {
            throw FormatError(.crs, at: path, "GDAL cannot make a reference system")
        }
        gdal.OSRSetAxisMappingStrategy(system, Int32(CGDAL_OAMS_TRADITIONAL_GIS_ORDER))
        let isNumber = definition.allSatisfy { $0.isASCII && $0.isNumber }
        guard gdal.OSRSetFromUserInput(system, isNumber ? "EPSG:\(definition)" : definition) == 0
        else {
            gdal.OSRRelease(system)
            throw FormatError(
                .crs, at: path, "GDAL does not know the system \(definition)",
                remedy: "name it by its EPSG code")
        }
        return system
    }

    private static func options(
        for format: FileFormat, _ schema: LayerSchema, _ encoding: TextEncoding
    ) -> [String] {
        let names = Set(schema.fields.map { $0.name.lowercased() })
        switch format {
        case .shapefile:
            // A fixed date, so that the same features give the same bytes.
            return [
                "ENCODING=\(encoding.name)", "RESIZE=YES", "DBF_DATE_LAST_UPDATE=1970-01-01",
            ]
        case .geoPackage:
            return [
                "FID=\(names.contains("fid") ? "ogc_fid" : "fid")",
                "GEOMETRY_NAME=\(names.contains("geom") ? "the_geom" : "geom")", "OVERWRITE=YES",
            ]
        case .postGIS:
            return [
                "LAUNDER=NO", "GEOMETRY_NAME=\(names.contains("geom") ? "the_geom" : "geom")",
                "FID=\(names.contains("ogc_fid") ? "ogc_fid_1" : "ogc_fid")",
            ]
        // The order of the features is kept.
        case .flatGeobuf: return ["SPATIAL_INDEX=NO"]
        default: return []
        }
    }

    /// The kinds that go into one shapefile with those found.
    private static func family(
        of kinds: Set<Shape.Kind>, _ path: String
    ) throws(FormatError) -> Set<Shape.Kind> {
        let families: [Set<Shape.Kind>] = [
            [.point], [.multiPoint], [.lineString, .multiLineString], [.polygon, .multiPolygon],
        ]
        if let family = families.first(where: kinds.isSubset(of:)) { return family }
        if kinds.isSubset(of: [.point, .multiPoint]) { return [.point, .multiPoint] }
        let found = Shape.Kind.allCases.filter(kinds.contains).map(\.geoJSONName)
        throw FormatError(
            .geometry, at: path,
            "a shapefile holds geometries of one kind; found \(found.joined(separator: ", "))",
            remedy: "write GeoPackage (.gpkg), or one shapefile for each kind")
    }

    private static func shapefileCode(_ schema: LayerSchema) -> UInt32 {
        let kind: Shape.Kind =
            schema.kinds.contains(.multiPoint)
            ? .multiPoint : (schema.kinds.min { $0.rawValue < $1.rawValue } ?? .point)
        let base: Shape.Kind =
            kind == .multiLineString ? .lineString : kind == .multiPolygon ? .polygon : kind
        return base.rawValue + (schema.hasHeights ? 1000 : 0)
    }

    private func add(_ name: String, _ kind: Column.Kind) throws(FormatError) {
        let isShapefile = format == .shapefile
        let type =
            switch kind {
            case .bool: CGDAL_OFTInteger
            case .int: CGDAL_OFTInteger64
            case .double: CGDAL_OFTReal
            case .string, .json: CGDAL_OFTString
            }
        let field = gdal.OGR_Fld_Create(try names.name(for: name), Int32(type))
        defer { gdal.OGR_Fld_Destroy(field) }
        if kind == .bool, !isShapefile { gdal.OGR_Fld_SetSubType(field, Int32(CGDAL_OFSTBoolean)) }
        if kind == .bool, isShapefile { gdal.OGR_Fld_SetWidth(field, 1) }
        if kind == .json, format == .geoPackage {
            gdal.OGR_Fld_SetSubType(field, Int32(CGDAL_OFSTJSON))
        }
        let index = gdal.OGR_FD_GetFieldCount(definition)
        guard gdal.OGR_L_CreateField(layer, field, 1) == 0 else {
            throw FormatError(
                .structure, at: path, "GDAL cannot add the column \"\(name)\": \(gdal.message)",
                remedy: "give it another name, or write another format")
        }
        fields[name] = Field(index: index, kind: kind)
    }

    // MARK: Features

    func write(_ batch: FeatureBatch) throws(FormatError) {
        for named in batch.columns where fields[named.name] == nil {
            try add(named.name, named.column.kind)
        }
        let columns = batch.columns.compactMap { named in
            fields[named.name].map { (named.name, named.column, $0) }
        }
        for row in 0..<batch.count {
            let place = "\(path), feature \(batch.firstIndex + row + 1)"
            let shape = batch.geometry[row]
            // GDAL leaves out empty ones too, and says nothing.
            if shape?.isEmpty != false, format == .flatGeobuf {
                withoutGeometry += 1
                continue
            }
            guard let feature = gdal.OGR_F_Create(definition) else {
                throw FormatError(.unwritable, at: place, "GDAL cannot make a feature")
            }
            defer { gdal.OGR_F_Destroy(feature) }
            if let shape { try set(shape, of: feature, place) }
            for (name, column, field) in columns {
                try set(column[row], name, field, of: feature, place)
            }
            guard gdal.OGR_L_CreateFeature(layer, feature) == 0 else {
                throw FormatError(
                    .unwritable, at: place, "GDAL cannot write it: \(gdal.message)")
            }
        }
    }

    private func set(
        _ shape: Shape, of feature: OGRFeatureRef, _ place: String
    ) throws(FormatError) {
        if let familyOfKinds, !familyOfKinds.contains(shape.kind) {
            throw FormatError(
                .geometry, at: place,
                "a shapefile holds geometries of one kind; here is a \(shape.kind.geoJSONName)",
                remedy: "write GeoPackage (.gpkg), or one shapefile for each kind")
        }
        var shape = shape
        if case .point(let position) = shape, familyOfKinds?.contains(.multiPoint) == true {
            shape = .multiPoint([position])
        }
        wkb.removeAll(keepingCapacity: true)
        WellKnownBinary.append(shape, to: &wkb)
        var geometry: OGRGeometryRef?
        let failed = wkb.withUnsafeBytes {
            gdal.OGR_G_CreateFromWkb(
                $0.baseAddress.unsafelyUnwrapped, nil, &geometry, Int32($0.count))
        }
        guard failed == 0, let geometry,
            gdal.OGR_F_SetGeometryDirectly(feature, geometry) == 0
        else {
            throw FormatError(
                .geometry, at: place, "GDAL cannot take the geometry: \(gdal.message)",
                remedy: "look at it with `clusteratlas check`")
        }
    }

    private func set(
        _ value: Value, _ name: String, _ field: Field, of feature: OGRFeatureRef, _ place: String
    ) throws(FormatError) {
        switch (field.kind, value) {
        case (_, .null): gdal.OGR_F_SetFieldNull(feature, field.index)
        case (.bool, .bool(let value)):
            gdal.OGR_F_SetFieldInteger64(feature, field.index, value ? 1 : 0)
        case (.int, .int(let value)): gdal.OGR_F_SetFieldInteger64(feature, field.index, value)
        case (.double, .double(let value)):
            if value.isFinite {
                gdal.OGR_F_SetFieldDouble(feature, field.index, value)
            } else {
                gdal.OGR_F_SetFieldNull(feature, field.index)
            }
        case (.double, .int(let value)):
            gdal.OGR_F_SetFieldDouble(feature, field.index, Double(value))
        case (.string, _), (.json, _):
            let text = try checked(value.description, name, place)
            gdal.OGR_F_SetFieldString(feature, field.index, text)
        default:
            throw FormatError(
                .structure, at: place,
                "the column \"\(name)\" was one of \(field.kind.rawValue) so far, and holds "
                    + "\"\(value)\" here",
                remedy: "convert to CSV first, which finds a type that holds all")
        }
    }

    /// A text as the format can hold it.
    private func checked(
        _ text: String, _ name: String, _ place: String
    ) throws(FormatError) -> String {
        guard let encoder else { return text }
        guard let bytes = encoder.bytes(text) else {
            throw FormatError(
                .encoding, at: place,
                "\"\(text)\" in the column \"\(name)\" has characters that "
                    + "\(encoder.encoding.title) lacks",
                remedy: "write in UTF-8 (leave --encoding out)")
        }
        guard bytes.count > Self.textLimit else { return text }
        shortened[name, default: 0] += 1
        let cut = encoder.prefix(text, bytes: Self.textLimit) ?? []
        return cut.withUnsafeBufferPointer { TextDecoder(encoder.encoding).text($0) }
    }

    /// Ends the layer.
    func close() throws(FormatError) {
        guard let dataset else { return }
        gdal.CPLErrorReset()
        let failed = format != .shapefile && gdal.GDALDatasetCommitTransaction(dataset) != 0
        // Formats without transactions refuse the commit and lose nothing by it.
        if failed, format == .postGIS || format == .geoPackage {
            throw FormatError(
                .unwritable, at: path, "GDAL cannot keep what was written: \(gdal.message)")
        }
        gdal.CPLErrorReset()
        self.dataset = nil
        gdal.GDALClose(dataset)
        guard Int(gdal.CPLGetLastErrorType()) < CGDAL_CE_Failure else {
            throw FormatError(
                .unwritable, at: path, "GDAL cannot end the file: \(gdal.message)",
                remedy: "look whether the disk has room")
        }
        if !names.changes.isEmpty {
            remarks.append(
                "names of fields were shortened: \(names.changes.joined(separator: ", "))")
        }
        for (name, count) in shortened.sorted(by: { $0.key < $1.key }) {
            remarks.append(
                "\(count) texts of \"\(name)\" were cut to \(Self.textLimit) bytes, which is what "
                    + "a shapefile holds")
        }
        if withoutGeometry > 0 {
            remarks.append(
                "\(withoutGeometry) features without a geometry were left out, for which "
                    + "\(format.rawValue) has no place")
        }
    }
}
