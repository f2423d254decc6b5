#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Folders that the program keeps something in.
package enum FolderKeeping {
    /// Makes a folder with those above it.
    ///
    /// - Parameters:
    ///   - path: The folder; nothing happens where it is there.
    ///   - mode: Who may do what with it.
    /// - Throws: `FormatError` where it cannot be made, or a file bears its name.
    package static func make(_ path: String, mode: UInt32 = 0o777) throws(FormatError) {
        if path.isEmpty || isFolder(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try make(String(path[..<slash]), mode: mode)
        }
        guard mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else {
            throw FormatError.writing(path, errno)
        }
        if !isFolder(path) {
            throw FormatError(
                .unwritable, at: path, "this is a file, not a folder",
                remedy: "name another folder")
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a new folder that nobody else has, where the system keeps what passes.
    ///
    /// - Parameter name: What its name begins with.
    /// - Returns: The folder.
    /// - Throws: `FormatError` where none can be made.
    package static func makePassing(_ name: String) throws(FormatError) -> String {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var path = Array("\(place)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw FormatError.writing(place, errno) }
        return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    package static func remove(_ path: String) {
        for name in FolderListing.names(in: path) {
            let inner = "\(path)/\(name)"
            var status = stat()
            if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                remove(inner)
            } else {
                unlink(inner)
            }
        }
        rmdir(path)
    }

    /// Gives a file or folder the name under which it is known, once it is on the disk.
    package static func move(_ path: String, to place: String) throws(FormatError) {
        sync(path)
        guard rename(path, place) == 0 else { throw FormatError.writing(place, errno) }
    }

    /// Waits until a file or folder is on the disk.
    package static func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
