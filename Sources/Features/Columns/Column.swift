/// A typed column with a validity a row.
public struct Column: Hashable, Sendable {
    /// The rows, in one of the types that formats share.
    public enum Storage: Hashable, Sendable {
        /// True or false.
        case bool([Bool])
        /// Whole numbers of 64 bits.
        case int([Int64])
        /// Floating-point numbers of 64 bits.
        case double([Double])
        /// Texts.
        case string(StringColumn)
        /// JSON texts: arrays, objects, or values of mixed kinds.
        case json(StringColumn)
    }

    /// The types of columns.
    public enum Kind: String, Hashable, Sendable {
        /// True or false.
        case bool
        /// Whole numbers of 64 bits.
        case int
        /// Floating-point numbers of 64 bits.
        case double
        /// Texts.
        case string
        /// JSON texts: arrays, objects, or values of mixed kinds.
        case json
    }

    /// The values; rows without one hold a neutral value (0, false, empty).
    public let storage: Storage
    /// Which rows hold a value.
    public let validity: Validity

    /// Creates a column from its values and their validity.
    ///
    /// - Parameters:
    ///   - storage: The values.
    ///   - validity: Which rows hold one; all of them by default.
    /// - Precondition: Both have the same number of rows.
    public init(_ storage: Storage, validity: Validity? = nil) {
        self.storage = storage
        let rows =
            switch storage {
            case .bool(let values): values.count
            case .int(let values): values.count
            case .double(let values): values.count
            case .string(let values), .json(let values): values.count
            }
        self.validity = validity ?? Validity(repeating: true, count: rows)
        precondition(self.validity.count == rows, "a column needs one validity a row")
    }

    /// Creates a column of whole numbers.
    ///
    /// - Parameter values: One a row, `nil` for none.
    /// - Returns: The column.
    public static func int(_ values: some Sequence<Int?>) -> Column {
        var builder = ColumnBuilder()
        for value in values { builder.append(value.map { .int(Int64($0)) } ?? .null) }
        return builder.finish(as: .int)
    }

    /// Creates a column of numbers.
    ///
    /// - Parameter values: One a row, `nil` for none.
    /// - Returns: The column.
    public static func double(_ values: some Sequence<Double?>) -> Column {
        var builder = ColumnBuilder()
        for value in values { builder.append(value.map { .double($0) } ?? .null) }
        return builder.finish(as: .double)
    }

    /// Creates a column of texts.
    ///
    /// - Parameter values: One a row, `nil` for none.
    /// - Returns: The column.
    public static func string(_ values: some Sequence<String?>) -> Column {
        var builder = ColumnBuilder()
        for value in values { builder.append(value.map { .string($0) } ?? .null) }
        return builder.finish(as: .string)
    }

    /// Creates a column of truth values.
    ///
    /// - Parameter values: One a row, `nil` for none.
    /// - Returns: The column.
    public static func bool(_ values: some Sequence<Bool?>) -> Column {
        var builder = ColumnBuilder()
        for value in values { builder.append(value.map { .bool($0) } ?? .null) }
        return builder.finish(as: .bool)
    }

    /// The type of the rows.
    public var kind: Kind {
        switch storage {
        case .bool: .bool
        case .int: .int
        case .double: .double
        case .string: .string
        case .json: .json
        }
    }

    /// The number of rows.
    public var count: Int { validity.count }

    /// The cell of a row.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: The cell.
    public subscript(row: Int) -> Value {
        guard validity[row] else { return .null }
        return switch storage {
        case .bool(let values): .bool(values[row])
        case .int(let values): .int(values[row])
        case .double(let values): .double(values[row])
        case .string(let values): .string(values[row])
        case .json(let values): .json(values[row])
        }
    }

    /// The number of a row, for columns of numbers.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: The number, or `nil` where there is none.
    public func number(_ row: Int) -> Double? {
        guard validity[row] else { return nil }
        return switch storage {
        case .int(let values): Double(values[row])
        case .double(let values): values[row]
        default: nil
        }
    }
}
