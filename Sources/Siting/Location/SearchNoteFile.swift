internal import Features

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes numbers to a file as they lie in memory, with a sum at the end.
struct SearchNoteWriter {
    private let file: UnsafeMutablePointer<FILE>
    private var sum = NoteSum()
    private var isGood = true

    init?(_ path: String) {
        guard let file = fopen(path, "w") else { return nil }
        self.file = file
    }

    mutating func put<Value: BitwiseCopyable>(_ values: [Value]) {
        put(one: values.count)
        values.withUnsafeBytes { write($0) }
    }

    mutating func put<Value: BitwiseCopyable>(one value: Value) {
        withUnsafeBytes(of: value) { write($0) }
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) {
        guard isGood, let start = bytes.baseAddress, !bytes.isEmpty else { return }
        sum.add(bytes)
        isGood = fwrite(start, 1, bytes.count, file) == bytes.count
    }

    /// Ends the file.
    ///
    /// - Returns: Whether all was written.
    mutating func close() -> Bool {
        put(one: sum.value)
        return fclose(file) == 0 && isGood
    }
}

/// Reads what ``SearchNoteWriter`` wrote.
struct SearchNoteReader: ~Copyable {
    private let file: UnsafeMutablePointer<FILE>
    private var sum = NoteSum()
    private var left: Int

    init?(_ path: String) {
        guard let file = fopen(path, "r") else { return nil }
        self.file = file
        fseek(file, 0, SEEK_END)
        left = ftell(file)
        rewind(file)
    }

    deinit { fclose(file) }

    /// What is read of a file that is damaged or shorter than it should be.
    struct Damage: Error {}

    mutating func list<Value: BitwiseCopyable>(of kind: Value.Type) throws(Damage) -> [Value] {
        let count = try one(Int.self)
        guard count >= 0, count <= left / MemoryLayout<Value>.stride else { throw Damage() }
        var isRead = false
        let values = [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            let size = count * MemoryLayout<Value>.stride
            isRead = read(
                UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: size))
            initialized = isRead ? count : 0
        }
        guard isRead else { throw Damage() }
        return values
    }

    mutating func one<Value: BitwiseCopyable>(_ kind: Value.Type) throws(Damage) -> Value {
        let size = MemoryLayout<Value>.size
        guard size <= left else { throw Damage() }
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: size, alignment: MemoryLayout<Value>.alignment)
        defer { bytes.deallocate() }
        guard read(bytes) else { throw Damage() }
        return bytes.load(as: Value.self)
    }

    private mutating func read(_ bytes: UnsafeMutableRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return true }
        guard fread(start, 1, bytes.count, file) == bytes.count else { return false }
        sum.add(UnsafeRawBufferPointer(bytes))
        left -= bytes.count
        return true
    }

    /// Whether all was read, and none of it damaged.
    mutating func isWhole() throws(Damage) -> Bool {
        let sum = sum.value
        return try one(UInt64.self) == sum && left == 0
    }
}
