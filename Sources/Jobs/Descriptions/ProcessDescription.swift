public import Formats
public import Studies

/// A process as OGC API – Processes describes it, made from the declaration of an operation.
///
/// https://docs.ogc.org/is/18-062r2/18-062r2.html, sections 7.10 and 9.
public struct ProcessDescription: Hashable, Sendable {
    /// Its identifier: `site-selection`.
    public let id: String
    /// Its name for people.
    public let title: String
    /// What it does.
    public let abstract: String
    /// The version of the program.
    public let version: String
    /// The operation that it runs.
    public let operation: StudyOperation
    /// What it takes, in the order of the operation's parameters.
    public let inputs: [Input]
    /// What it gives.
    public let outputs: [Output]

    /// An input of a process.
    public struct Input: Hashable, Sendable {
        /// The parameter of the operation, whose name it has.
        public let parameter: StudyOperation.Parameter
        /// What each value holds.
        public let schema: InputSchema
        /// How many values there may be at most.
        public let most: Int

        /// Its name.
        public var id: String { parameter.name }
        /// What it is.
        public var abstract: String { parameter.abstract }
        /// The value that counts where none is given.
        public var usual: String? { parameter.defaultValue }
        /// How many values there must be.
        public var least: Int { parameter.isRequired ? 1 : 0 }
    }

    /// An output of a process.
    public struct Output: Hashable, Sendable {
        /// Its name.
        public let id: String
        /// What it holds.
        public let abstract: String
        /// The forms in which it can be had; the first one is the usual one.
        public let forms: [OutputForm]
        /// Where it comes from.
        public let origin: Origin
        /// Whether it is given where a request names no outputs.
        public let isUsual: Bool

        /// Where an output comes from.
        public enum Origin: Hashable, Sendable {
            /// The file that a parameter names, by its option.
            case file(option: String)
            /// What is printed, where a flag asks for JSON.
            case report(option: String)
            /// What is printed for people.
            case summary
        }
    }

    /// The input of a name.
    ///
    /// - Parameter id: The name.
    /// - Returns: The input, or `nil`.
    public func input(_ id: String) -> Input? { inputs.first { $0.id == id } }

    /// The output of a name.
    ///
    /// - Parameter id: The name.
    /// - Returns: The output, or `nil`.
    public func output(_ id: String) -> Output? { outputs.first { $0.id == id } }

    private var head: [JSONValue.Member] {
        [
            .init(name: "id", value: .string(id)),
            .init(name: "title", value: .string(title)),
            .init(name: "description", value: .string(abstract)),
            .init(name: "version", value: .string(version)),
            .init(
                name: "jobControlOptions",
                value: .array(
                    ["sync-execute", "async-execute", "dismiss"].map { .string($0) })),
            .init(
                name: "outputTransmission",
                value: .array([.string("value"), .string("reference")])),
        ]
    }

    /// The summary of the process in the list of processes.
    ///
    /// - Parameter base: Where clients find the service.
    /// - Returns: The object.
    public func summary(at base: String) -> JSONValue {
        let link = JSONValue.object([
            "href": .string("\(base)/processes/\(id)"), "rel": .string("self"),
            "type": .string("application/json"), "title": .string(title),
        ])
        return .object(head + [.init(name: "links", value: .array([link]))])
    }

    /// The whole description.
    ///
    /// - Parameter base: Where clients find the service.
    /// - Returns: The object.
    public func json(at base: String) -> JSONValue {
        let links: [JSONValue] = [
            .object([
                "href": .string("\(base)/processes/\(id)"), "rel": .string("self"),
                "type": .string("application/json"),
            ]),
            .object([
                "href": .string("\(base)/processes/\(id)/execution"),
                "rel": .string("http://www.opengis.net/def/rel/ogc/1.0/execute"),
                "type": .string("application/json"),
            ]),
        ]
        return .object(
            head + [
                .init(
                    name: "inputs",
                    value: .object(inputs.map { .init(name: $0.id, value: $0.json) })),
                .init(
                    name: "outputs",
                    value: .object(outputs.map { .init(name: $0.id, value: $0.json) })),
                .init(name: "links", value: .array(links)),
            ])
    }
}

extension ProcessDescription.Input {
    var json: JSONValue {
        .object([
            "title": .string(id), "description": .string(parameter.abstract),
            "schema": described, "minOccurs": .int(Int64(least)),
            "maxOccurs": .int(Int64(most)),
        ])
    }

    /// The schema with the value that counts where none is given.
    private var described: JSONValue {
        guard let text = parameter.defaultValue, case .object(let members) = schema.json else {
            return schema.json
        }
        let value: JSONValue
        switch schema {
        case .integer: value = Int64(text).map { .int($0) } ?? .string(text)
        case .number: value = Double(text).map { .double($0) } ?? .string(text)
        default: value = .string(text)
        }
        return .object(members + [.init(name: "default", value: value)])
    }
}

extension ProcessDescription.Output {
    var json: JSONValue {
        .object([
            "title": .string(id),
            "description": .string(
                abstract + (isUsual ? "" : " Given where the request names it.")),
            "schema": forms.count == 1
                ? forms[0].schema : .object(["oneOf": .array(forms.map(\.schema))]),
        ])
    }
}
