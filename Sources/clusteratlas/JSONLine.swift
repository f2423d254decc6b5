import Features

/// One JSON object on one line, for results that scripts read.
enum JSONLine {
    static func object(_ members: [(String, Value)]) -> String {
        "{"
            + members.map { "\(JSONText.of(.string($0))): \(JSONText.of($1))" }
            .joined(separator: ", ") + "}"
    }
}
