import HTTPTypes
import Synchronization

/// Gives requests identifiers.
final class RequestCounter: Sendable {
    private let next = Atomic<UInt64>(0)
    /// Tells the requests of this process from those of others.
    private let start = String(UInt64.random(in: 0...0xFFFF_FFFF), radix: 16)

    /// The identifier that a client gave, where it is a plain word, or a new one.
    func id(of headers: HTTPFields) -> String {
        if let name = HTTPField.Name("X-Request-Id"), let given = headers[name],
            (1...64).contains(given.utf8.count),
            given.utf8.allSatisfy({
                switch $0 {
                case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            })
        {
            return given
        }
        let number = next.wrappingAdd(1, ordering: .relaxed).newValue
        return "\(start)-\(number)"
    }
}
