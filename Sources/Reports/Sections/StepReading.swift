internal import Catalogue
internal import Features
internal import Formats
internal import Maps
internal import Studies

/// Reads what the steps of a study wrote, and what they were made from.
struct StepReading {
    let kept: KeptStudy
    let facts: CatalogueFacts
    let language: ReportLanguage
    let results: ReadResults
    /// What files of places are called.
    private let fileNames: [String: MapName]

    init(kept: KeptStudy, facts: CatalogueFacts, language: ReportLanguage) {
        self.kept = kept
        var facts = facts
        var fileNames: [String: MapName] = [:]
        for step in kept.plan.steps {
            for output in step.outputs {
                guard let name = Self.name(of: output, of: step, facts, fileNames)
                else { continue }
                fileNames[output.file] = name
                facts.call(Self.stem(of: output.file), name)
            }
        }
        self.facts = facts
        self.fileNames = fileNames
        self.language = language
        results = ReadResults(kept)
    }

    /// A result of a step, with the parameter that names its file.
    struct Result {
        let parameter: String
        let table: ResultTable
    }

    /// The results that are features or rows.
    func results(of step: PlannedStep) throws -> [Result] {
        // What a step printed is read for itself.
        try results.records(of: step).filter { $0.name != step.report }.compactMap { output in
            let parameter = step.outputs.first { $0.file == output.name }?.parameter ?? ""
            return try results.table(output.name).map { Result(parameter: parameter, table: $0) }
        }
    }

    /// All that a step wrote, as it was noted.
    func records(of step: PlannedStep) throws -> [InputRecord] { try results.records(of: step) }

    /// What a step printed, where it printed JSON: one value, or one a line.
    func json(of step: PlannedStep) throws -> [JSONValue] {
        guard step.report.hasSuffix(".json") else { return [] }
        let text = try TextFile.read(kept.path(of: step.report))
        if let whole = try? JSONValue.parse(Array(text.utf8)) { return [whole] }
        return try text.split(separator: "\n").map { try JSONValue.parse(Array($0.utf8)) }
    }

    /// What a step printed.
    func printed(_ step: PlannedStep) throws -> String {
        try TextFile.read(kept.path(of: step.report))
    }

    /// The name of a file without its ending, by which results call a layer.
    private static func stem(of file: String) -> String {
        String(file.prefix { $0 != "." })
    }

    /// What a file is called that holds places as they were, all or some of them; `nil` for results.
    private static func name(
        of output: PlannedStep.Output, of step: PlannedStep, _ facts: CatalogueFacts,
        _ fileNames: [String: MapName]
    ) -> MapName? {
        let isCopy = ["export", "convert"].contains(step.operation.name)
        guard isCopy || output.parameter == "demand-output" else { return nil }
        if isCopy, let title = step.title { return MapName(title.korean, title.english ?? "") }
        let sources = step.arguments.filter {
            $0.parameter.kind == .layer
                && (isCopy ? $0.parameter.option == nil : $0.parameter.name == "demand")
        }.flatMap(\.values)
        let names = sources.map { value -> MapName? in
            switch value {
            case .layer(let name): facts.layerName(name)
            case .output(_, let file): fileNames[file]
            case .word, .file: nil
            }
        }
        if names.isEmpty || names.contains(where: { $0 == nil }) { return nil }
        let english = names.compactMap { $0?.english }.joined(separator: ", ")
        let korean = names.compactMap { $0?.korean }
        let whole = MapName(
            korean.count == names.count ? korean.joined(separator: ", ") : nil, english)
        func given(_ parameter: String) -> String? {
            step.arguments.first { $0.parameter.name == parameter }?.values.first?.bareName
        }
        guard isCopy else { return whole }
        if ["kind", "listing", "where", "bbox", "clip"].contains(where: {
            (given($0) ?? "true") != "true"
        }) {
            // What is picked from something picked is that.
            if english.hasSuffix(selected) { return whole }
            return MapName(whole.korean.map { "골라낸 \($0)" }, english + selected)
        }
        guard let province = given("province") else { return whole }
        let other = facts.translated(province) ?? province
        let (own, foreign) = Markup.isKorean(province) ? (province, other) : (other, province)
        return MapName(whole.korean.map { "\(own) \($0)" }, "\(english) (\(foreign))")
    }

    private static let selected = " (selected)"

    /// The values of a parameter; empty where it was not given.
    func values(_ parameter: String, of step: PlannedStep) -> [PlannedStep.Value] {
        step.arguments.first { $0.parameter.name == parameter }?.values ?? []
    }

    /// What a value is called: the name of a layer of the catalogue, or the value itself.
    func name(of value: PlannedStep.Value) -> String {
        if case .output(let step, let file) = value {
            if let title = kept.plan[step]?.title { return title(language) }
            return fileNames[file].map { language.name($0) } ?? file
        }
        let text = value.bareName
        return facts.layerName(text).map { language.name($0) } ?? facts.names[text].map {
            language.name($0)
        } ?? text
    }

    /// What tells a step of a sweep from the others; empty where it is alone.
    func variant(_ step: PlannedStep) -> String {
        step.variables.flatMap(\.values).map { value in
            (facts.layerName(value) ?? facts.names[value]).map { language.name($0) }
                ?? FieldName.known(value).map { language.name($0) }
                ?? OperationWords.word(value, language)
        }.joined(separator: ", ")
    }

    /// The features that a step was made from: layers of the catalogue and earlier results.
    func inputs(of step: PlannedStep) -> [MapLayer] {
        let date = values("as-of", of: step).first?.bareName ?? kept.plan.asOf
        var layers: [MapLayer] = []
        for value in step.arguments.filter({ $0.parameter.kind == .layer }).flatMap(\.values) {
            switch value {
            case .layer(let name):
                for single in facts.catalogue.groups.first(where: { $0.name == name })?.layers
                    ?? [name]
                {
                    guard let batch = facts.features(of: single, asOf: date) else { continue }
                    layers.append(
                        MapLayer(
                            name: facts.layerName(single) ?? MapName(nil, single), batch: batch))
                }
            case .output(let earlier, let file):
                guard let table = try? results.table(file) else { continue }
                let title = kept.plan[earlier]?.title
                layers.append(
                    MapLayer(
                        name: title.map { MapName($0.korean, $0.english ?? "") }
                            ?? fileNames[file] ?? MapName(nil, earlier),
                        batch: table.batch))
            case .word, .file: continue
            }
        }
        return layers
    }
}

extension StudyText {
    /// The text in a language, or in the one there is.
    func callAsFunction(_ language: ReportLanguage) -> String {
        language == .korean ? korean ?? english ?? "" : english ?? korean ?? ""
    }
}
