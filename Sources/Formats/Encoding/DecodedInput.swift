/// Passes bytes of another encoding on as UTF-8.
final class DecodedInput: ByteInput {
    private let base: any ByteInput
    private let decoder: TextDecoder
    private var raw: [UInt8] = []
    private var ready: [UInt8] = []
    private var at = 0
    private var isAtEnd = false

    init(_ base: any ByteInput, from encoding: TextEncoding) {
        self.base = base
        decoder = TextDecoder(encoding)
    }

    var name: String { base.name }

    /// How many bytes stood for no character so far.
    var faults: Int { decoder.faults + decoder.cuts }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        while at == ready.count, !isAtEnd { try fill() }
        let count = min(space.count, ready.count - at)
        space.copyBytes(from: ready[at..<at + count])
        at += count
        return count
    }

    private func fill() throws(FormatError) {
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        let count = try piece.withUnsafeMutableBufferPointer { space throws(FormatError) in
            try base.read(into: UnsafeMutableRawBufferPointer(space))
        }
        isAtEnd = count == 0
        raw += piece[..<count]
        ready.removeAll(keepingCapacity: true)
        at = 0
        let taken = raw.withUnsafeBufferPointer {
            decoder.append($0, isLast: isAtEnd, to: &ready)
        }
        raw.removeFirst(taken)
    }
}
