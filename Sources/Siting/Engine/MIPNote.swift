internal import Features

/// What an engine found for one program, noted so that a run that was killed goes on from there.
///
/// Programs are known by their text. What is noted of one that was solved takes the place of solving it
/// again; of one that was not, its best solution, its bound, and how many parts of the work are done.
struct MIPNote {
    private let notes: SearchNotes
    private let path: String
    private let question: UInt64

    /// Names the note of a program.
    ///
    /// - Parameters:
    ///   - notes: Where notes are kept.
    ///   - program: The text of the program.
    ///   - gap: How near to the bound is near enough.
    init(_ notes: SearchNotes, of program: String, gap: Double) {
        var sum = NoteSum()
        withUnsafeBytes(of: gap) { sum.add($0) }
        var program = program
        program.withUTF8 { sum.add(UnsafeRawBufferPointer($0)) }
        self.notes = notes
        question = sum.value
        path = notes.path(of: question)
    }

    /// The form of the notes.
    private static let form = 1

    /// Notes what was found after some parts of the work, where it took long enough to be worth it.
    func write(
        _ outcome: MIPOutcome, _ parts: Int, since begin: ContinuousClock.Instant, always: Bool
    ) {
        guard always || ContinuousClock.now - begin >= notes.briefest else { return }
        notes.write(path) { writer in
            writer.put(one: Self.form)
            writer.put(one: question)
            writer.put(one: parts)
            writer.put(one: outcome.ending.rawValue)
            writer.put(one: outcome.isAtMostNodes)
            writer.put(one: outcome.nodes)
            writer.put(outcome.bound.map { [$0] } ?? [])
            for list in [outcome.values, outcome.multipliers] {
                writer.put(one: list != nil)
                writer.put(list ?? [])
            }
        }
    }

    /// What was noted, and after how many parts; `nil` where nothing was that can be used.
    func read() -> (outcome: MIPOutcome, parts: Int)? {
        guard var reader = SearchNoteReader(path), let found = try? read(&reader),
            (try? reader.isWhole()) == true
        else { return nil }
        notes.noteRestored()
        return found
    }

    private func read(
        _ reader: inout SearchNoteReader
    ) throws(SearchNoteReader.Damage) -> (outcome: MIPOutcome, parts: Int) {
        guard try reader.one(Int.self) == Self.form, try reader.one(UInt64.self) == question else {
            throw SearchNoteReader.Damage()
        }
        let parts = try reader.one(Int.self)
        guard (1...99).contains(parts) else { throw SearchNoteReader.Damage() }
        guard let ending = MIPOutcome.Ending(rawValue: try reader.one(UInt8.self)) else {
            throw SearchNoteReader.Damage()
        }
        var outcome = MIPOutcome(ending: ending)
        outcome.isAtMostNodes = try reader.one(UInt8.self) != 0
        outcome.nodes = try reader.one(Int.self)
        outcome.bound = try reader.list(of: Double.self).first
        outcome.values = try optionalList(&reader)
        outcome.multipliers = try optionalList(&reader)
        return (outcome, parts)
    }

    private func optionalList(
        _ reader: inout SearchNoteReader
    ) throws(SearchNoteReader.Damage) -> [Double]? {
        let isThere = try reader.one(UInt8.self) != 0
        let list = try reader.list(of: Double.self)
        return isThere ? list : nil
    }
}
