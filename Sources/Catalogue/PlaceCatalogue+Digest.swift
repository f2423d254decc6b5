internal import Features
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension PlaceCatalogue {
    /// The SHA-256 of what the catalogue's folders hold, by which any change is noticed.
    ///
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `FormatError` where a file cannot be read.
    public func digest() throws -> String {
        var lines = ""
        for folder in folders {
            for name in Self.files(in: folder) {
                let record = try InputRecord.of(file: "\(folder)/\(name)")
                lines += "\(name) \(record.sha256)\n"
            }
        }
        return InputRecord.sha256(of: lines)
    }

    /// The files of a folder that hold records or describe them, sorted.
    private static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json") || name.hasSuffix(".geojson") { names.append(name) }
        }
        return names.sorted()
    }
}
