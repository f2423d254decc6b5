/// Reads the messages of a stream or a file of Arrow, one stream after another.
struct ArrowMessageReader {
    private let input: any ByteInput
    /// How many bytes have been read.
    private var at = 0
    private var isAtStart = true

    enum Kind { case schema, dictionary, batch, other }

    /// The metadata of a message, and its body.
    struct Message {
        var kind: Kind
        var header: FlatTable
        var body: [UInt8]
        /// Where it begins.
        var start: Int
    }

    /// The greatest message that is read, in bytes.
    private static let limit = 1 << 32

    init(_ input: any ByteInput) { self.input = input }

    /// The next message, `nil` at the end.
    mutating func next() throws(FormatError) -> Message? {
        while true {
            let start = at
            var head = try read(upTo: 8)
            if isAtStart, head.starts(with: ArrowMessage.magic) {
                isAtStart = false
                continue
            }
            isAtStart = false
            // The end of a file: a list of what has been read. Its first word is no message's.
            if head.isEmpty { return nil }
            guard head.count == 8 else { throw truncated() }
            if head == ArrowMessage.end { continue }
            guard head.starts(with: ArrowMessage.continuation) else { return nil }
            head.removeFirst(4)
            let length = head.reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, length < Self.limit else { throw damaged("a length of \(length)") }
            let metadata = try readWhole(length)
            do throws(FlatTable.Damage) {
                let table = try FlatTable(metadata)
                let bodyLength: Int64 = try table.number(3)
                guard let header = try table.table(2), bodyLength >= 0, bodyLength < Self.limit
                else {
                    throw FlatTable.Damage()
                }
                let number: UInt8 = try table.number(1)
                let kinds: [UInt8: Kind] = [1: .schema, 2: .dictionary, 3: .batch]
                return Message(
                    kind: kinds[number] ?? .other, header: header,
                    body: try body(Int(bodyLength)).get(), start: start)
            } catch {
                throw waiting ?? damaged("metadata that lead nowhere")
            }
        }
    }

    private var waiting: FormatError?

    private mutating func body(_ length: Int) -> Result<[UInt8], FlatTable.Damage> {
        do throws(FormatError) {
            return .success(try readWhole(length))
        } catch {
            waiting = error
            return .failure(FlatTable.Damage())
        }
    }

    private mutating func readWhole(_ length: Int) throws(FormatError) -> [UInt8] {
        let bytes = try read(upTo: length)
        guard bytes.count == length else { throw truncated() }
        return bytes
    }

    private mutating func read(upTo length: Int) throws(FormatError) -> [UInt8] {
        var bytes: [UInt8] = []
        // A length that lies takes no memory before as many bytes are there.
        while bytes.count < length {
            let start = bytes.count
            let step = min(length - start, max(1 << 20, start))
            bytes.append(contentsOf: repeatElement(0, count: step))
            let read = try bytes.withUnsafeMutableBufferPointer { space throws(FormatError) in
                let free = UnsafeMutableBufferPointer(rebasing: space[start...])
                return try input.read(into: UnsafeMutableRawBufferPointer(free))
            }
            bytes.removeLast(step - read)
            if read == 0 { break }
        }
        at += bytes.count
        return bytes
    }

    private func truncated() -> FormatError {
        FormatError(
            .truncated, at: "\(input.name), byte \(at)", "the file ends in the middle of a message",
            remedy: "write or download the file again; it has been cut short")
    }

    func damaged(_ what: String) -> FormatError {
        FormatError(
            .damaged, at: "\(input.name), byte \(at)", "this is no message of Arrow: \(what)",
            remedy: "write or download the file again")
    }
}
