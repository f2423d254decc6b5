/// The bytes of a packed input.
final class UnpackedInput: ByteInput {
    private let packed: any ByteInput
    private let compression: Compression
    private let unpacker: any Unpacker
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    /// What of the buffer is there and has not been unpacked.
    private var rest = 0..<0
    /// How many packed bytes have been unpacked.
    private var count = 0
    private var isBetween = true
    private var isAtEnd = false

    init(_ packed: any ByteInput, _ compression: Compression) {
        self.packed = packed
        self.compression = compression
        unpacker = compression.unpacker()
    }

    var name: String { packed.name }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        while true {
            if rest.isEmpty, !isAtEnd {
                let read = try buffer.withUnsafeMutableBufferPointer { space throws(FormatError) in
                    try packed.read(into: UnsafeMutableRawBufferPointer(space))
                }
                rest = 0..<read
                isAtEnd = read == 0
            }
            if rest.isEmpty, isBetween { return 0 }
            let step = buffer.withUnsafeBufferPointer {
                unpacker.unpack(
                    UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0[rest])), into: space)
            }
            guard let step else { throw compression.fault(.damaged, name, count) }
            rest = rest.lowerBound + step.read..<rest.upperBound
            count += step.read
            if step.read > 0 || step.written > 0 { isBetween = step.isBetween }
            if step.written > 0 { return step.written }
            if isAtEnd, step.read == 0, !isBetween {
                throw compression.fault(.truncated, name, count)
            }
        }
    }
}

/// Inputs as their bytes are meant.
enum Inputs {
    /// Opens a file, unpacked where its first bytes say that it is packed; `-` is standard input.
    static func open(_ path: String) throws(FormatError) -> any ByteInput {
        try unpacked(FileInput(path))
    }

    /// The input itself, or what is packed in it.
    static func unpacked(_ input: any ByteInput) throws(FormatError) -> any ByteInput {
        // As many as tell what a file that is no text is instead.
        let ahead = try FileBytes.read(input, upTo: 512)
        let whole = ResumedInput(ahead, then: input)
        return Compression(magic: ahead).map { UnpackedInput(whole, $0) } ?? whole
    }
}
