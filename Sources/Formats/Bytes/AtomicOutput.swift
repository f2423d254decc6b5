#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A destination that appears whole or not at all.
///
/// A file is written without a name on the disk of its place and takes its name on `finish`, so that
/// even a process that is killed leaves nothing behind (Linux, open(2), `O_TMPFILE`); where a file
/// system cannot do that, as `NAME.partial-PID` beside its place, renamed on `finish`. Standard
/// output, and whatever is no regular file (a device, a named pipe), is collected first, in memory
/// and then in a file without a name, and copied on `finish`. What is dropped before leaves nothing
/// behind.
final class AtomicOutput {
    /// The name by which errors call it.
    let name: String
    /// How many bytes have been written.
    private(set) var count = 0
    private var file: Int32 = -1
    private var memory: [UInt8] = []
    private let destination: Destination

    private enum Destination {
        case file(path: String, partial: String?, mode: mode_t?)
        /// A device or a named pipe, opened when all is there.
        case device(path: String)
        /// A descriptor that somebody else closes.
        case stream(Int32)
    }

    /// How much a stream collects in memory before it goes to a file.
    private static let memoryLimit = 8 << 20

    /// Collects what is copied to a descriptor in the end.
    init(descriptor: Int32, name: String) {
        self.name = name
        destination = .stream(descriptor)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Opens a file; `-` is standard output.
    convenience init(_ path: String) throws(FormatError) {
        if path == "-" {
            self.init(descriptor: STDOUT_FILENO, name: "standard output")
        } else {
            try self.init(file: path)
        }
    }

    private init(file path: String) throws(FormatError) {
        name = path
        guard !path.isEmpty else {
            throw FormatError(
                .unwritable, at: "", "the name of the file to write is empty",
                remedy: "name a file, or - for standard output")
        }
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT == S_IFDIR {
            throw FormatError(
                .unwritable, at: path, "this is a directory", remedy: "name a file in it")
        }
        if exists, status.st_mode & S_IFMT != S_IFREG {
            destination = .device(path: path)
            signal(SIGPIPE, SIG_IGN)
            return
        }
        let place = exists ? Self.resolved(path) : path
        if exists, access(place, W_OK) != 0 { throw FormatError.writing(path, errno) }
        let mode = exists ? status.st_mode & 0o777 : nil
        file = Self.namelessFile(on: place)
        if file >= 0 {
            destination = .file(path: place, partial: nil, mode: mode)
            return
        }
        var partial = Self.partial(place, 1)
        var tries = 1
        repeat {
            file = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if file >= 0 { break }
            guard errno == EEXIST, tries < 100 else { throw FormatError.writing(path, errno) }
            tries += 1
            partial = Self.partial(place, tries)
        } while true
        destination = .file(path: place, partial: partial, mode: mode)
    }

    /// The name under which a file stands beside its place before it takes it.
    private static func partial(_ place: String, _ attempt: Int) -> String {
        "\(place).partial-\(getpid())" + (attempt == 1 ? "" : "-\(attempt)")
    }

    /// Opens a file without a name in the directory of a place; -1 where that cannot be done.
    private static func namelessFile(on place: String) -> Int32 {
        #if os(Linux)
            let slash = place.lastIndex(of: "/")
            let directory = slash.map { $0 == place.startIndex ? "/" : String(place[..<$0]) } ?? "."
            // __O_TMPFILE of <bits/fcntl-linux.h>, whose macro Swift does not import.
            return open(directory, 0o20000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o666)
        #else
            return -1
        #endif
    }

    /// Gives a file that has no name one beside its place.
    private func nameFile(for place: String) throws(FormatError) -> String {
        for attempt in 1...100 {
            let partial = Self.partial(place, attempt)
            if linkat(AT_FDCWD, "/proc/self/fd/\(file)", AT_FDCWD, partial, AT_SYMLINK_FOLLOW) == 0
            {
                return partial
            }
            if errno != EEXIST { break }
        }
        throw fail(errno)
    }

    deinit { discard() }

    /// Whether a path names a device or a pipe.
    static func isStream(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
            && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Follows symbolic links, so that the file is replaced and not the link.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private var isFile: Bool { if case .file = destination { true } else { false } }

    /// Writes bytes behind those written before.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        count += bytes.count
        if !isFile, file < 0 {
            guard memory.count + bytes.count > Self.memoryLimit else {
                memory.append(contentsOf: bytes)
                return
            }
            file = try Self.namelessFile(name)
            try memory.withUnsafeBufferPointer { collected throws(FormatError) in
                try Self.write(UnsafeRawBufferPointer(collected), to: file, name)
            }
            memory = []
        }
        try Self.write(bytes, to: file, name)
    }

    /// Writes what a buffer holds, and empties it.
    func write(_ buffer: inout TextBuffer) throws(FormatError) {
        try buffer.withBytes { bytes throws(FormatError) in try write(bytes) }
        buffer.removeAll()
    }

    /// Reads back what was written from a place on; 0 at the end.
    func read(_ place: Int, into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        guard file >= 0 else {
            let part = memory[min(place, memory.count)...].prefix(space.count)
            space.copyBytes(from: part)
            return part.count
        }
        while true {
            let count = pread(file, space.baseAddress, space.count, off_t(place))
            if count >= 0 { return count }
            if errno != EINTR { throw FormatError.writing(name, errno) }
        }
    }

    /// Lets the output appear.
    func finish() throws(FormatError) {
        switch destination {
        case .file(let path, let partial, let mode):
            if let mode { fchmod(file, mode) }
            if fsync(file) != 0, errno != EINVAL, errno != EROFS { throw fail(errno) }
            let partial = if let partial { partial } else { try nameFile(for: path) }
            let closed = close(file)
            file = -1
            guard closed == 0 else {
                let number = errno
                unlink(partial)
                throw FormatError.writing(name, number)
            }
            guard rename(partial, path) == 0 else {
                let number = errno
                unlink(partial)
                throw FormatError.writing(name, number)
            }
        case .device(let path):
            let target = open(path, O_WRONLY | O_CLOEXEC)
            if target < 0 { throw FormatError.writing(path, errno) }
            defer { close(target) }
            try copy(to: target)
        case .stream(let target): try copy(to: target)
        }
    }

    private func copy(to target: Int32) throws(FormatError) {
        let input = WrittenInput(self)
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let isEnd = try piece.withUnsafeMutableBufferPointer { space throws(FormatError) in
                let read = try input.read(into: UnsafeMutableRawBufferPointer(space))
                let text = UnsafeBufferPointer(rebasing: space[..<read])
                try Self.write(UnsafeRawBufferPointer(text), to: target, name)
                return read == 0
            }
            if isEnd { break }
        }
        discard()
        memory = []
    }

