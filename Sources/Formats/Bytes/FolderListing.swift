#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What lies in a folder.
package enum FolderListing {
    /// The names of all that lies in a folder, sorted; none where it cannot be read.
    package static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether there is a folder whose names can be read.
    package static func isReadable(_ folder: String) -> Bool {
        guard let directory = opendir(folder) else { return false }
        closedir(directory)
        return true
    }
}
