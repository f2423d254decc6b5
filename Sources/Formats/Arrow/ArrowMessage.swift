/// The messages of Arrow's IPC format
/// (https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc).
enum ArrowMessage {
    /// What a file begins and ends with.
    static let magic = Array("ARROW1".utf8)
    /// What a stream ends with, and what each message begins with.
    static let continuation: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    static let end = continuation + [0, 0, 0, 0]
    /// The version of the metadata: V5.
    private static let version = FlatBufferWriter.Value.short(4)

    static func schemaTable(_ fields: [ArrowField]) -> [FlatBufferWriter.Value] {
        [.short(0), .tables(fields.map(\.table))]
    }

    static func schema(_ fields: [ArrowField]) -> [UInt8] {
        message([version, .byte(1), .table(schemaTable(fields)), .long(0)], body: [])
    }

    /// The message of a batch, and how many bytes of it stand before the body.
    static func batch(
        _ count: Int, _ body: ArrowBody
    ) -> (message: [UInt8], metadataLength: Int) {
        let table: [FlatBufferWriter.Value] = [
            .long(Int64(count)), .structs(body.nodes), .structs(body.buffers),
        ]
        let message = message(
            [version, .byte(3), .table(table), .long(Int64(body.bytes.count))], body: body.bytes)
        return (message, message.count - body.bytes.count)
    }

    /// The end of a file: where the batches stand, as offset, length of the metadata, and length of
    /// the body.
    static func footer(_ fields: [ArrowField], batches: [[Int64]]) -> [UInt8] {
        let table = FlatBufferWriter.bytes([
            version, .table(schemaTable(fields)), .none, .structs(batches),
        ])
        return table + bytes(Int32(table.count)) + magic
    }

    private static func message(_ table: [FlatBufferWriter.Value], body: [UInt8]) -> [UInt8] {
        let metadata = FlatBufferWriter.bytes(table)
        return continuation + bytes(Int32(metadata.count)) + metadata + body
    }

    private static func bytes(_ value: Int32) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
