internal import Features
internal import Formats

extension PlaceCatalogue {
    /// The SHA-256 of what the catalogue's folders hold, by which any change is noticed.
    ///
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `FormatError` where a file cannot be read.
    public func digest() throws -> String {
        var lines = ""
        for folder in folders {
            for name in FolderListing.names(in: folder)
            where name.hasSuffix(".json") || name.hasSuffix(".geojson") {
                let record = try InputRecord.of(file: "\(folder)/\(name)")
                lines += "\(name) \(record.sha256)\n"
            }
        }
        return InputRecord.sha256(of: lines)
    }
}
