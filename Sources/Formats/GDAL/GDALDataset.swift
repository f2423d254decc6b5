internal import CGDAL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file or database that GDAL has opened, closed with the value.
///
/// One task at a time.
final class GDALDataset {
    /// The name by which errors call it.
    let file: String
    /// The name under which GDAL opened it, `/vsizip/…` inside an archive.
    let opened: String
    let gdal: CGDALFunctions
    let handle: GDALDatasetRef

    /// Opens a file for reading: under one name for GDAL, called another in errors.
    init(
        _ name: String, file: String, drivers: [String], options: [String] = []
    ) throws(FormatError) {
        let gdal = try GDALLibrary.load(for: file)
        self.gdal = gdal
        self.file = file
        opened = name
        let present = drivers.filter { gdal.GDALGetDriverByName($0) != nil }
        guard drivers.isEmpty || !present.isEmpty else {
            throw FormatError(
                .unknownFormat, at: file,
                "the GDAL that is installed has no driver \"\(drivers[0])\"",
                remedy: "install a GDAL that has it, or convert the file to GeoPackage")
        }
        gdal.CPLErrorReset()
        let handle = withCStrings(present) { drivers in
            withCStrings(options) { options in
                gdal.GDALOpenEx(
                    name, UInt32(CGDAL_OF_READONLY | CGDAL_OF_VECTOR), drivers, options, nil)
            }
        }
        guard let handle else {
            throw FormatError(
                .unreadable, at: file,
                gdal.message.isEmpty
                    ? "this is no file of its format, or it is broken" : "GDAL: \(gdal.message)",
                remedy: "check that the file is whole and that its ending tells its format")
        }
        self.handle = handle
    }

    deinit { gdal.GDALClose(handle) }

    /// The layers in the order of the file.
    var layers: [OGRLayerRef] {
        (0..<gdal.GDALDatasetGetLayerCount(handle)).compactMap {
            gdal.GDALDatasetGetLayer(handle, $0)
        }
    }

    func name(of layer: OGRLayerRef) -> String { String(cString: gdal.OGR_L_GetName(layer)) }

    /// The layer that is meant: the one of a name, or the only one.
    func layer(_ wanted: String?) throws(FormatError) -> OGRLayerRef {
        let layers = layers
        if let wanted {
            if let layer = layers.first(where: { name(of: $0) == wanted })
                ?? gdal.GDALDatasetGetLayerByName(handle, wanted)
            {
                return layer
            }
            throw choice("there is no layer \"\(wanted)\"", layers.map(name(of:)))
        }
        if layers.count == 1 { return layers[0] }
        guard !layers.isEmpty else {
            throw FormatError(
                .structure, at: file, "there is no layer in it",
                remedy: "name a file that holds features")
        }
        throw choice("there are \(layers.count) layers", layers.map(name(of:)))
    }

    private func choice(_ problem: String, _ names: [String]) -> FormatError {
        FormatError(
            .layer, at: file, problem,
            remedy: "name one as \(file):LAYER; the layers are " + names.joined(separator: ", "))
    }
}
