import Features

/// Which features hold which value of an attribute.
///
/// It is made when an attribute is first asked for, and costs one entry a feature.
struct AttributeIndex: Sendable {
    private let rows: [String: [Int32]]

    /// Gathers the values of a column.
    init(_ column: Column) {
        var rows: [String: [Int32]] = [:]
        for row in 0..<column.count {
            let value = column[row].plain
            if !value.isNull { rows[value.description, default: []].append(Int32(row)) }
        }
        self.rows = rows
    }

    /// The features that hold a value, in their order.
    func rows(holding value: String) -> [Int32] { rows[value] ?? [] }

    /// A value as it was sent, in the form by which columns of a kind are indexed.
    static func key(_ text: String, _ kind: Column.Kind) -> String? {
        switch kind {
        case .bool: text == "true" || text == "false" ? text : nil
        case .int:
            Int64(text).map { Value.int($0).description }
                // 7.0 is seven, too.
                ?? Parameter.number(text).flatMap { Int64(exactly: $0) }.map(\.description)
        case .double: Parameter.number(text).map { Value.double($0).description }
        case .string, .json: text
        }
    }

    /// What a parameter of the attribute takes.
    static func parameter(_ name: String, _ kind: Column.Kind) -> Parameter {
        let takes: Parameter.Kind =
            switch kind {
            case .bool: .flag
            case .int, .double: .number
            case .string, .json: .text
            }
        return Parameter(name, .query, takes, "Only features whose \(name) is this.")
    }
}
