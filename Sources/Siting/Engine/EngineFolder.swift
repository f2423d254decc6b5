#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder for the files of one run of an engine; it goes when nobody holds it.
final class EngineFolder {
    let path: String

    /// The files that a program reads and writes there.
    static let files = ["model.mps", "start.txt", "relaxed.txt", "best.txt"]
    /// The file of what it says.
    static let log = "log.txt"

    /// Makes a folder among the temporary ones (`TMPDIR`, else `/tmp`).
    ///
    /// - Throws: ``SitingError`` (`noEngine`) where none can be made.
    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/clusteratlas-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw SitingError(
                .noEngine, at: parent,
                "no folder can be made there: " + String(cString: strerror(errno)),
                remedy: "name a folder that can be written in the variable TMPDIR")
        }
        path = String(cString: made)
    }

    deinit {
        remove(Self.files + [Self.log])
        rmdir(path)
    }

    /// Removes files, as far as they are there.
    func remove(_ names: [String]) {
        for name in names { unlink("\(path)/\(name)") }
    }

    func write(_ text: String, to name: String) throws {
        var isWritten = false
        if let file = fopen("\(path)/\(name)", "w") {
            var text = text
            let length = text.utf8.count
            let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
            isWritten = fclose(file) == 0 && written == length
        }
        if isWritten { return }
        throw SitingError(
            .noEngine, at: path, "cannot be written: " + String(cString: strerror(errno)),
            remedy: "make room, or name another folder in the variable TMPDIR")
    }

    /// The text of a file; empty where it is not there.
    func text(_ name: String) -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { break }
            bytes += block[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
