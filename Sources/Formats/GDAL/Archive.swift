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
        let root = "/vsizip/\(address.path)"
        let members = try Self.members(of: address.path, gdal)
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

    /// The files in an archive of which the format is known.
    static func members(
        of path: String, _ gdal: CGDALFunctions
    ) throws(FormatError) -> [(name: String, format: FileFormat)] {
        _ = try FileInput(path)
        let names = [String](taking: gdal.VSIReadDirRecursive("/vsizip/\(path)"), gdal)
        return names.compactMap { name in
            guard !name.hasPrefix("__MACOSX/"), !name.hasSuffix("/"),
                let format = FileFormat(ending: FileFormat.ending(name)), format != .archive,
                // A note beside a shapefile is no table.
                FileFormat.ending(name) != "txt"
            else { return nil }
            return (name, format)
        }
    }
}
