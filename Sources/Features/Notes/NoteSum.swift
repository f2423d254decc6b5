/// A sum over bytes by which damage is noticed (FNV-1a over words of 64 bits).
package struct NoteSum: Hashable, Sendable {
    /// The sum of all that was added.
    package private(set) var value: UInt64

    /// Starts at nothing.
    ///
    /// - Parameter start: What is told apart from the sums of other starts.
    package init(start: UInt64 = 0) { value = 0xCBF2_9CE4_8422_2325 ^ start }

    /// Adds bytes.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var place = 0
        while place + 8 <= bytes.count {
            mix(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        for byte in bytes[place...] { mix(UInt64(byte)) }
    }

    private mutating func mix(_ word: UInt64) {
        value = (value ^ word) &* 0x100_0000_01B3
        value ^= value >> 32
    }
}
