internal import CGDAL

/// The layers of a file.
public enum LayerNames {
    /// Lists the layers of a file, as they are named behind a colon (``LayerAddress``).
    ///
    /// - Parameter path: The file, without a layer.
    /// - Returns: The names in the order of the file; none for a format that has one layer only.
    /// - Throws: ``FormatError`` where the file cannot be opened.
    public static func of(_ path: String) throws(FormatError) -> [String] {
        guard let format = FileFormat(path: path), let drivers = format.driver else { return [] }
        let gdal = try GDALLibrary.load(for: path)
        if format == .archive { return try Archive.members(of: path, gdal).map(\.name) }
        if format != .postGIS { _ = try FileInput(path) }
        let dataset = try GDALDataset(path, file: path, drivers: drivers)
        let names = dataset.layers.map(dataset.name(of:))
        return names.count == 1 ? [] : names
    }
}
