/// Builds a column cell by cell, widening its type as values ask for it.
///
/// The type is that of the first value; whole numbers become numbers where a number comes (while
/// every one of them is exact as a number of 64 bits), and values of kinds that do not go together
/// become JSON text, each as JSON writes it. A column without any value is one of texts.
public struct ColumnBuilder: Sendable {
    /// The type so far; `nil` while no row holds a value.
    public private(set) var kind: Column.Kind?
    private var bools: [Bool] = []
    private var ints: [Int64] = []
    private var doubles: [Double] = []
    private var texts = StringColumn()
    private var validity = Validity()
    /// How many rows with a value came since; they are noted together.
    private var validRun = 0

    /// Creates a builder of no rows.
    public init() {}

    /// Creates a builder whose first rows hold no value.
    ///
    /// - Parameter nulls: How many such rows.
    public init(nulls: Int) { validity = Validity(repeating: false, count: nulls) }

    /// The number of rows.
    public var count: Int { validity.count + validRun }

    /// Appends rows without a value.
    ///
    /// - Parameter rows: How many.
    public mutating func appendNulls(_ rows: Int = 1) {
        for _ in 0..<rows { pad() }
        validity.append(true, count: validRun)
        validRun = 0
        validity.append(false, count: rows)
    }

    private mutating func pad() {
        switch kind {
        case nil: break
        case .bool: bools.append(false)
        case .int: ints.append(0)
        case .double: doubles.append(0)
        case .string, .json: texts.append(utf8: EmptyCollection())
        }
    }

    private mutating func begin(_ first: Column.Kind) {
        kind = first
        for _ in 0..<count { pad() }
    }

    /// Appends a truth value.
    ///
    /// - Parameter value: The cell of the next row.
    public mutating func append(_ value: Bool) {
        if kind == nil { begin(.bool) }
        guard kind == .bool else { return appendJSON(utf8: (value ? "true" : "false").utf8) }
        bools.append(value)
        validRun += 1
    }

    /// Appends a whole number.
    ///
    /// - Parameter value: The cell of the next row.
    public mutating func append(_ value: Int64) {
        if kind == nil { begin(.int) }
        switch kind {
        case .int: ints.append(value)
        case .double where Self.isExact(value): doubles.append(Double(value))
        default: return appendJSON(utf8: String(value).utf8)
        }
        validRun += 1
    }

    /// Appends a number.
    ///
    /// - Parameter value: The cell of the next row.
    public mutating func append(_ value: Double) {
        if kind == nil { begin(.double) }
        if kind == .int, zip(ints, 0...).allSatisfy({ Self.isExact($0.0) }) {
            doubles = ints.map(Double.init)
            ints = []
            kind = .double
        }
        guard kind == .double else { return appendJSON(utf8: JSONText.number(value).utf8) }
        doubles.append(value)
        validRun += 1
    }

    /// Appends a text given as UTF-8, which must be valid.
    ///
    /// - Parameter utf8: The bytes of the text of the next row.
    public mutating func append(utf8: some Collection<UInt8>) {
        if kind == nil { begin(.string) }
        guard kind == .string else { return appendJSON(utf8: JSONText.string(utf8)) }
        texts.append(utf8: utf8)
        validRun += 1
    }

    /// Appends a text given as bytes in memory, which must be valid UTF-8; readers of large files
    /// come this way.
    ///
    /// - Parameter utf8: The bytes of the text of the next row.
    public mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
        if kind == nil { begin(.string) }
        guard kind == .string else { return appendJSON(utf8: JSONText.string(utf8)) }
        texts.append(utf8: utf8)
        validRun += 1
    }

    /// Appends JSON text, which must be valid.
    ///
    /// - Parameter json: The bytes of the text of the next row.
    public mutating func appendJSON(utf8 json: some Sequence<UInt8>) {
        if kind == nil { begin(.json) }
        if kind != .json { widenToJSON() }
        texts.append(utf8: json)
        validRun += 1
    }

    /// Appends a cell of any type.
    ///
    /// - Parameter value: The cell of the next row.
    public mutating func append(_ value: Value) {
        switch value {
        case .null: appendNulls()
        case .bool(let value): append(value)
        case .int(let value): append(value)
        case .double(let value): append(value)
        case .string(let text): append(utf8: text.utf8)
        case .json(let text): appendJSON(utf8: text.utf8)
        }
    }

    private static func isExact(_ value: Int64) -> Bool { value.magnitude <= 1 << 53 }

    private mutating func widenToJSON() {
        let before = finish()
        bools = []
        ints = []
        doubles = []
        texts = StringColumn()
        for row in 0..<before.count {
            texts.append(before.validity[row] ? JSONText.of(before[row]) : "")
        }
        kind = .json
    }

    /// The column of all rows appended so far.
    ///
    /// - Parameter wanted: The type of the column where no row holds a value.
    /// - Returns: The column.
    public func finish(as wanted: Column.Kind = .string) -> Column {
        guard let kind else {
            var empty = ColumnBuilder()
            empty.begin(wanted)
            empty.appendNulls(count)
            return empty.finish()
        }
        var validity = validity
        validity.append(true, count: validRun)
        return switch kind {
        case .bool: Column(.bool(bools), validity: validity)
        case .int: Column(.int(ints), validity: validity)
        case .double: Column(.double(doubles), validity: validity)
        case .string: Column(.string(texts), validity: validity)
        case .json: Column(.json(texts), validity: validity)
        }
    }
}
