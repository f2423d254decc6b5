#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that another library writes under their own names, and that appear together or not at all.
///
/// They are written in a folder `clusteratlas-PID-N.partial` beside their place and renamed on `finish`, the
/// one that was asked for last: without it the others are no output. What is dropped before is removed with the folder.
final class StagedOutput {
    /// The file to write, in the folder.
    let staged: String
    /// Where the file is to appear.
    let path: String
    private let folder: String
    private let directory: String

    init(_ path: String) throws(FormatError) {
        self.path = path
        let slash = path.lastIndex(of: "/")
        directory = slash.map { String(path[...$0]) } ?? ""
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard !name.isEmpty else {
            throw FormatError(
                .unwritable, at: path, "this is a directory", remedy: "name a file in it")
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw FormatError(
                .unwritable, at: path, "this is a directory", remedy: "name a file in it")
        }
        var attempt = 1
        // No ending of a format in the name: GDAL looks for archives in the middle of a path.
        var folder = ""
        var made: Int32
        repeat {
            folder = "\(directory)clusteratlas-\(getpid())-\(attempt).partial"
            attempt += 1
            made = mkdir(folder, 0o777)
        } while made != 0 && errno == EEXIST && attempt < 1000
        self.folder = folder
        staged = "\(folder)/\(name)"
        guard made == 0 else {
            let number = errno
            let isAbsent = number == ENOENT || number == ENOTDIR
            throw FormatError(
                .unwritable, at: path,
                isAbsent
                    ? "cannot be written: its directory does not exist"
                    : "cannot be written: \(String(cString: strerror(number)))",
                remedy: isAbsent
                    ? "make the directory first, or correct the name"
                    : "choose a directory in which you may write")
        }
    }

    deinit {
        for name in FolderListing.names(in: folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// Lets the files take their places; files beside them that are outdated now are removed.
    func finish(removing outdated: [String] = []) throws(FormatError) {
        let last = staged.split(separator: "/").last.map(String.init) ?? staged
        let names = FolderListing.names(in: folder).filter { $0 != last } + [last]
        let stem = FileFormat.layerName(last)
        for ending in outdated where !names.contains("\(stem).\(ending)") {
            unlink("\(directory)\(stem).\(ending)")
        }
        defer { rmdir(folder) }
        // New parts beside an old main file would be neither the one nor the other.
        if names.count > 1 { unlink("\(directory)\(last)") }
        for name in names {
            guard rename("\(folder)/\(name)", "\(directory)\(name)") == 0 else {
                throw FormatError(
                    .unwritable, at: path,
                    "cannot be written: \(String(cString: strerror(errno)))",
                    remedy: "choose a directory in which you may write")
            }
        }
    }
}
