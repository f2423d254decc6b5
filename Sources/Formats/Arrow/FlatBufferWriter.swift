/// Writes the metadata of Arrow as FlatBuffers (https://flatbuffers.dev/internals): each table
/// stands before what it refers to.
struct FlatBufferWriter {
    /// The value of a table's field, by the order of its schema.
    indirect enum Value {
        case none
        case byte(UInt8)
        case short(Int16)
        case int(Int32)
        case long(Int64)
        case text(String)
        case table([Value])
        case tables([[Value]])
        /// Structs of whole numbers of 64 bits, one after another.
        case structs([[Int64]])
    }

    private var bytes: [UInt8] = []

    /// The bytes of a table and all it refers to, a multiple of eight.
    static func bytes(_ root: [Value]) -> [UInt8] {
        var writer = FlatBufferWriter()
        writer.put(UInt32(0))
        let place = writer.table(root)
        writer.patch(0, UInt32(place))
        writer.align(8)
        return writer.bytes
    }

    private mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func patch(_ at: Int, _ value: UInt32) {
        for i in 0..<4 { bytes[at + i] = UInt8(truncatingIfNeeded: value >> UInt32(8 * i)) }
    }

    private mutating func align(_ size: Int, behind more: Int = 0) {
        while (bytes.count + more) % size != 0 { bytes.append(0) }
    }

    /// Writes a table and says where it stands.
    private mutating func table(_ values: [Value]) -> Int {
        // The field's places in the table, behind the four bytes that lead to the list of them.
        var places: [Int] = []
        var size = 4
        for value in values {
            let width = Self.width(value)
            guard width > 0 else {
                places.append(0)
                continue
            }
            size = (size + width - 1) / width * width
            places.append(size)
            size += width
        }
        align(8, behind: 4 + 2 * places.count)
        let list = bytes.count
        put(UInt16(4 + 2 * places.count))
        put(UInt16(size))
        for place in places { put(UInt16(place)) }
        let start = bytes.count
        put(Int32(start - list))
        for (value, place) in zip(values, places) where place > 0 {
            while bytes.count < start + place { bytes.append(0) }
            switch value {
            case .none: break
            case .byte(let value): put(value)
            case .short(let value): put(value)
            case .int(let value): put(value)
            case .long(let value): put(value)
            case .text, .table, .tables, .structs: put(UInt32(0))
            }
        }
        for (value, place) in zip(values, places) where place > 0 {
            let target: Int
            switch value {
            case .none, .byte, .short, .int, .long: continue
            case .text(let text): target = self.text(text)
            case .table(let table): target = self.table(table)
            case .tables(let tables): target = self.tables(tables)
            case .structs(let structs): target = self.structs(structs)
            }
            patch(start + place, UInt32(target - start - place))
        }
        return start
    }

    private static func width(_ value: Value) -> Int {
        switch value {
        case .none: 0
        case .byte: 1
        case .short: 2
        case .int, .text, .table, .tables, .structs: 4
        case .long: 8
        }
    }

    private mutating func text(_ text: String) -> Int {
        align(4)
        let start = bytes.count
        put(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
        return start
    }

    private mutating func tables(_ tables: [[Value]]) -> Int {
        align(4)
        let start = bytes.count
        put(UInt32(tables.count))
        for _ in tables { put(UInt32(0)) }
        for (at, values) in tables.enumerated() {
            let place = start + 4 + 4 * at
            let target = table(values)
            patch(place, UInt32(target - place))
        }
        return start
    }

    private mutating func structs(_ structs: [[Int64]]) -> Int {
        align(8, behind: 4)
        let start = bytes.count
        put(UInt32(structs.count))
        for words in structs { for word in words { put(word) } }
        return start
    }
}
