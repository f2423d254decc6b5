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
/// DIR/jobs/ID/running/    where it runs
/// DIR/jobs/ID/out/        its results, there as a whole or not at all
/// ```
struct JobFolder: Sendable {
    let path: String
    /// Nobody but the service reads what clients have sent.
    static let mode: UInt32 = 0o700

    /// Opens the folder, or makes it.
    ///
    /// - Throws: `FormatError` for one that cannot be written, or that holds something else: what is in
    ///   it is removed when it is kept no longer, so it must be nobody else's.
    init(_ path: String) throws {
        let names = FolderListing.names(in: path)
        if let other = names.first(where: { !Self.isOwn($0) }) {
            throw FormatError(
                .unwritable, at: path, "holds \(other), which is no file of jobs",
                remedy: "name an empty folder, a new one, or one that jobs were kept in before")
        }
        try FolderKeeping.make(path, mode: Self.mode)
        guard let resolved = realpath(path, nil) else { throw FormatError.writing(path, errno) }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        chmod(self.path, mode_t(Self.mode))
        try FolderKeeping.make(jobs, mode: Self.mode)
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
    func running(_ id: String) -> String { place(id) + "/running" }
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
        guard descriptor >= 0 else { throw FormatError.writing(path, errno) }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { space in
            guard let start = space.baseAddress else { return }
            var at = 0
            while at < space.count {
                let count = pwrite(
                    descriptor, start + at, space.count - at, off_t(at))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw FormatError.writing(path, errno) }
                at += count
            }
        }
        guard fsync(descriptor) == 0 else { throw FormatError.writing(path, errno) }
    }

    /// Gives a file of the same disk a second name.
    static func link(_ file: String, as path: String) throws {
        guard linkat(AT_FDCWD, file, AT_FDCWD, path, 0) == 0 else {
            throw FormatError.writing(path, errno)
        }
    }

    static func size(of path: String) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    // MARK: One service at a time

    /// Makes sure that no other service is at work in the folder.
    ///
    /// - Returns: What is held while this one is.
    func lock() throws -> FolderLock {
        do {
            return try FolderLock(path + "/lock")
        } catch is FolderLock.Held {
            throw FormatError(
                .unwritable, at: path, "another service keeps its jobs in this folder",
                remedy: "end it, or name another folder")
        }
    }
}
