internal import Features

extension JSONValue {
    /// The JSON text of the value on one line, members in their order.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): JSONText.of(.double(value))
        case .string(let text): JSONText.of(.string(text))
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { "\(JSONText.of(.string($0.name))):\($0.value.text)" }
                .joined(separator: ",") + "}"
        }
    }

    /// The JSON text of the value for people: two spaces a level, ended by a line end.
    public var indentedText: String { indented(by: 0) + "\n" }

    private func indented(by level: Int) -> String {
        let inner = String(repeating: "  ", count: level + 1)
        let end = "\n" + String(repeating: "  ", count: level)
        switch self {
        case .array(let values) where !values.isEmpty:
            return "[\n"
                + values.map { inner + $0.indented(by: level + 1) }.joined(separator: ",\n")
                + end + "]"
        case .object(let members) where !members.isEmpty:
            return "{\n"
                + members.map {
                    inner + JSONText.of(.string($0.name)) + ": "
                        + $0.value.indented(by: level + 1)
                }.joined(separator: ",\n") + end + "}"
        default: return text
        }
    }

    /// An object of members in their order.
    ///
    /// - Parameter members: Names and values; those without a value are left out.
    /// - Returns: The object.
    public static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(
            members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }
}
