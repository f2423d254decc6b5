internal import CGDAL

/// A ZIP archive, and the file in it that is meant.
struct Archive {
    /// The name of the file for GDAL: `/vsizip/zones.zip/parcels.shp`.
    let member: String
    let format: FileFormat
    /// The layer within that file, where the address goes on.
    let layer: String?

    /// Finds the file: the only one of a format that is known, or the one of a name.
    init(_ address: LayerAddress, _ gdal: CGDALFunctions) throws(FormatError) {
        _ = try FileInput(address.path)
        let root = "/vsizip/\(address.path)"
        let names = [String](taking: gdal.VSIReadDirRecursive(root), gdal)
            .filter { !$0.hasPrefix("__MACOSX/") && !$0.hasSuffix("/") }
        let members = names.compactMap { name -> (name: String, format: FileFormat)? in
            guard let format = FileFormat(ending: FileFormat.ending(name)), format != .archive,
                // A note beside a shapefile is no table.
                FileFormat.ending(name) != "txt"
            else { return nil }
            return (name, format)
        }
        let stems = members.map { FileFormat.layerName($0.name) }
        func error(_ problem: String) -> FormatError {
            FormatError(
                .layer, at: address.path, problem,
                remedy: members.isEmpty
                    ? "unpack it and name a file of features"
                    : "name one as \(address.path):LAYER; it holds "
                        + members.map(\.name).joined(separator: ", "))
        }
        guard !members.isEmpty else {
            throw error("the archive holds no file of a format that is known")
        }
        var chosen: Int?
        var inner: String?
        if let layer = address.layer {
            chosen = members.indices.first { members[$0].name == layer || stems[$0] == layer }
            if chosen == nil, members.count == 1 {
                chosen = 0
                inner = layer
            }
            guard chosen != nil else { throw error("the archive holds no \"\(layer)\"") }
        } else {
            guard members.count == 1 else {
                throw error("the archive holds \(members.count) files of features")
            }
            chosen = 0
        }
        member = "\(root)/\(members[chosen ?? 0].name)"
        format = members[chosen ?? 0].format
        layer = inner
    }
}
