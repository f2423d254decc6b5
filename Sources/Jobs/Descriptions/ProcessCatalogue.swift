internal import Features
public import Studies

/// The processes of the service, made from the declarations by which the command line is parsed.
public struct ProcessCatalogue: Sendable {
    /// The processes, in the order in which they are shown.
    public let processes: [ProcessDescription]
    /// The names that an input of features may have instead: collections of the service.
    public let layers: [String]
    /// A folder of own records, which every job reads; `nil` for the built-in ones.
    public let data: String?
    /// On how many threads a job works; `nil` for as many as the operation takes of itself.
    public let threads: Int?
    let operations: any OperationCatalogue

    /// Which operation a process runs, and its name for people.
    private static let offer: [(id: String, operation: String, title: String)] = [
        ("locate", "locate", "Locate places"),
        ("proximity", "proximity", "Nearest facilities"),
        ("coverage", "coverage", "Coverage within distances"),
        ("catchment", "catchment", "Catchments"),
        ("accessibility", "accessibility", "Accessibility"),
        ("site-selection", "sites select", "Selection of sites"),
        ("profile", "profile", "Profile of a cluster"),
        ("convergence", "convergence", "Hubs that could form a cluster"),
    ]

    /// Options that the service settles, those about files that nobody sends, and the flag that
    /// an output stands for.
    private static let withheld: Set<String> = [
        "data", "assume-crs", "encoding", "accept-doubtful-crs", "output-encoding", "format",
        "json", "quiet", "threads", "result", "log", "resume",
    ]

    /// Describes the processes.
    ///
    /// - Parameters:
    ///   - operations: What the command line declares.
    ///   - data: A folder of own records, which every job reads.
    ///   - threads: On how many threads a job works.
    /// - Throws: Where there is no such catalogue.
    public init(
        _ operations: any OperationCatalogue, data: String? = nil, threads: Int? = nil
    ) throws {
        let layers = try operations.layers(in: data)
        self.operations = operations
        self.layers = layers
        self.data = data
        self.threads = threads
        processes = Self.offer.compactMap { id, name, title in
            operations.operations.first { $0.name == name }.map {
                Self.describe($0, id, title, Release.version, layers)
            }
        }
    }

    /// The process of an identifier.
    ///
    /// - Parameter id: The identifier.
    /// - Returns: The process.
    /// - Throws: ``RequestFault`` (`noSuchProcess`).
    public func process(_ id: String) throws(RequestFault) -> ProcessDescription {
        if let found = processes.first(where: { $0.id == id }) { return found }
        throw RequestFault(
            .noSuchProcess, at: "", "there is no process \"\(id.prefix(80))\"",
            remedy: "there are \(processes.map(\.id).joined(separator: ", "))")
    }

    private static func describe(
        _ operation: StudyOperation, _ id: String, _ title: String, _ version: String,
        _ layers: [String]
    ) -> ProcessDescription {
        ProcessDescription(
            id: id, title: title, abstract: operation.abstract, version: version,
            operation: operation,
            inputs: operation.parameters.compactMap { input($0, of: operation, layers) },
            outputs: outputs(of: operation))
    }

    private static func input(
        _ parameter: StudyOperation.Parameter, of operation: StudyOperation, _ layers: [String]
    ) -> ProcessDescription.Input? {
        if withheld.contains(parameter.name) { return nil }
        let schema: InputSchema
        var isList = parameter.isRepeating
        switch parameter.kind {
        case .outputFile, .inputFolder: return nil
        case .layer: schema = .layer(names: layers, takesFeatures: true)
        case .inputFile: schema = .table
        case .distance: schema = .distance
        case .distances:
            schema = .distance
            isList = true
        case .integer: schema = .integer
        case .number: schema = .number
        case .flag: schema = .flag
        case .texts:
            schema = .text(pattern: InputSchema.word, choices: [])
            isList = true
        case .text:
            if operation.name == "profile", parameter.name == "layers" {
                // The command opens what is no layer as a file.
                schema = .layer(names: layers, takesFeatures: false)
            } else if parameter.name == "crs" {
                schema = .text(pattern: InputSchema.crs, choices: [])
            } else {
                schema = .text(
                    pattern: parameter.option == nil ? InputSchema.word : InputSchema.line,
                    choices: parameter.choices)
            }
        }
        return ProcessDescription.Input(
            parameter: parameter, schema: schema, most: isList ? 100 : 1)
    }

    private static func outputs(of operation: StudyOperation) -> [ProcessDescription.Output] {
        var outputs: [ProcessDescription.Output] = []
        let flag = operation["json"]?.option
        for parameter in operation.parameters where parameter.kind == .outputFile {
            guard !withheld.contains(parameter.name), let option = parameter.option else {
                continue
            }
            let isMain = parameter.name == "output"
            outputs.append(
                ProcessDescription.Output(
                    id: isMain ? "result" : parameter.name,
                    abstract: isMain ? "The features." : parameter.abstract,
                    forms: parameter.name == "group-output" ? [.csv] : OutputForm.features,
                    origin: .file(option: option),
                    isUsual: isMain && parameter.defaultValue != nil))
        }
        let isUsual = !outputs.contains(where: \.isUsual)
        outputs.append(
            flag.map {
                ProcessDescription.Output(
                    id: "report", abstract: "The answer as JSON.", forms: [.json],
                    origin: .report(option: $0), isUsual: isUsual)
            }
                ?? ProcessDescription.Output(
                    id: "summary", abstract: "The table that people read.", forms: [.text],
                    origin: .summary, isUsual: isUsual))
        return outputs
    }
}
