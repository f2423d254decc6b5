import HTTPTypes

/// How a client prefers to be answered (RFC 7240).
struct Preferences {
    /// Whether it would rather not wait for what takes long.
    let isAsync: Bool
    /// How many seconds it waits, at most ``longestWait``; `nil` where it does not say.
    let wait: Int?

    /// Longer no answer is held back.
    static let longestWait = 30

    private static let field = HTTPField.Name("Prefer")
    private static let applied = HTTPField.Name("Preference-Applied")

    /// Reads the header fields of a request; what is not known is passed over, as the standard asks.
    init(_ request: ServiceRequest) {
        var words: Set<String> = []
        for value in Self.field.map({ request.headers[values: $0] }) ?? [] {
            for word in value.split(whereSeparator: { $0 == "," || $0 == ";" }) {
                words.insert(word.filter { $0 != " " && $0 != "\t" }.lowercased())
            }
        }
        isAsync = words.contains("respond-async")
        wait = words.first { $0.hasPrefix("wait=") }
            .flatMap { Int($0.dropFirst(5)) }
            .flatMap { $0 >= 0 ? min($0, Self.longestWait) : nil }
    }

    /// Says which preference was kept to.
    static func tell(_ preference: String, in response: inout ServiceResponse) {
        if let applied { response.headers[applied] = preference }
    }
}
