/// What was found for a block, as numbers.
package struct FoundNumbers: Hashable, Sendable {
    /// Whole numbers.
    package var whole: [Int32]
    /// Numbers with a fraction.
    package var real: [Double]

    /// Creates what was found.
    package init(whole: [Int32] = [], real: [Double]) {
        self.whole = whole
        self.real = real
    }
}

/// How what was found lies in a file: a head of six words, the numbers, and their sum.
struct FoundNote {
    /// By which a note is known, and the form of it.
    private static let mark: UInt64 = 0x0100_6E6F_7465_6401
    /// How many bytes the head has.
    static let headSize = 48

    let question: [UInt64]
    private let wholes: Int
    private let reals: Int

    /// How many bytes follow the head.
    var bodySize: Int { wholes * 4 + reals * 8 + 8 }

    /// A note of what was found.
    static func bytes(_ question: FoundQuestion, _ found: FoundNumbers) -> [UInt8] {
        var words = [mark] + question.words
        words += [UInt64(found.whole.count), UInt64(found.real.count)]
        words.append(sum(words))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headSize + found.whole.count * 4 + found.real.count * 8 + 8)
        words.withUnsafeBytes { bytes.append(contentsOf: $0) }
        found.whole.withUnsafeBytes { bytes.append(contentsOf: $0) }
        found.real.withUnsafeBytes { bytes.append(contentsOf: $0) }
        let sum = sum(bytes[headSize...])
        withUnsafeBytes(of: sum) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Reads a head; `nil` where it is none.
    init?(head: [UInt8]) {
        guard head.count == Self.headSize else { return nil }
        let words = head.withUnsafeBytes { bytes in
            (0..<6).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        }
        guard words[0] == Self.mark, words[5] == Self.sum(words.dropLast()),
            words[3] < 1 << 40, words[4] < 1 << 40
        else { return nil }
        question = Array(words[1...2])
        wholes = Int(words[3])
        reals = Int(words[4])
    }

    /// The numbers that follow the head; `nil` where they are damaged.
    func numbers(_ body: [UInt8]) -> FoundNumbers? {
        guard body.count == bodySize else { return nil }
        let sum = body.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: bodySize - 8, as: UInt64.self)
        }
        guard sum == Self.sum(body.dropLast(8)) else { return nil }
        return FoundNumbers(
            whole: Self.list(wholes, of: body[..<(wholes * 4)]),
            real: Self.list(reals, of: body[(wholes * 4)..<(bodySize - 8)]))
    }

    private static func list<Value: BitwiseCopyable>(
        _ count: Int, of bytes: ArraySlice<UInt8>
    ) -> [Value] {
        Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
            initialized = count
        }
    }

    private static func sum<Values: Collection>(_ values: Values) -> UInt64
    where Values.Element: BitwiseCopyable {
        var sum = NoteSum()
        _ = values.withContiguousStorageIfAvailable { sum.add(UnsafeRawBufferPointer($0)) }
        return sum.value
    }
}
