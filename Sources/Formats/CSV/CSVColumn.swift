import Features

/// The fields of one column of a block.
struct CSVColumn {
    /// The fields of all columns, row after row.
    let fields: [CSVField]
    /// The place of the first one of this column.
    let first: Int
    /// How many columns there are.
    let stride: Int
    let bytes: UnsafeBufferPointer<UInt8>

    /// The column, of the type that it is known to have or, where its fields ask for it, a wider
    /// one.
    func column(_ type: inout CSVColumnType) -> Column {
        if type != .text {
            if let column = numbers(&type) { return column }
            type = .text
        }
        return texts()
    }

    /// The fields as numbers; `nil` where one is something else.
    private func numbers(_ type: inout CSVColumnType) -> Column? {
        var ints: [Int64] = []
        var doubles: [Double] = []
        var validity = Validity()
        var run = 0
        let rows = (fields.count - first + stride - 1) / stride
        if type == .double { doubles.reserveCapacity(rows) } else { ints.reserveCapacity(rows) }
        for place in Swift.stride(from: first, to: fields.count, by: stride) {
            let field = fields[place]
            guard field.start < field.end else {
                validity.append(true, count: run)
                validity.append(false)
                run = 0
                if type == .double { doubles.append(0) } else { ints.append(0) }
                continue
            }
            let (own, value) = CSVColumnType.number(bytes, field.start, field.end)
            let wider = type.widened(by: own)
            if wider == .text { return nil }
            if wider == .double, type != .double {
                // All of them have up to 15 digits, which a number of 64 bits holds.
                doubles.reserveCapacity(rows)
                for int in ints { doubles.append(Double(int)) }
            }
            type = wider
            run += 1
            switch (wider, value) {
            case (.double, .int(let value)): doubles.append(Double(value))
            case (.double, .double(let value)): doubles.append(value)
            case (_, .int(let value)): ints.append(value)
            case (_, .double): return nil
            }
        }
        validity.append(true, count: run)
        switch type {
        case .double: return Column(.double(doubles), validity: validity)
        case .int, .long: return Column(.int(ints), validity: validity)
        case .none, .text:
            var empty = ColumnBuilder()
            empty.appendNulls(rows)
            return empty.finish(as: .string)
        }
    }

    /// The fields as texts; empty ones are null.
    private func texts() -> Column {
        var builder = ColumnBuilder()
        var scratch: [UInt8] = []
        for place in Swift.stride(from: first, to: fields.count, by: stride) {
            let field = fields[place]
            if field.start == field.end {
                builder.appendNulls()
            } else if field.isDoubled {
                scratch.removeAll(keepingCapacity: true)
                field.append(from: bytes, to: &scratch)
                scratch.withUnsafeBufferPointer { builder.append(utf8: $0) }
            } else {
                builder.append(utf8: field.slice(bytes))
            }
        }
        return builder.finish(as: .string)
    }
}
