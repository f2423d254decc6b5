#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FormatError {
    /// Why the system does not let a file or folder be written.
    ///
    /// - Parameters:
    ///   - path: The file or folder.
    ///   - number: What `errno` was.
    /// - Returns: The error, with what to do.
    package static func writing(_ path: String, _ number: Int32) -> FormatError {
        let reason = String(cString: strerror(number))
        switch number {
        case EPIPE:
            return FormatError(.closedPipe, at: path, "the reader has gone away")
        case ENOSPC, EDQUOT, EFBIG:
            return FormatError(
                .noSpace, at: path, "cannot be written: \(reason)",
                remedy: "make room, or write to another disk")
        case ENOENT, ENOTDIR:
            return FormatError(
                .unwritable, at: path, "cannot be written: its directory does not exist",
                remedy: "make the directory first, or correct the name")
        case EACCES, EPERM, EROFS:
            return FormatError(
                .unwritable, at: path, "cannot be written: \(reason)",
                remedy: "choose a directory in which you may write")
        default:
            return FormatError(.unwritable, at: path, "cannot be written: \(reason)")
        }
    }
}