    private func fail(_ number: Int32) -> FormatError {
        discard()
        return FormatError.writing(name, number)
    }

    /// Removes what has been written.
    private func discard() {
        guard file >= 0 else { return }
        close(file)
        file = -1
        if case .file(_, let partial?, _) = destination { unlink(partial) }
    }

    // MARK: Descriptors

    private static func namelessFile(_ name: String) throws(FormatError) -> Int32 {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(directory)/clusteratlas-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else {
            throw FormatError(
                .unwritable, at: name,
                "cannot make a temporary file in \(directory): \(String(cString: strerror(errno)))",
                remedy: "set TMPDIR to a directory that can be written")
        }
        unlink(template)
        return file
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ name: String
    ) throws(FormatError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, piece.baseAddress, piece.count)
            #else
                let written = Darwin.write(descriptor, piece.baseAddress, piece.count)
            #endif
            if written < 0 {
                if errno == EINTR { continue }
                throw FormatError.writing(name, errno)
            }
            rest = rest.dropFirst(written)
        }
    }
}

/// What was written to an output, to be read again.
final class WrittenInput: ByteInput {
    private let output: AtomicOutput
    private var at = 0

    init(_ output: AtomicOutput) { self.output = output }

    var name: String { output.name }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let count = try output.read(at, into: space)
        at += count
        return count
    }
}
