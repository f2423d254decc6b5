/// Writes messages of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/).
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number.
    mutating func field(_ number: UInt64, _ value: UInt64) {
        varint(number << 3)
        varint(value)
    }

    /// A text, a message, or numbers one behind the other.
    mutating func field(_ number: UInt64, bytes value: some Collection<UInt8>) {
        varint(number << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    /// A floating-point number of 64 bits.
    mutating func field(_ number: UInt64, double value: Double) {
        varint(number << 3 | 1)
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
        }
    }

    /// Numbers one behind the other.
    mutating func field(_ number: UInt64, packed values: [UInt32]) {
        var inner = ProtocolBuffer()
        for value in values { inner.varint(UInt64(value)) }
        field(number, bytes: inner.bytes)
    }
}
