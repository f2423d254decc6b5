internal import Features
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The folder of a study's results, with what is known of them in `.clusteratlas` below it.
///
/// ```text
/// DIR/reach.geojson                     results
/// DIR/.clusteratlas/lock                held by the run that is at work
/// DIR/.clusteratlas/run.json            which study with which parameters
/// DIR/.clusteratlas/steps/reach.json    what the step was made from, and what it wrote
/// DIR/.clusteratlas/logs/reach.log      what it said
/// DIR/.clusteratlas/making/reach/       what it is writing
/// DIR/.clusteratlas/notes/reach/KEY/    what it notes in order to go on where it is killed
/// ```
public struct StudyFolder: Sendable {
    /// The folder.
    public let path: String
    /// The folder with what is known of the results.
    public var state: String { path + "/.clusteratlas" }

    /// Names a folder.
    ///
    /// - Parameter path: The folder.
    public init(_ path: String) { self.path = path }

    /// A result of the folder.
    func file(_ name: String) -> String { "\(path)/\(name)" }
    /// What a step has said.
    func log(_ id: String) -> String { "\(state)/logs/\(id).log" }
    /// What the name of the file in which a step says how far it has come ends in.
    static let progressEnding = ".progress"

    /// How far a step at work has come, as it last said.
    ///
    /// - Parameter id: The step.
    /// - Returns: What it said, or `nil` where it has said nothing.
    public func progress(of id: String) -> StepProgress? {
        (try? JSONValue.read(log(id) + Self.progressEnding)).flatMap { StepProgress(json: $0) }
    }

    /// Where a step writes.
    func work(_ id: String) -> String { "\(state)/making/\(id)" }
    /// Where what steps note of their work is kept.
    var notes: String { state + "/notes" }
    /// Where a step notes how far it has come.
    func notes(_ id: String) -> String { "\(notes)/\(id)" }
    private func recordFile(_ id: String) -> String { "\(state)/steps/\(id).json" }

    /// What was noted of a step when it ended; `nil` where nothing was, or cannot be read.
    func record(of id: String) -> StepRecord? {
        guard let json = try? JSONValue.read(recordFile(id)) else { return nil }
        return StepRecord(json)
    }

    /// Notes what a step was made from and what it wrote, whole or not at all.
    func keep(_ record: StepRecord, of id: String) throws {
        try TextFile.write(record.json.indentedText, to: recordFile(id))
        Self.sync(recordFile(id))
    }

    // MARK: Folders

    /// Makes the folder, and those below it.
    func make() throws {
        for folder in [path, state, state + "/steps", state + "/logs", state + "/work"] {
            try Self.makeFolder(folder)
        }
    }

    /// Makes a folder with those above it.
    static func makeFolder(_ path: String) throws {
        if path.isEmpty || FilePlace.isFolder(path) { return }
        let parent = FilePlace.parent(of: path)
        if parent != path, parent != "." { try makeFolder(parent) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path, errno) }
        if !FilePlace.isFolder(path) {
            throw StudyError(
                at: path, "this is a file, not a folder", remedy: "name another folder with -o")
        }
    }

    /// Removes a folder with all that is in it.
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

    /// Gives a file the name under which it is known, once its bytes are on the disk.
    static func move(_ file: String, to place: String) throws {
        sync(file)
        guard rename(file, place) == 0 else { throw failure(place, errno) }
    }

    /// Waits until a file's bytes are on the disk.
    static func sync(_ file: String) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    static func failure(_ path: String, _ number: Int32) -> StudyError {
        StudyError(at: path, "cannot be written: " + String(cString: strerror(number)))
    }

    // MARK: One run at a time

    /// Held while a run is at work in the folder; the system lets go of it when the process ends,
    /// however it ends.
    final class Lock: Sendable {
        private let descriptor: Int32

        init(_ folder: StudyFolder) throws {
            let file = folder.state + "/lock"
            descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw StudyFolder.failure(file, errno) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                var bytes = [UInt8](repeating: 0, count: 32)
                let count = read(descriptor, &bytes, bytes.count)
                let process = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
                    .filter(\.isNumber)
                close(descriptor)
                throw StudyError(
                    at: folder.path,
                    "another run is at work in this folder"
                        + (process.isEmpty ? "" : " (process \(process))"),
                    remedy: "wait until it has ended, or name another folder with -o")
            }
            let text = Array("\(getpid())\n".utf8)
            ftruncate(descriptor, 0)
            pwrite(descriptor, text, text.count, 0)
        }

        deinit { close(descriptor) }
    }
}

extension StudyFolder {
    /// Makes a link to a file.
    static func link(_ path: String, to file: String) throws {
        guard symlink(file, path) == 0 || errno == EEXIST else { throw failure(path, errno) }
    }

    /// Removes a file.
    static func removeFile(_ path: String) { unlink(path) }
}
