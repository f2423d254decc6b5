#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Held while one process is at work in a folder; the system lets go of it when the process ends,
/// however it ends.
package final class FolderLock: Sendable {
    /// Another process holds it.
    package struct Held: Error {
        /// The other process, as it says itself.
        package let process: String
    }

    private let descriptor: Int32

    /// Takes a lock.
    ///
    /// - Parameter file: The file that is locked, made where there is none.
    /// - Throws: ``Held`` where another process has it, `FormatError` where the file cannot be made.
    package init(_ file: String) throws {
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FormatError.writing(file, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var bytes = [UInt8](repeating: 0, count: 32)
            let count = read(descriptor, &bytes, bytes.count)
            throw Held(
                process: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
                    .filter(\.isNumber))
        }
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, text, text.count, 0)
    }

    deinit {
        // A program that is just being started may hold a copy of the descriptor for a moment.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
