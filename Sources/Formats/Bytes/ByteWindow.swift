import CBytes

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

    /// How many bytes behind the last one may be looked at.
    private static let slack = 64
    /// Up to which size a window begins as large as the one before was in the end.
    private static let usualLimit = 16 << 20

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
            UnsafeMutableRawBufferPointer(space).copyBytes(from: bytes)
            // Whatever the memory holds will do: bytes need no initialization.
            count = capacity
        }
    }

    /// Reads more bytes; false at the end of the input.
    mutating func fill() throws(FormatError) -> Bool {
        guard !isAtEnd else { return false }
        if bytes.count - count < step + Self.slack {
            bytes = Self.copy(
                bytes[..<count], capacity: max(2 * bytes.count, count + step + Self.slack))
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
        let usual = min(block.count, Self.usualLimit)
        bytes = Self.copy(
            block[end..<count], capacity: max(count - end + step + Self.slack, usual))
        count -= end
        origin += end
        linesBefore += Self.lines(block[..<end])
        return block
    }

    /// Where a byte stands first, if it is there.
    func firstPlace(of byte: UInt8, from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var at = start
            // What lies behind the last byte is looked at, and does not count.
            while at < count, at + 64 <= bytes.count {
                let found = cbytes_equal64(base + at, byte)
                if found != 0 {
                    let place = at + found.trailingZeroBitCount
                    return place < count ? place : nil
                }
                at += 64
            }
            return at < count ? bytes[at..<count].firstIndex(of: byte) : nil
        }
    }

    static func lines(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { cbytes_count($0, bytes.count, 0x0A) } ?? 0
        }
    }

    /// The line and the byte of a place in the window, for errors.
    func place(_ at: Int) -> String {
        let line = linesBefore + Self.lines(bytes[..<min(at, count)]) + 1
        return "\(name), line \(line) (byte \(origin + at))"
    }
}
