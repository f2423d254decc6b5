import Formats
import Studies

extension ProcessCatalogue {
    /// Turns a request into what a job runs.
    ///
    /// Values are checked by the schemas of the inputs, and the words that come of them by the
    /// operation itself. No word of a request becomes the name of a file: features and tables are
    /// written under names chosen here, and layers are those of the service.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - id: The process.
    ///   - base: Where clients find the service, for references to itself.
    ///   - collections: The features, as GeoJSON, of the collections that the request refers to and
    ///     that are no layers of the catalogue.
    ///   - output: The file and form of an output of a finished job that the client may read.
    /// - Returns: The order.
    /// - Throws: ``RequestFault`` naming the place in the request.
    public func order(
        _ request: ExecuteRequest, of id: String, base: String,
        collections: [String: [UInt8]] = [:],
        output:
            @escaping (_ job: String, _ name: String) throws -> (path: String, form: OutputForm)?
    ) throws -> JobOrder {
        let process = try process(id)
        var maker = OrderMaker(process: process, layers: layers, base: base)
        let sources = OrderMaker.Sources(collections: collections, output: output)
        for input in request.inputs {
            guard process.input(input.name) != nil else {
                throw RequestFault(
                    .unknownInput, at: "/inputs" + RequestFault.part(input.name),
                    "\(id) has no such input",
                    remedy: "its inputs are \(process.inputs.map(\.id).joined(separator: ", "))")
            }
        }
        for input in process.inputs {
            let given = request.inputs.first { $0.name == input.id }?.values ?? []
            try maker.add(input, given, sources)
        }
        try maker.addOutputs(request)
        var words = maker.words
        if let data, process.operation["data"] != nil { words += ["--data", data] }
        if let threads, process.operation.takesThreads { words += ["--threads", String(threads)] }
        if let fault = operations.fault(in: words) {
            throw RequestFault(.badInput, at: "/inputs", fault.forRequests)
        }
        return JobOrder(
            process: id, words: words, inputs: maker.files, outputs: maker.outputs,
            response: request.response)
    }
}

/// Puts an order together.
private struct OrderMaker {
    let process: ProcessDescription
    let layers: [String]
    let base: String
    private var bare: [String] = []
    private var options: [String] = []
    private(set) var files: [JobOrder.Input] = []

    /// Where what a request refers to comes from.
    struct Sources {
        let collections: [String: [UInt8]]
        let output: (_ job: String, _ name: String) throws -> (path: String, form: OutputForm)?
    }

    private(set) var outputs: [JobOrder.Output] = []

    init(process: ProcessDescription, layers: [String], base: String) {
        self.process = process
        self.layers = layers
        self.base = base
    }

    var words: [String] { process.operation.words + bare + options }

    // MARK: Inputs

    mutating func add(
        _ input: ProcessDescription.Input, _ given: [ExecuteRequest.Value], _ sources: Sources
    ) throws {
        let pointer = "/inputs" + RequestFault.part(input.id)
        guard given.count >= input.least else {
            throw RequestFault(
                .missingInput, at: pointer, "\(process.id) needs this input",
                remedy: input.parameter.abstract)
        }
        guard given.count <= input.most else {
            throw RequestFault(
                .badInput, at: pointer, "\(given.count) values, and \(input.most) at most")
        }
        var values: [String] = []
        for (index, value) in given.enumerated() {
            values.append(try word(value, of: input, index, sources))
        }
        guard !values.isEmpty else { return }
        guard let option = input.parameter.option else {
            bare += values
            return
        }
        switch input.parameter.kind {
        case .flag: if values == ["true"] { options.append(option) }
        case .distances, .texts: add(option, values.joined(separator: ","))
        default: for value in values { add(option, value) }
        }
    }

    /// A value that begins like an option is tied to its own with an equals sign.
    private mutating func add(_ option: String, _ value: String) {
        if value.hasPrefix("-"), option.hasPrefix("--") {
            options.append("\(option)=\(value)")
        } else {
            options += [option, value]
        }
    }

