import Formats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that is gone when nobody holds it.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/clusteratlas-service-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure.folder }
        path = String(cString: made)
    }

    enum Failure: Error { case folder }

    deinit {
        for name in FolderListing.names(in: path) { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Writes a file, and returns its path.
    func write(_ name: String, _ text: String) throws -> String {
        let file = "\(path)/\(name)"
        try TextFile.write(text, to: file)
        return file
    }
}
