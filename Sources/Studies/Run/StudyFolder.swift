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
    func work(_ id: String) -> String { "\(making)/\(id)" }
    /// Where all steps write.
    var making: String { state + "/making" }
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
        FolderKeeping.sync(recordFile(id))
    }

    // MARK: Folders

    /// Makes the folder, and those below it.
    func make() throws {
        for folder in [path, state, state + "/steps", state + "/logs", making] {
            try FolderKeeping.make(folder)
        }
    }

    static func failure(_ path: String, _ number: Int32) -> StudyError {
        StudyError(at: path, "cannot be written: " + String(cString: strerror(number)))
    }

    /// Makes sure that no other run is at work in the folder.
    ///
    /// - Returns: What is held while this one is.
    func lock() throws -> FolderLock {
        do {
            return try FolderLock(state + "/lock")
        } catch let held as FolderLock.Held {
            throw StudyError(
                at: path,
                "another run is at work in this folder"
                    + (held.process.isEmpty ? "" : " (process \(held.process))"),
                remedy: "wait until it has ended, or name another folder with -o")
        }
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
