extension JSONScanner {
    /// Reads a text that is one value and nothing else.
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8, with or without a byte order mark.
    ///   - file: The name of the file for errors.
    ///   - read: Reads the value.
    /// - Returns: The value.
    /// - Throws: ``FormatError`` naming the file, line and byte.
    static func whole<Value>(
        _ bytes: [UInt8], file: String, _ read: (inout JSONScanner) throws(Fault) -> Value
    ) throws(FormatError) -> Value {
        var result: Result<Value, Fault> = .failure(.end(at: 0))
        bytes.withUnsafeBufferPointer { buffer in
            do throws(Fault) {
                var scanner = JSONScanner(buffer)
                if buffer.starts(with: ByteOrderMark.utf8) { scanner.at = 3 }
                let value = try read(&scanner)
                guard try scanner.isAtEnd() else {
                    throw scanner.unexpected("the end after the value")
                }
                result = .success(value)
            } catch {
                result = .failure(error)
            }
        }
        switch result {
        case .success(let value): return value
        case .failure(let fault):
            let line = bytes[..<min(fault.at, bytes.count)].count { $0 == 0x0A } + 1
            throw FormatError(
                fault.code, at: "\(file), line \(line) (byte \(fault.at))", fault.problem,
                remedy: fault.remedy)
        }
    }
}
