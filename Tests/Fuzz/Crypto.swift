/// Stands in for Swift Crypto, which takes minutes to build with a sanitizer: what is read is
/// digested in a way of no matter.
public struct SHA256 {
    private var state: UInt8 = 0

    /// Begins.
    public init() {}

    /// Takes bytes, and ends.
    ///
    /// - Parameter data: The bytes.
    /// - Returns: 32 bytes.
    public static func hash(data: [UInt8]) -> [UInt8] {
        var digest = SHA256()
        digest.update(data: data)
        return digest.finalize()
    }

    /// Takes bytes.
    ///
    /// - Parameter data: The bytes.
    public mutating func update(data: [UInt8]) { for byte in data { state = state &* 31 &+ byte } }

    /// Ends.
    ///
    /// - Returns: 32 bytes.
    public func finalize() -> [UInt8] { [UInt8](repeating: state, count: 32) }
}
