internal import Features

extension JSONValue {
    /// The value as JSON text on one line.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): JSONText.number(value)
        case .string(let value): JSONText.of(.string(value))
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { "\(JSONText.of(.string($0.name))):\($0.value.text)" }
                .joined(separator: ",") + "}"
        }
    }
}
