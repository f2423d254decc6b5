#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The part of an input that is in memory: it grows at its end and is handed over in blocks.
struct ByteWindow {
    private let input: any ByteInput
    /// The bytes; only the first `count` have been read.
    private(set) var bytes: [UInt8]
    /// How many bytes have been read and not handed over.
    private(set) var count = 0
    /// The place in the input of the first byte.
    private(set) var origin = 0
    /// How many line breaks lie before the first byte.
    private(set) var linesBefore = 0
    /// Whether the input has ended.
    private(set) var isAtEnd = false
    /// How many bytes to ask for at once; it grows, so that small inputs take little memory.
    private var step: Int
    private let greatestStep: Int

    init(_ input: any ByteInput, step: Int) {
        self.input = input
        self.step = min(step, 1 << 14)
        greatestStep = step
        bytes = Self.copy([], capacity: self.step)
    }

    var name: String { input.name }

    /// An array that begins with the bytes given; what follows in it has no meaning.
    private static func copy(_ bytes: ArraySlice<UInt8>, capacity: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: capacity) { space, count in
            let raw = UnsafeMutableRawBufferPointer(space)
            raw.copyBytes(from: bytes)
            if let base = raw.baseAddress {
                memset(base + bytes.count, 0, capacity - bytes.count)
            }
            count = capacity
        }
    }

    /// Reads more bytes; false at the end of the input.
    mutating func fill() throws(FormatError) -> Bool {
        guard !isAtEnd else { return false }
        if bytes.count - count < step {
            bytes = Self.copy(bytes[..<count], capacity: max(2 * bytes.count, count + step))
        }
        let start = count
        let end = start + step
        let read = try bytes.withUnsafeMutableBufferPointer { space throws(FormatError) in
            let free = UnsafeMutableBufferPointer(rebasing: space[start..<end])
            return try input.read(into: UnsafeMutableRawBufferPointer(free))
        }
        count += read
        step = min(4 * step, greatestStep)
        isAtEnd = read == 0
        return read > 0
    }

    /// Hands over the bytes up to `end`, and keeps those behind.
    ///
    /// - Returns: An array that begins with them; what follows in it has no meaning.
    mutating func take(_ end: Int) -> [UInt8] {
        let block = bytes
        bytes = Self.copy(block[end..<count], capacity: count - end + step)
        count -= end
        origin += end
        linesBefore += Self.lines(block[..<end])
        return block
    }

    static func lines(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var lines = 0
            for byte in bytes { lines &+= byte == 0x0A ? 1 : 0 }
            return lines
        }
    }

    /// The line and the byte of a place in the window, for errors.
    func place(_ at: Int) -> String {
        let line = linesBefore + Self.lines(bytes[..<min(at, count)]) + 1
        return "\(name), line \(line) (byte \(origin + at))"
    }
}
