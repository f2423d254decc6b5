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

    /// A result of a step, with the parameter that names its file.
    struct Result {
        let parameter: String
        let table: ResultTable
    }

    /// The results that are features or rows.
    func results(of step: PlannedStep) throws -> [Result] {
        // What a step printed is read for itself.
        try kept.results(of: step).filter { $0.name != step.report }.compactMap { output in
            let parameter = step.outputs.first { $0.file == output.name }?.parameter ?? ""
            return try ResultTable(file: output.name, path: kept.path(of: output.name))
                .map { Result(parameter: parameter, table: $0) }
        }
    }

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

    /// The values of a parameter; empty where it was not given.
    func values(_ parameter: String, of step: PlannedStep) -> [PlannedStep.Value] {
        step.arguments.first { $0.parameter.name == parameter }?.values ?? []
    }

    /// What a value is called: the name of a layer of the catalogue, or the value itself.
    func name(of value: PlannedStep.Value) -> String {
        if case .output(let step, _) = value, let title = kept.plan[step]?.title {
            return title(language)
        }
        let text = Self.word(value)
        return facts.layerName(text).map { language.name($0) } ?? facts.names[text].map {
            language.name($0)
        } ?? text
    }

    /// The word by which the plan names a value.
    static func word(_ value: PlannedStep.Value) -> String {
        switch value {
        case .word(let word), .layer(let word): word
        case .file(let path, let layer):
            String(path.split(separator: "/").last ?? "") + (layer.map { ":\($0)" } ?? "")
        case .output(_, let file): file
        }
    }

    /// What tells a step of a sweep from the others; empty where it is alone.
    func variant(_ step: PlannedStep) -> String {
        step.variables.flatMap(\.values).map { value in
            facts.layerName(value).map { language.name($0) } ?? value
        }.joined(separator: ", ")
    }

    /// The features that a step was made from: layers of the catalogue and earlier results.
    func inputs(of step: PlannedStep) -> [MapLayer] {
        let date = values("as-of", of: step).first.map(Self.word) ?? kept.plan.asOf
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
                guard let table = try? ResultTable(file: file, path: kept.path(of: file)) else {
                    continue
                }
                let title = kept.plan[earlier]?.title
                layers.append(
                    MapLayer(
                        name: title.map { MapName($0.korean, $0.english ?? "") }
                            ?? MapName(nil, earlier), batch: table.batch))
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
