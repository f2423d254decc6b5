#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where bytes come from, read from front to back.
protocol ByteInput: AnyObject {
    /// The name by which errors call it.
    var name: String { get }

    /// Reads up to as many bytes as fit; 0 at the end.
    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int
}

/// The marks with which some programs begin a text.
enum ByteOrderMark {
    static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// A file or standard input.
final class FileInput: ByteInput {
    let name: String
    private let descriptor: Int32

    /// Opens a file; `-` is standard input.
    init(_ path: String) throws(FormatError) {
        if path == "-" {
            name = "standard input"
            descriptor = STDIN_FILENO
            return
        }
        name = path
        guard !path.isEmpty else {
            throw FormatError(
                .unreadable, at: "", "the name of the file to read is empty",
                remedy: "name a file, or - for standard input")
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw FormatError(
                .unreadable, at: path, "this is a directory", remedy: "name a file in it")
        }
    }

    /// Reads from a descriptor that is open already, and closes it in the end.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Whether a file of this name is there and may be read.
    static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

    deinit {
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, space.baseAddress, space.count)
            #else
                let count = Darwin.read(descriptor, space.baseAddress, space.count)
            #endif
            if count >= 0 { return count }
            if errno != EINTR { throw Self.failure(name, errno) }
        }
    }

    private static func failure(_ path: String, _ number: Int32) -> FormatError {
        switch number {
        case ENOENT, ENOTDIR:
            FormatError(
                .unreadable, at: path, "there is no such file",
                remedy: "check the name and the directory it is looked for in")
        case EACCES, EPERM:
            FormatError(
                .unreadable, at: path, "this file may not be read",
                remedy: "give yourself the permission to read it")
        case EISDIR:
            FormatError(.unreadable, at: path, "this is a directory", remedy: "name a file in it")
        default:
            FormatError(
                .unreadable, at: path, "cannot be read: \(String(cString: strerror(number)))")
        }
    }
}

/// Bytes that are in memory, given out in pieces.
final class MemoryInput: ByteInput {
    let name: String
    private let bytes: [UInt8]
    private let piece: Int
    private var at = 0

    /// Gives out bytes, at most `piece` at once.
    init(_ bytes: [UInt8], name: String, piece: Int = .max) {
        self.bytes = bytes
        self.name = name
        self.piece = piece
    }

    func read(into space: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(space.count, piece, bytes.count - at)
        space.copyBytes(from: bytes[at..<at + count])
        at += count
        return count
    }
}

/// Some bytes that were read ahead, and then the rest of the input they were read from.
final class ResumedInput: ByteInput {
    let name: String
    private var ahead: ArraySlice<UInt8>
    private let rest: any ByteInput

    init(_ ahead: [UInt8], then rest: any ByteInput) {
        self.ahead = ahead[...]
        self.rest = rest
        name = rest.name
    }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        guard !ahead.isEmpty else { return try rest.read(into: space) }
        let count = min(space.count, ahead.count)
        space.copyBytes(from: ahead.prefix(count))
        ahead = ahead.dropFirst(count)
        return count
    }
}

/// Whole files.
package enum FileBytes {
    package static func read(_ path: String) throws(FormatError) -> [UInt8] {
        try read(FileInput(path), upTo: .max)
    }

    /// Reads until the end, or until so many bytes are there.
    static func read(_ input: any ByteInput, upTo limit: Int) throws(FormatError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(limit, 1 << 16))
        while bytes.count < limit {
            let count = try piece.withUnsafeMutableBufferPointer { space throws(FormatError) in
                try input.read(into: UnsafeMutableRawBufferPointer(space))
            }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return bytes
    }
}
