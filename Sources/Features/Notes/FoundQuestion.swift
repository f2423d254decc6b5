/// What was asked, by which what was found is known again: two sums over all that the answer depends
/// on.
package struct FoundQuestion: Hashable, Sendable {
    private var sums = [NoteSum(), NoteSum(start: 0x9E37_79B9_7F4A_7C15)]

    /// Asks nothing yet.
    package init() {}

    /// The sums.
    package var words: [UInt64] { sums.map(\.value) }

    /// Adds numbers, with how many there are.
    package mutating func add<Value: BitwiseCopyable>(_ values: [Value]) {
        for place in sums.indices {
            withUnsafeBytes(of: values.count) { sums[place].add($0) }
            values.withUnsafeBytes { sums[place].add($0) }
        }
    }

    /// Adds a word.
    package mutating func add(_ word: String) { add(Array(word.utf8)) }
}