    private mutating func word(
        _ value: ExecuteRequest.Value, of input: ProcessDescription.Input, _ index: Int,
        _ sources: Sources
    ) throws -> String {
        func file(_ ending: String) -> String {
            "\(input.id)\(index == 0 ? "" : "-\(index + 1)").\(ending)"
        }
        switch (value.content, input.schema) {
        case (.features(let slice), .layer(_, takesFeatures: true)):
            files.append(.init(file("geojson"), at: value.pointer, .bytes(slice.bytes)))
            return file("geojson")
        case (.features, _):
            throw RequestFault(.badInput, at: value.pointer, "this input takes no features")
        case (.plain(.string(let text)), .table):
            guard !text.isEmpty else {
                throw RequestFault(.badInput, at: value.pointer, "the table is empty")
            }
            files.append(.init(file("csv"), at: value.pointer, .bytes(Array(text.utf8)[...])))
            return file("csv")
        case (.plain(let plain), let schema):
            let word = try schema.word(for: plain, at: value.pointer)
            if word.hasPrefix("-"), input.parameter.option?.hasPrefix("--") != true {
                throw RequestFault(
                    .badInput, at: value.pointer, "no value of this input begins with a hyphen")
            }
            return word
        case (.link(let address), let schema):
            let pointer = value.pointer + "/href"
            switch (try ServiceReference(address, base: base, at: pointer), schema) {
            case (.collection(let name), .layer(_, takesFeatures: true))
            where !layers.contains(name):
                guard let features = sources.collections[name] else {
                    throw RequestFault(
                        .badInput, at: pointer, "there is no collection \"\(name)\"",
                        remedy: "they are listed in /collections")
                }
                files.append(.init(file("geojson"), at: pointer, .bytes(features[...])))
                return file("geojson")
            case (.collection(let name), .layer):
                return try schema.word(for: .string(name), at: pointer)
            case (.output(let job, let name), .layer(_, takesFeatures: true)),
                (.output(let job, let name), .table):
                guard let found = try sources.output(job, name) else {
                    throw RequestFault(
                        .badInput, at: pointer, "there is no such result",
                        remedy: "see /jobs/\(job)")
                }
                let fits = schema == .table ? found.form == .csv : found.form.isLayer
                guard fits else {
                    throw RequestFault(
                        .badInput, at: pointer,
                        "the result is \(found.form.mediaType), which this input does not take")
                }
                files.append(
                    .init(file(found.form.ending), at: pointer, .file(found.path)))
                return file(found.form.ending)
            default:
                throw RequestFault(
                    .badInput, at: pointer, "this input takes no references")
            }
        }
    }

    // MARK: Outputs

    mutating func addOutputs(_ request: ExecuteRequest) throws(RequestFault) {
        let usual = process.outputs.filter(\.isUsual).map {
            ExecuteRequest.Output(name: $0.id, mediaType: nil, isReference: false)
        }
        var wanted = request.outputs ?? []
        if wanted.isEmpty { wanted = usual }
        if request.response == .raw, wanted.count > 1 {
            throw RequestFault(
                .badOutput, at: "/outputs", "a raw response holds one output",
                remedy: "name one, or ask for \"response\": \"document\"")
        }
        for one in wanted {
            let pointer = "/outputs" + RequestFault.part(one.name)
            guard let output = process.output(one.name) else {
                throw RequestFault(
                    .badOutput, at: pointer, "\(process.id) has no such output",
                    remedy: "its outputs are \(process.outputs.map(\.id).joined(separator: ", "))")
            }
            guard let form = output.form(of: one.mediaType) else {
                throw RequestFault(
                    .badOutput, at: pointer + "/format/mediaType",
                    "\"\(one.mediaType?.prefix(80) ?? "")\" is no form of this output",
                    remedy: "there is \(output.forms.map(\.mediaType).joined(separator: ", "))")
            }
            var file = "\(output.id).\(form.ending)"
            switch output.origin {
            case .file(let option): options += [option, file]
            case .report(let option):
                options.append(option)
                file = JobOrder.printed
            case .summary: file = JobOrder.printed
            }
            outputs.append(
                .init(output.id, file: file, form: form, isReference: one.isReference))
        }
        addMainFile()
    }

    /// What else would go to standard output goes to a file, so that what is printed is the table.
    private mutating func addMainFile() {
        guard let main = process.output("result"), main.isUsual,
            case .file(let option) = main.origin,
            !outputs.contains(where: { $0.id == main.id }),
            !outputs.contains(where: { $0.id == "report" })
        else { return }
        options += [option, "result.geojson"]
    }
}

extension ProcessDescription.Output {
    /// The form of a media type; the usual one where none is named.
    fileprivate func form(of mediaType: String?) -> OutputForm? {
        guard let mediaType else { return forms.first }
        return forms.first { $0.mediaType == mediaType.lowercased() }
    }
}

extension OutputForm {
    /// Whether it can be read as a layer.
    fileprivate var isLayer: Bool { Self.features.contains(self) }
}
