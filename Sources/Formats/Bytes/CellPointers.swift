import Features

/// The cells of a column where they lie in memory, so that rows can be gone through without asking
/// each time who else holds them; good only inside the closure that is given them.
struct CellPointers {
    enum Values {
        case bool(UnsafePointer<Bool>)
        case int(UnsafePointer<Int64>)
        case double(UnsafePointer<Double>)
        case string(TextPointers)
        case json(TextPointers)
        /// No row.
        case none
    }

    let values: Values
    /// The bits of the rows that hold a value; `nil` where all do.
    private let validity: UnsafePointer<UInt8>?

    @inline(__always)
    func isValid(_ row: Int) -> Bool {
        guard let validity else { return true }
        return validity[row >> 3] >> UInt8(row & 7) & 1 != 0
    }

    /// Calls a closure with the cells of all columns.
    static func with<Result, Failure: Error>(
        _ columns: [Column], _ body: ([CellPointers]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try with(columns[...], [], body)
    }

    private static func with<Result, Failure: Error>(
        _ columns: ArraySlice<Column>, _ before: [CellPointers],
        _ body: ([CellPointers]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let column = columns.first else { return try body(before) }
        let rest = columns.dropFirst()
        return try column.validity.bytes.withUnsafeBufferPointer { bits throws(Failure) in
            let validity = column.validity.isAllValid ? nil : bits.baseAddress
            func go(_ values: Values?) throws(Failure) -> Result {
                let cells = CellPointers(values: values ?? .none, validity: validity)
                return try with(rest, before + [cells], body)
            }
            switch column.storage {
            case .bool(let values):
                return try values.withUnsafeBufferPointer { values throws(Failure) in
                    try go(values.baseAddress.map { .bool($0) })
                }
            case .int(let values):
                return try values.withUnsafeBufferPointer { values throws(Failure) in
                    try go(values.baseAddress.map { .int($0) })
                }
            case .double(let values):
                return try values.withUnsafeBufferPointer { values throws(Failure) in
                    try go(values.baseAddress.map { .double($0) })
                }
            case .string(let texts):
                return try TextPointers.with(texts) { texts throws(Failure) in
                    try go(.string(texts))
                }
            case .json(let texts):
                return try TextPointers.with(texts) { texts throws(Failure) in
                    try go(.json(texts))
                }
            }
        }
    }
}

/// The texts of a column where they lie in memory.
struct TextPointers {
    let bytes: UnsafeBufferPointer<UInt8>
    let offsets: UnsafeBufferPointer<Int>

    @inline(__always)
    func range(_ row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

    @inline(__always)
    subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range(row)])
    }

    static func with<Result, Failure: Error>(
        _ texts: StringColumn, _ body: (TextPointers) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try texts.bytes.withUnsafeBufferPointer { bytes throws(Failure) in
            try texts.offsets.withUnsafeBufferPointer { offsets throws(Failure) in
                try body(TextPointers(bytes: bytes, offsets: offsets))
            }
        }
    }
}
