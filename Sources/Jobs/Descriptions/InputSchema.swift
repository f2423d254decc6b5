public import Formats

/// What an input of a process holds: told to clients as JSON Schema, and checked by the same.
public enum InputSchema: Hashable, Sendable {
    /// A text that fits a pattern, or one of some.
    case text(pattern: String, choices: [String])
    /// A whole number.
    case integer
    /// A number.
    case number
    /// True or false.
    case flag
    /// A length: `5km`, `250m`, or a number of metres.
    case distance
    /// The name of a layer, or where these are taken features by value.
    case layer(names: [String], takesFeatures: Bool)
    /// A table as the text of a CSV file.
    case table

    /// Texts of one line.
    static let line = "^[^\\x00-\\x1f\\x7f]{1,500}$"
    /// Texts of one line that do not look like an option.
    static let word = "^[^-\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]{0,499}$"
    /// Codes of coordinate reference systems.
    ///
    /// What else PROJ takes may name files and addresses.
    static let crs = "^(EPSG:[0-9]{4,6}|OGC:CRS84)$"
    private static let length = "^[0-9]{1,9}(\\.[0-9]{1,9})?( ?(m|km))?$"

    /// The schema (https://json-schema.org/draft/2020-12, in the words that OpenAPI 3.0 knows too).
    public var json: JSONValue {
        switch self {
        case .text(let pattern, let choices):
            choices.isEmpty
                ? .object(["type": .string("string"), "pattern": .string(pattern)])
                : .object([
                    "type": .string("string"), "enum": .array(choices.map { .string($0) }),
                ])
        case .integer: .object(["type": .string("integer")])
        case .number: .object(["type": .string("number")])
        case .flag: .object(["type": .string("boolean")])
        case .distance:
            .object([
                "oneOf": .array([
                    .object(["type": .string("string"), "pattern": .string(Self.length)]),
                    .object([
                        "type": .string("number"), "minimum": .int(0), "maximum": .int(100_000_000),
                    ]),
                ])
            ])
        case .layer(let names, let takesFeatures):
            takesFeatures
                ? .object(["oneOf": .array([Self.names(names), Self.features])])
                : Self.names(names)
        case .table:
            .object([
                "type": .string("string"), "contentMediaType": .string("text/csv"),
                "minLength": .int(1),
            ])
        }
    }

    private static func names(_ names: [String]) -> JSONValue {
        .object(["type": .string("string"), "enum": .array(names.map { .string($0) })])
    }

    /// A FeatureCollection of GeoJSON (RFC 7946); its features are checked when they are read.
    static let features = JSONValue.object([
        "type": .string("object"), "format": .string("geojson-feature-collection"),
        "required": .array([.string("type"), .string("features")]),
        "properties": .object([
            "type": .object([
                "type": .string("string"), "enum": .array([.string("FeatureCollection")]),
            ]),
            "features": .object([
                "type": .string("array"), "items": .object(["type": .string("object")]),
            ]),
        ]),
    ])

    /// The word that stands for a value on the command line.
    ///
    /// - Parameters:
    ///   - value: The value, which is neither features nor a table.
    ///   - pointer: Where it stands in the request.
    /// - Returns: The word.
    /// - Throws: ``RequestFault`` where the value is not what the schema says.
    func word(for value: JSONValue, at pointer: String) throws(RequestFault) -> String {
        func refuse(_ expected: String) -> RequestFault {
            RequestFault(
                .badInput, at: pointer, "expected \(expected), found \(Self.described(value))")
        }
        switch self {
        case .text(let pattern, let choices):
            guard let text = value.string else { throw refuse("a text") }
            if !choices.isEmpty, !choices.contains(text) {
                throw refuse("one of \(choices.joined(separator: ", "))")
            }
            guard !choices.isEmpty || Self.fits(text, pattern) else {
                throw refuse("a text that fits \(pattern)")
            }
            return text
        case .integer:
            guard let number = value.int else { throw refuse("a whole number") }
            return String(number)
        case .number:
            guard let number = value.number, number.isFinite else { throw refuse("a number") }
            return value.text
        case .flag:
            guard let flag = value.bool else { throw refuse("true or false") }
            return flag ? "true" : "false"
        case .distance:
            if let metres = value.number, metres >= 0, metres <= 100_000_000 { return value.text }
            guard let text = value.string, Self.fits(text, Self.length) else {
                throw refuse("a length such as \"5km\", or a number of metres")
            }
            return text
        case .layer(let names, let takesFeatures):
            guard let name = value.string, names.contains(name) else {
                throw refuse(
                    (takesFeatures ? "a FeatureCollection, or " : "")
                        + "the name of a collection: \(names.joined(separator: ", "))")
            }
            return name
        case .table:
            throw refuse("the text of a CSV file")
        }
    }

    private static func fits(_ text: String, _ pattern: String) -> Bool {
        guard text.unicodeScalars.count <= 500, let regex = try? Regex(pattern) else {
            return false
        }
        return text.wholeMatch(of: regex.matchingSemantics(.unicodeScalar)) != nil
    }

    static func described(_ value: JSONValue) -> String {
        switch value {
        case .object: "an object"
        case .array: "an array"
        default: String(value.text.prefix(80))
        }
    }
}
