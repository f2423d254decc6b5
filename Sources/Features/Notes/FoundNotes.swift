internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What work found for blocks of features, noted in a file as it is found, so that the same work takes
/// it up where it was killed.
///
/// What was found is known again by what was asked, whatever the order and whoever asks, and is
/// found anew where it was not noted: the results are the same with notes and without. A file that ends
/// within a note, or a note that is damaged, costs that note and those behind it. A disk without room
/// costs the notes, not the work.
public final class FoundNotes: Sendable {
    private let folder: String
    private var path: String { folder + "/found" }
    private let state: Mutex<State>

    private struct State {
        /// The file; -1 where it is not open.
        var file: Int32 = -1
        var hasBegun = false
        /// Whether no more can be noted.
        var isFull = false
        /// Where the next note goes.
        var end = 0
        /// Where notes of this run begin.
        var own = 0
        /// Where each note begins.
        var places: [[UInt64]: Int] = [:]
        var restored = 0
        var restoredRows = 0
    }

    /// The greatest file of notes, in bytes.
    private static let mostBytes = 4_000_000_000

    /// Names a folder.
    ///
    /// - Parameter folder: The folder, which is made with the first note. It holds notes of one and
    ///   the same work: the same operation with the same parameters and inputs.
    public init(folder: String) {
        self.folder = folder
        state = Mutex(State())
    }

    deinit {
        let file = state.withLock { $0.file }
        if file >= 0 { close(file) }
    }

    /// For how many blocks, and for how many features in them, what was found was noted in an earlier
    /// run and taken up.
    ///
    /// A feature counts each time that something is taken up for it.
    public var restored: (blocks: Int, features: Int) {
        state.withLock { ($0.restored, $0.restoredRows) }
    }

    /// Takes up what was found, or finds and notes it.
    ///
    /// - Parameters:
    ///   - question: All that the answer depends on.
    ///   - rows: For how many features it is found.
    ///   - find: Finds it.
    /// - Returns: What was found.
    /// - Throws: What `find` throws.
    package func found(
        _ question: FoundQuestion, rows: Int, _ find: () throws -> FoundNumbers
    ) rethrows -> FoundNumbers {
        if let known = noted(question, rows: rows) { return known }
        let found = try find()
        note(question, found)
        return found
    }

    // MARK: Reading

    private func noted(_ question: FoundQuestion, rows: Int) -> FoundNumbers? {
        let known = state.withLock { state -> (file: Int32, place: Int, isFormer: Bool)? in
            begin(&state)
            return state.places[question.words].map { (state.file, $0, $0 < state.own) }
        }
        guard let known,
            let note = FoundNote(head: Self.read(known.file, known.place, FoundNote.headSize)),
            let numbers = note.numbers(
                Self.read(known.file, known.place + FoundNote.headSize, note.bodySize))
        else { return nil }
        if known.isFormer {
            state.withLock {
                $0.restored += 1
                $0.restoredRows += rows
            }
        }
        return numbers
    }

    /// Opens the file, and finds the notes in it, once.
    private func begin(_ state: inout State) {
        guard !state.hasBegun else { return }
        state.hasBegun = true
        state.file = open(path, O_RDWR | O_CLOEXEC)
        guard state.file >= 0 else { return }
        let size = Int(lseek(state.file, 0, SEEK_END))
        while let note = FoundNote(head: Self.read(state.file, state.end, FoundNote.headSize)) {
            let next = state.end + FoundNote.headSize + note.bodySize
            guard next <= size else { break }
            state.places[note.question] = state.end
            state.end = next
        }
        ftruncate(state.file, off_t(state.end))
        state.own = state.end
    }

    /// The bytes at a place of a file; fewer where it ends before.
    private static func read(_ file: Int32, _ place: Int, _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            while initialized < count {
                let read = pread(
                    file, start + initialized, count - initialized, off_t(place + initialized))
                if read < 0, errno == EINTR { continue }
                if read <= 0 { break }
                initialized += read
            }
        }
    }

    // MARK: Writing

    private func note(_ question: FoundQuestion, _ found: FoundNumbers) {
        let bytes = FoundNote.bytes(question, found)
        state.withLock { state in
            if state.file < 0, !state.isFull {
                NoteFolder.make(folder)
                state.file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
                state.isFull = state.file < 0
            }
            guard !state.isFull, state.end + bytes.count <= Self.mostBytes else { return }
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes {
                    pwrite(state.file, $0.baseAddress, $0.count, off_t(state.end + written))
                }
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                written += count
            }
            guard written == bytes.count else {
                // What room there is belongs to the results.
                ftruncate(state.file, 0)
                state.places = [:]
                state.isFull = true
                return
            }
            state.places[question.words] = state.end
            state.end += bytes.count
        }
    }
}

/// A folder in which work notes how far it has come.
package enum NoteFolder {
    /// Makes a folder with those above it, as far as that can be done.
    package static func make(_ path: String) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        make(String(path[..<slash]))
        mkdir(path, 0o777)
    }
}
