/// Which rows of a column hold a value, as Arrow's validity bitmap lays it out.
///
/// Bit `i % 8` of byte `i / 8`, least significant first, is set where row `i` is valid.
public struct Validity: Hashable, Sendable {
    /// The bits; bits past the last row are zero.
    public private(set) var bytes: [UInt8] = []
    /// The number of rows.
    public private(set) var count = 0
    /// The number of rows without a value.
    public private(set) var nullCount = 0

    /// Creates the validity of no rows.
    public init() {}

    /// Creates the validity of rows that are all alike.
    ///
    /// - Parameters:
    ///   - value: Whether the rows hold a value.
    ///   - count: The number of rows.
    public init(repeating value: Bool, count: Int) {
        bytes = [UInt8](repeating: value ? 0xFF : 0, count: (count + 7) / 8)
        self.count = count
        nullCount = value ? 0 : count
        if value, count % 8 != 0 { bytes[bytes.count - 1] = UInt8((1 << (count % 8)) - 1) }
    }

    /// Creates a validity from bits.
    ///
    /// - Parameters:
    ///   - bits: Bytes with one bit a row, the least significant one first; what is behind the last
    ///     row does not count.
    ///   - count: The number of rows.
    public init(bits: [UInt8], count: Int) {
        precondition(bits.count >= (count + 7) / 8, "one bit a row")
        bytes = Array(bits.prefix((count + 7) / 8))
        if count % 8 != 0 { bytes[bytes.count - 1] &= UInt8((1 << (count % 8)) - 1) }
        self.count = count
        nullCount = count - bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Creates a validity of what is known of each row.
    ///
    /// - Parameter rows: Whether each row holds a value.
    public init(_ rows: [Bool]) {
        var bits = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
        var there = 0
        for (row, isValid) in rows.enumerated() where isValid {
            bits[row >> 3] |= 1 << UInt8(row & 7)
            there += 1
        }
        bytes = bits
        count = rows.count
        nullCount = rows.count - there
    }

    /// Appends one row.
    ///
    /// - Parameter isValid: Whether the row holds a value.
    public mutating func append(_ isValid: Bool) {
        if count % 8 == 0 { bytes.append(0) }
        if isValid {
            bytes[count / 8] |= 1 << UInt8(count % 8)
        } else {
            nullCount += 1
        }
        count += 1
    }

    /// Appends rows that are all alike.
    ///
    /// - Parameters:
    ///   - isValid: Whether the rows hold a value.
    ///   - rows: The number of rows.
    public mutating func append(_ isValid: Bool, count rows: Int) {
        var rest = rows
        while rest > 0, count % 8 != 0 {
            append(isValid)
            rest -= 1
        }
        guard rest > 0 else { return }
        let more = Validity(repeating: isValid, count: rest)
        bytes.append(contentsOf: more.bytes)
        count += rest
        nullCount += more.nullCount
    }

    /// Whether a row holds a value.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: True where there is a value.
    public subscript(row: Int) -> Bool {
        bytes[row / 8] & (1 << UInt8(row % 8)) != 0
    }

    /// Whether every row holds a value.
    public var isAllValid: Bool { nullCount == 0 }
}
