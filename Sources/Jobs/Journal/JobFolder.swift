internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The folder of all jobs.
///
/// ```text
/// DIR/journal.sqlite      what is known of all jobs
/// DIR/lock                held by the service that is at work
/// DIR/jobs/ID/in/         what a job reads
/// DIR/jobs/ID/work/       where it runs
/// DIR/jobs/ID/out/        its results, there as a whole or not at all
/// ```
struct JobFolder: Sendable {
    let path: String

    /// Opens the folder, or makes it.
    ///
    /// - Throws: ``JobError`` for one that cannot be written, or that holds something else: what is in
    ///   it is removed when it is kept no longer, so it must be nobody else's.
    init(_ path: String) throws {
        let names = FolderListing.names(in: path)
        if let other = names.first(where: { !Self.isOwn($0) }) {
            throw JobError(
                at: path, "holds \(other), which is no file of jobs",
                remedy: "name an empty folder, a new one, or one that jobs were kept in before")
        }
        try Self.make(path)
        guard let resolved = realpath(path, nil) else { throw Self.failure(path) }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        // Nobody but the service reads what clients have sent.
        chmod(self.path, 0o700)
        try Self.make(jobs)
    }

    private static func isOwn(_ name: String) -> Bool {
        name == "jobs" || name == "lock" || name.hasPrefix("journal.sqlite")
    }

    /// Whether a name may be a job's.
    static func isID(_ name: String) -> Bool {
        name.utf8.count == 32
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    var jobs: String { path + "/jobs" }
    func place(_ id: String) -> String { "\(jobs)/\(id)" }
    func input(_ id: String) -> String { place(id) + "/in" }
    func work(_ id: String) -> String { place(id) + "/work" }
    func output(_ id: String) -> String { place(id) + "/out" }
    func notes(_ id: String) -> String { place(id) + "/notes" }
    func log(_ id: String) -> String { place(id) + "/log" }

    /// A new identifier: 128 bits by chance, so that nobody guesses another's.
    static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    // MARK: Files

    /// Writes a file, whose bytes are on the disk afterwards.
    static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { space in
            guard let start = space.baseAddress else { return }
            var at = 0
            while at < space.count {
                let count = pwrite(
                    descriptor, start + at, space.count - at, off_t(at))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure(path) }
                at += count
            }
        }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// Gives a file of the same disk a second name.
    static func link(_ file: String, as path: String) throws {
        guard linkat(AT_FDCWD, file, AT_FDCWD, path, 0) == 0 else { throw failure(path) }
    }

    /// Waits until a file or folder is on the disk.
    static func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    static func move(_ path: String, to place: String) throws {
        guard rename(path, place) == 0 else { throw failure(place) }
    }

    static func size(of path: String) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    static func make(_ path: String) throws {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(path)
        }
        try make(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    static func remove(_ path: String) {
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

    static func failure(_ path: String) -> JobError {
        JobError(at: path, "cannot be written: " + String(cString: strerror(errno)))
    }

    // MARK: One service at a time

    /// Held while a service is at work; the system lets go of it when the process ends.
    final class Lock: Sendable {
        private let descriptor: Int32

        init(_ folder: JobFolder) throws {
            let file = folder.path + "/lock"
            descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw JobFolder.failure(file) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw JobError(
                    at: folder.path, "another service keeps its jobs in this folder",
                    remedy: "end it, or name another folder")
            }
        }

        deinit { close(descriptor) }
    }
}
