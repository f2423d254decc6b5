internal import Crypto
internal import Features

/// Passes bytes through and keeps their number and SHA-256.
final class DigestingInput: ByteInput {
    private let base: any ByteInput
    private var digest = SHA256()
    private var size = 0

    init(_ base: any ByteInput) { self.base = base }

    var name: String { base.name }

    func read(into space: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let count = try base.read(into: space)
        digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: space[..<count]))
        size += count
        return count
    }

    /// The record of what has been read, which is all of it once the end has been reached.
    var record: InputRecord {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        let digits = Array("0123456789abcdef")
        let text = digest.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return InputRecord(name: file, size: size, sha256: String(text))
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
