public import Formats

/// The JSON Schema of studies, by which editors complete and check what is written.
public enum StudySchema {
    /// The schema (https://json-schema.org/draft/2020-12) for the operations there are.
    ///
    /// - Parameter operations: The operations.
    /// - Returns: The schema.
    public static func of(_ operations: [StudyOperation]) -> JSONValue {
        let text = JSONValue.object(["type": .string("string")])
        let scalar = JSONValue.object([
            "type": .array([.string("string"), .string("number"), .string("boolean")])
        ])
        let value = JSONValue.object([
            "anyOf": .array([scalar, .object(["type": .string("array"), "items": scalar])])
        ])
        let localized = inLanguages(text)
        let localizedList = inLanguages(value)
        let plainName = "^[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*$"
        let steps = JSONValue.object([
            "type": .string("object"), "minProperties": .int(1),
            "propertyNames": .object(["pattern": .string(plainName)]),
            "additionalProperties": .object(["$ref": .string("#/$defs/step")]),
        ])
        let values = JSONValue.object([
            "type": .string("object"), "additionalProperties": value,
            "propertyNames": .object(["pattern": .string(plainName)]),
        ])
        return .object([
            "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
            "title": .string("A study of ClusterAtlas"),
            "type": .string("object"),
            "required": .array([.string("steps")]),
            "additionalProperties": .bool(false),
            "properties": .object([
                "study": described(text, "The name of the study."),
                "title": described(localized, "Its title for people."),
                "question": described(localized, "What is asked."),
                "limits": described(localizedList, "What the answer cannot tell."),
                "date": .object([
                    "type": .string("string"), "format": .string("date"),
                    "description": .string("The day of the study."),
                ]),
                "catalogue": .object([
                    "type": .string("object"), "additionalProperties": .bool(false),
                    "properties": .object([
                        "data": described(text, "A folder of own records."),
                        "as-of": described(scalar, "The date on which the catalogue is seen."),
                    ]),
                ]),
                "parameters": described(
                    values, "Values that steps take with ${name}, and --set changes."),
                "steps": steps,
            ]),
            "$defs": .object([
                "step": .object([
                    "type": .string("object"), "required": .array([.string("run")]),
                    "additionalProperties": .bool(false),
                    "properties": .object([
                        "title": described(localized, "Its title for people."),
                        "run": .object([
                            "enum": .array(operations.map { .string($0.name) }),
                            "description": .string("The operation."),
                        ]),
                        "with": described(.object(["type": .string("object")]), "Its parameters."),
                        "for": described(
                            values, "Variables: the step runs for each combination of values."),
                    ]),
                    "allOf": .array(operations.map(condition)),
                ])
            ]),
        ])
    }

    /// A value, or one in each language.
    private static func inLanguages(_ schema: JSONValue) -> JSONValue {
        .object([
            "anyOf": .array([
                schema,
                .object([
                    "type": .string("object"), "minProperties": .int(1),
                    "additionalProperties": .bool(false),
                    "properties": .object(["ko": schema, "en": schema]),
                ]),
            ])
        ])
    }

    private static func described(_ schema: JSONValue, _ words: String) -> JSONValue {
        guard case .object(let members) = schema else { return schema }
        return .object(members + [.init(name: "description", value: .string(words))])
    }

    /// What the parameters of a step must be where it runs an operation.
    private static func condition(_ operation: StudyOperation) -> JSONValue {
        let required = operation.parameters.filter { $0.isRequired && $0.kind != .outputFile }
        let parameters = operation.parameters.map {
            JSONValue.Member(name: $0.name, value: described(schema(of: $0), $0.abstract))
        }
        var consequence: [JSONValue.Member] = [
            .init(
                name: "properties",
                value: .object([
                    "with": .object([
                        "additionalProperties": .bool(false),
                        "properties": .object(parameters),
                        "required": required.isEmpty
                            ? nil : .array(required.map { .string($0.name) }),
                    ])
                ]))
        ]
        if !required.isEmpty {
            consequence.append(.init(name: "required", value: .array([.string("with")])))
        }
        return .object([
            "if": .object([
                "properties": .object(["run": .object(["const": .string(operation.name)])])
            ]),
            "then": .object(consequence),
        ])
    }

    private static func schema(of parameter: StudyOperation.Parameter) -> JSONValue {
        let reference = JSONValue.object([
            "type": .string("string"), "pattern": .string("\\$\\{"),
        ])
        let one: JSONValue
        switch parameter.kind {
        case .flag:
            one = .object(["anyOf": .array([.object(["type": .string("boolean")]), reference])])
        case .integer:
            one = .object(["anyOf": .array([.object(["type": .string("integer")]), reference])])
        case .number:
            one = .object(["anyOf": .array([.object(["type": .string("number")]), reference])])
        case .distance, .distances:
            let length = JSONValue.object([
                "type": .string("string"), "pattern": .string("^[0-9.]+ ?(m|km)?(,|$)"),
            ])
            one = .object([
                "anyOf": .array([length, .object(["type": .string("number")]), reference])
            ])
        case .text where !parameter.choices.isEmpty:
            one = .object([
                "anyOf": .array([
                    .object(["enum": .array(parameter.choices.map { .string($0) })]), reference,
                ])
            ])
        case .layer, .inputFile, .inputFolder: one = .object(["type": .string("string")])
        case .outputFile:
            one = .object(["type": .array([.string("string"), .string("null")])])
        case .text, .texts:
            one = .object(["type": .array([.string("string"), .string("number")])])
        }
        guard parameter.isRepeating || [.distances, .texts].contains(parameter.kind) else {
            return one
        }
        return .object([
            "anyOf": .array([one, .object(["type": .string("array"), "items": one])])
        ])
    }
}
