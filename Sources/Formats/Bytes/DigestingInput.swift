internal import Crypto
internal import Dispatch
internal import Features
internal import Synchronization

/// Passes bytes through and keeps their number and SHA-256.
///
/// The digest is worked out on a thread of its own, behind what is read, as it takes longer than
/// reading does.
final class DigestingInput: ByteInput {
    private let base: any ByteInput
    private let digest = Digest()
    private var size = 0

    init(_ base: any ByteInput) { self.base = base }

    var name: String { base.name }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let count = try base.read(into: space)
        if count > 0 { digest.add(Array(space[..<count])) }
        size += count
        return count
    }

    /// The record of what has been read, which is all of it once the end has been reached.
    var record: InputRecord {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        return InputRecord(name: file, size: size, sha256: digest.text)
    }

    /// A digest that is behind.
    private final class Digest: Sendable {
        private let value = Mutex(SHA256())
        private let queue = DispatchQueue(label: "digest")
        /// How many pieces may wait.
        private let room = DispatchSemaphore(value: 4)
        /// Up to how many bytes it is not worth to wake another thread.
        private static let small = 1 << 16

        func add(_ bytes: [UInt8]) {
            guard bytes.count > Self.small else {
                return queue.sync { value.withLock { $0.update(data: bytes) } }
            }
            room.wait()
            queue.async {
                self.value.withLock { $0.update(data: bytes) }
                self.room.signal()
            }
        }

        var text: String {
            let digits = Array("0123456789abcdef")
            let bytes = queue.sync { value.withLock { Array($0.finalize()) } }
            return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        }
    }

    /// Reads a file to its end for the record of it.
    static func record(of path: String) throws(FormatError) -> InputRecord {
        let input = DigestingInput(try FileInput(path))
        var space = [UInt8](repeating: 0, count: 1 << 20)
        var count = 0
        repeat {
            count = try space.withUnsafeMutableBufferPointer { bytes throws(FormatError) in
                try input.read(into: UnsafeMutableRawBufferPointer(bytes))
            }
        } while count > 0
        return input.record
    }
}
