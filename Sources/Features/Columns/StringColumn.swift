/// Texts one after another in one buffer of UTF-8, with the offset at which each starts.
public struct StringColumn: Hashable, Sendable {
    /// The texts, without separators.
    public private(set) var bytes: [UInt8] = []
    /// Where each text starts, and behind the last one where it ends: `count + 1` numbers.
    public private(set) var offsets: [Int] = [0]

    /// Creates a column of no texts.
    public init() {}

    /// Creates a column of texts.
    ///
    /// - Parameter texts: The texts, one a row.
    public init(_ texts: some Sequence<String>) {
        for text in texts { append(text) }
    }

    /// Creates a column from its parts.
    ///
    /// - Parameters:
    ///   - bytes: The texts as UTF-8, which must be valid.
    ///   - offsets: Where each text starts, and behind the last one where it ends; none is less than
    ///     the one before.
    public init(bytes: [UInt8], offsets: [Int]) {
        precondition(!offsets.isEmpty && (offsets.last ?? 0) <= bytes.count, "one offset a row")
        self.bytes = bytes
        self.offsets = offsets
    }

    /// The number of rows.
    public var count: Int { offsets.count - 1 }

    /// Appends a text.
    ///
    /// - Parameter text: The text of the next row.
    public mutating func append(_ text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
        offsets.append(bytes.count)
    }

    /// Appends a text given as UTF-8, which must be valid.
    ///
    /// - Parameter utf8: The bytes of the text of the next row.
    public mutating func append(utf8: some Sequence<UInt8>) {
        bytes.append(contentsOf: utf8)
        offsets.append(bytes.count)
    }

    /// Appends a text given as bytes in memory, which must be valid UTF-8; readers of large files
    /// come this way.
    ///
    /// - Parameter utf8: The bytes of the text of the next row.
    public mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: utf8)
        offsets.append(bytes.count)
    }

    /// The text of a row.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: The text.
    public subscript(row: Int) -> String {
        String(decoding: bytes[offsets[row]..<offsets[row + 1]], as: UTF8.self)
    }

    /// The text of a row as UTF-8.
    ///
    /// - Parameter row: The row, from 0.
    /// - Returns: Its bytes.
    public func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[offsets[row]..<offsets[row + 1]] }
}
