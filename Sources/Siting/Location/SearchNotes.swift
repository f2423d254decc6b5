internal import Features
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder in which searches note how far they have come, so that one which was killed goes on from
/// there.
///
/// What is noted is all that the rest of a search depends on: the best choice, the parts of the tree
/// that are left with their bounds, and the proof so far. A search that goes on from a note therefore
/// takes the same way, and ends with the same answer and the same proof, as one that nothing disturbed.
/// Searches are known by their order; a note of another question, or one that is damaged, is passed over.
public final class SearchNotes: Sendable {
    private let folder: String
    private let interval: Duration
    private let state = Mutex(State())

    private struct State {
        var searches = 0
        var due = ContinuousClock.now
        var restored = 0
    }

    /// Names a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder, which is made with the first note.
    ///   - interval: How long to wait between two notes at least.
    public init(folder: String, every interval: Duration = .seconds(1)) {
        self.folder = folder
        self.interval = interval
        state.withLock { $0.due = .now + interval }
    }

    /// How many searches went on from a note.
    public var restored: Int { state.withLock { $0.restored } }

    /// The file of the next search.
    func next() -> String {
        state.withLock { state in
            state.searches += 1
            return "\(folder)/search-\(state.searches)"
        }
    }

    /// The file of a question that is known by a number.
    func path(of question: UInt64) -> String {
        "\(folder)/program-\(String(question, radix: 16))"
    }

    /// Whether it is time for a note.
    var isDue: Bool { state.withLock { ContinuousClock.now >= $0.due } }

    /// How long a search must have taken for its end to be worth a note.
    var briefest: Duration { interval / 2 }

    /// Writes a note, whole or not at all.
    ///
    /// A disk without room costs the note, not the search. Notes take a twentieth of the time at most.
    func write(_ path: String, _ content: (inout SearchNoteWriter) -> Void) {
        let begin = ContinuousClock.now
        NoteFolder.make(folder)
        let beside = path + ".partial"
        if var writer = SearchNoteWriter(beside) {
            content(&writer)
            if !writer.close() || rename(beside, path) != 0 { unlink(beside) }
        }
        let end = ContinuousClock.now
        state.withLock { $0.due = end + max(interval, (end - begin) * 20) }
    }

    /// Tells that a search went on from its note.
    func noteRestored() { state.withLock { $0.restored += 1 } }
}
