import Features

/// The columns of a block while its features are parsed, in the order in which names appear.
struct PropertyColumns: ~Copyable {
    private var names: [[UInt8]] = []
    private var builders: [ColumnBuilder] = []
    /// For each column the object, and the cell of it, in which it was met last.
    private var lastMet: [(object: Int, cell: Int)] = []
    /// How many objects have been parsed; a feature may wrongly hold two, and the last one counts.
    private var objects = 0
    private var columnOf: [String: Int] = [:]
    private var cells = GrowingBuffer<Cell>(capacity: 16)
    private var scratch: [UInt8] = []

    /// A value of the feature that is being parsed.
    struct Cell {
        enum Kind { case null, bool, int, double, text, json }
        var column: Int
        var kind = Kind.null
        var bits: Int64 = 0
        var text = JSONScanner.Text(start: 0, end: 0, isEscaped: false)
    }

    /// Begins a feature.
    mutating func beginRow() { cells.cut(to: 0) }

    /// Parses the value of a property whose column is known, and that stands once in its feature.
    @inline(__always)
    mutating func parseValue(of column: Int, _ scanner: inout JSONScanner) throws(Fault) {
        cells.append(try parseCell(&scanner, column))
    }

    /// Parses the value of a member "properties"; nothing is appended before the feature ends.
    ///
    /// Where the values stand is noted for a template, unless one stands twice.
    mutating func parse(
        _ scanner: inout JSONScanner,
        values: inout [FeatureTemplate.Value]?
    ) throws(Fault) {
        cells.cut(to: 0)
        switch try scanner.peek() {
        case UInt8(ascii: "{"): break
        case UInt8(ascii: "n"):
            _ = try scanner.word()
            return
        default:
            throw Fault(
                .structure, at: scanner.at,
                "\"properties\" must be an object or null, found \(scanner.described(scanner.at))",
                remedy: "write \"properties\": {} for none")
        }
        guard try scanner.enterObject() else { return }
        objects += 1
        var expected = 0
        repeat {
            let key = try scanner.key()
            let column = column(of: key, scanner, expected)
            expected = column + 1
            _ = try scanner.peek()
            let start = scanner.at
            let cell = try parseCell(&scanner, column)
            values?.append((start..<scanner.at, .property(column: column)))
            if lastMet[column].object == objects {
                cells[lastMet[column].cell] = cell
                values = nil
            } else {
                lastMet[column] = (objects, cells.count)
                cells.append(cell)
            }
        } while try scanner.anotherMember()
    }

    /// The column of a name: mostly the one after that of the name before.
    @inline(__always)
    private mutating func column(
        of key: JSONScanner.Text, _ scanner: JSONScanner, _ expected: Int
    ) -> Int {
        if !key.isEscaped, expected < names.count, isName(expected, scanner.slice(key)) {
            return expected
        }
        return lookUp(scanner.text(key))
    }

    @inline(__always)
    private func isName(_ column: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        names[column].withUnsafeBufferPointer { name in
            guard name.count == bytes.count else { return false }
            for i in 0..<name.count where name[i] != bytes[i] { return false }
            return true
        }
    }

    private mutating func lookUp(_ name: String) -> Int {
        if let column = columnOf[name] { return column }
        columnOf[name] = names.count
        names.append(Array(name.utf8))
        builders.append(ColumnBuilder())
        lastMet.append((0, 0))
        return names.count - 1
    }

    @inline(__always)
    private func parseCell(
        _ scanner: inout JSONScanner, _ column: Int
    ) throws(Fault) -> Cell {
        var cell = Cell(column: column)
        switch try scanner.peek() {
        case UInt8(ascii: "\""):
            cell.kind = .text
            cell.text = try scanner.string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            cell.kind = .json
            cell.text.start = scanner.at
            try scanner.skipValue(depth: 4)
            cell.text.end = scanner.at
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"):
            if let value = try scanner.word() {
                cell.kind = .bool
                cell.bits = value ? 1 : 0
            }
        default:
            switch try scanner.number() {
            case .int(let value):
                cell.kind = .int
                cell.bits = value
            case .double(let value):
                cell.kind = .double
                cell.bits = Int64(bitPattern: value.bitPattern)
            }
        }
        return cell
    }

    /// Appends the cells of the feature that has been parsed.
    mutating func endRow(_ row: Int, _ scanner: JSONScanner) {
        for i in cells.indices where cells[i].kind != .null { append(cells[i], scanner, row) }
        cells.cut(to: 0)
    }

    @inline(__always)
    private mutating func append(_ cell: Cell, _ scanner: JSONScanner, _ row: Int) {
        let column = cell.column
        let gap = row - builders[column].count
        if gap > 0 { builders[column].appendNulls(gap) }
        switch cell.kind {
        case .null: break
        case .bool: builders[column].append(cell.bits != 0)
        case .int: builders[column].append(cell.bits)
        case .double:
            builders[column].append(Double(bitPattern: UInt64(bitPattern: cell.bits)))
        case .text where cell.text.isEscaped:
            scratch.removeAll(keepingCapacity: true)
            scanner.append(cell.text, to: &scratch)
            scratch.withUnsafeBufferPointer { builders[column].append(utf8: $0) }
        case .text: builders[column].append(utf8: scanner.slice(cell.text))
        case .json:
            scratch.removeAll(keepingCapacity: true)
            scanner.appendCompact(cell.text.start..<cell.text.end, to: &scratch)
            builders[column].appendJSON(utf8: scratch)
        }
    }

    /// Adds the columns to a batch.
    func finish(into batch: inout FeatureBatch) {
        for (name, builder) in zip(names, builders) {
            var builder = builder
            builder.appendNulls(batch.count - builder.count)
            batch.set(String(decoding: name, as: UTF8.self), builder.finish())
        }
    }
}
