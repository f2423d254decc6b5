import Geometry

/// What stands between the values of features that one writer has written: mostly the same bytes in
/// feature after feature.
///
/// It is learned from a feature that was parsed member by member. Where the bytes between the
/// values of the next feature are the same, its members need not be looked for; where they are
/// not, the feature is parsed member by member, which is also what finds every fault.
struct FeatureTemplate: ~Copyable {
    /// What a value belongs to.
    enum Slot: Equatable {
        case property(column: Int)
        case id
        case geometry
        /// No value: the feature ends.
        case end
    }

    /// Bytes, and the value behind them.
    struct Step {
        var text: FixedText
        var slot: Slot
    }

    /// A value of the feature that is learned from.
    typealias Value = (range: Range<Int>, slot: Slot)

    private var steps = GrowingBuffer<Step>(capacity: 16)
    private var words = GrowingBuffer<UInt64>(capacity: 64)

    /// The number of steps; none while nothing has been learned.
    var count: Int { steps.count }

    mutating func forget() {
        steps.cut(to: 0)
        words.cut(to: 0)
    }

    /// Learns from a feature.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - feature: Where the feature stands.
    ///   - values: Where its values stand, in order, and what each belongs to.
    mutating func learn(
        _ bytes: UnsafeBufferPointer<UInt8>, feature: Range<Int>, values: [Value]
    ) {
        forget()
        var at = feature.lowerBound
        for value in values {
            let text = FixedText(bytes, at..<value.range.lowerBound, words: &words)
            steps.append(Step(text: text, slot: value.slot))
            at = value.range.upperBound
        }
        let text = FixedText(bytes, at..<feature.upperBound, words: &words)
        steps.append(Step(text: text, slot: .end))
    }

    /// Whether the bytes of a step stand at a place: their number and what comes behind them, or
    /// `nil`.
    func match(
        _ step: Int, at: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (count: Int, slot: Slot)? {
        let step = steps[step]
        guard step.text.stands(at: at, in: bytes, words: words) else { return nil }
        return (step.text.count, step.slot)
    }
}

/// What stands before the coordinates of the geometry that was parsed last.
struct GeometryTemplate: ~Copyable {
    private var words = GrowingBuffer<UInt64>(capacity: 16)
    private(set) var text: FixedText?
    private(set) var kind = Shape.Kind.point

    mutating func learn(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, kind: Shape.Kind
    ) {
        words.cut(to: 0)
        text = FixedText(bytes, range, words: &words)
        self.kind = kind
    }

    /// The number of bytes and the kind, where the bytes stand at a place.
    func match(at: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (count: Int, kind: Shape.Kind)? {
        guard let text, text.stands(at: at, in: bytes, words: words) else { return nil }
        return (text.count, kind)
    }
}

/// A short text that is compared eight bytes at a time; its words stand in a buffer of many.
struct FixedText {
    private var first: Int
    private var wordCount: Int
    /// Which bits of the last word count.
    private var lastMask: UInt64 = 0
    private(set) var count: Int

    init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
        words: inout GrowingBuffer<UInt64>
    ) {
        count = range.count
        first = words.count
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            var word: UInt64 = 0
            lastMask = 0
            for at in start..<min(start + 8, range.upperBound) {
                let shift = UInt64(8 * (at - start))
                word |= UInt64(bytes[at]) << shift
                lastMask |= 0xFF << shift
            }
            words.append(word)
        }
        wordCount = words.count - first
    }

    /// Whether this text stands at a place; false too where fewer than eight bytes lie behind it.
    @inline(__always)
    func stands(
        at: Int, in bytes: UnsafeBufferPointer<UInt8>, words: borrowing GrowingBuffer<UInt64>
    ) -> Bool {
        guard wordCount > 0 else { return true }
        guard let base = bytes.baseAddress, at + 8 * wordCount <= bytes.count else { return false }
        let here = UnsafeRawPointer(base + at)
        @inline(__always) func word(_ i: Int) -> UInt64 {
            UInt64(littleEndian: here.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self))
        }
        var i = 0
        while i < wordCount - 1 {
            if word(i) != words[first + i] { return false }
            i += 1
        }
        return word(i) & lastMask == words[first + i]
    }
}
