/// What stands between the values of features that one writer has written: mostly the same bytes in
/// feature after feature.
///
/// It is learned from a feature that was parsed member by member. Where the bytes between the
/// values of the next feature are the same, its members need not be looked for; where they are
/// not, the feature is parsed member by member, which is also what finds every fault.
struct FeatureTemplate {
    /// What a value belongs to.
    enum Slot: Equatable {
        case property(column: Int)
        case id
        case geometry
    }

    /// Bytes, and the value behind them.
    struct Step {
        var text: FixedText
        var slot: Slot
    }

    private(set) var steps: [Step] = []
    /// The bytes behind the last value.
    private(set) var rest = FixedText()

    /// Learns from a feature.
    ///
    /// - Parameters:
    ///   - feature: Where the feature stands.
    ///   - values: Where its values stand, in order, and what each belongs to.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, feature: Range<Int>,
        values: [(range: Range<Int>, slot: Slot)]
    ) {
        var at = feature.lowerBound
        for value in values {
            steps.append(
                Step(text: FixedText(bytes, at..<value.range.lowerBound), slot: value.slot))
            at = value.range.upperBound
        }
        rest = FixedText(bytes, at..<feature.upperBound)
    }
}

/// A short text that is compared eight bytes at a time.
struct FixedText {
    /// The bytes in words, filled up with zeros.
    private var words: [UInt64] = []
    /// Which bits of the last word count.
    private var lastMask: UInt64 = 0
    private(set) var count = 0

    init() {}

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        count = range.count
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
    }

    /// Whether this text stands at a place; false too where fewer than eight bytes lie behind it.
    @inline(__always)
    func stands(at: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let last = words.count - 1
        guard last >= 0 else { return true }
        guard let base = bytes.baseAddress, at + 8 * words.count <= bytes.count else {
            return false
        }
        let here = UnsafeRawPointer(base + at)
        return words.withUnsafeBufferPointer { words in
            for i in 0..<last {
                let word = UInt64(
                    littleEndian: here.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self))
                if word != words[i] { return false }
            }
            let word = UInt64(
                littleEndian: here.loadUnaligned(fromByteOffset: 8 * last, as: UInt64.self))
            return word & lastMask == words[last]
        }
    }
}
