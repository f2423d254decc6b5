internal import Features
internal import Formats
internal import Geometry

extension PlanReader {
    /// A text with parameters and variables put in; `nil` after a fault.
    mutating func filled(
        _ text: String, _ variables: [StudyPlan.Binding], _ mark: LocatedYAML.Mark
    ) -> String? {
        let template = Template(text)
        if template.isUnclosed {
            faults.add(
                mark, "\"\(text)\" has a ${ without its }",
                remedy: "close it, or write $${ for the signs themselves")
            return nil
        }
        var result = ""
        for piece in template.pieces {
            switch piece {
            case .text(let words): result += words
            case .name(let name):
                let bindings = variables + parameters
                guard let binding = bindings.first(where: { $0.name == name }) else {
                    faults.addUnknown(
                        mark, "parameter or variable", name, among: bindings.map(\.name),
                        plural: "there are")
                    return nil
                }
                guard binding.values.count == 1 else {
                    faults.add(mark, "\"\(name)\" is a list, which cannot stand inside a text")
                    return nil
                }
                result += binding.values[0]
            }
        }
        return result
    }

    // MARK: Outputs

    /// Settles which files each step writes.
    mutating func nameOutputs(of instances: inout [StepInstance]) {
        var writers: [String: String] = [:]
        for at in instances.indices {
            let instance = instances[at]
            let step = instance.step
            for parameter in step.operation.parameters where parameter.kind == .outputFile {
                let given = step.arguments.first { $0.parameter.name == parameter.name }
                var file = parameter.defaultValue.map { "\(instance.id).\($0)" }
                var mark = step.mark
                if let given {
                    guard let values = given.values else { continue }
                    mark = values.first?.mark ?? given.mark
                    if values.count != 1 {
                        faults.add(mark, "\"\(parameter.name)\" takes one name")
                    }
                    file = values.first.flatMap { filled($0.text, instance.variables, $0.mark) }
                }
                guard let file else { continue }
                checkName(file, mark, of: parameter)
                if let other = writers[file] {
                    faults.add(
                        mark, "the steps \"\(other)\" and \"\(instance.id)\" both write \(file)",
                        remedy: instance.variables.isEmpty
                            ? "give one of them another name"
                            : "put ${\(instance.variables[0].name)} into the name")
                }
                writers[file] = instance.id
                instances[at].outputs.append(
                    PlannedStep.Output(parameter: parameter.name, file: file))
            }
            let isJSON = step.arguments.contains {
                $0.parameter.name == "json" && $0.values?.first?.text == "true"
            }
            instances[at].report = instance.id + (isJSON ? ".json" : ".txt")
            if let other = writers[instances[at].report] {
                faults.add(
                    step.mark,
                    "the step \"\(other)\" writes \(instances[at].report), which is where this "
                        + "step's report goes", remedy: "give it another name")
            }
            writers[instances[at].report] = instance.id
        }
    }

    private mutating func checkName(
        _ file: String, _ mark: LocatedYAML.Mark, of parameter: StudyOperation.Parameter
    ) {
        let isPlain =
            !file.contains("/") && !file.hasPrefix(".") && !file.hasPrefix("-") && !file.isEmpty
            && !file.hasSuffix(".provenance.json") && file != "ro-crate-metadata.json"
        if !isPlain {
            faults.add(
                mark, "\"\(file)\" cannot name an output",
                remedy: "give a name without folders, for example reach.geojson")
        } else if FileFormat(path: file)?.isWritable != true, !file.hasSuffix(".npy"),
            !parameter.endings.contains(where: { file.lowercased().hasSuffix(".\($0)") })
        {
            faults.add(
                mark, "no format is known by the ending of \"\(file)\"",
                remedy: "end it in .geojson, .csv, .gpkg or another format that can be written")
        }
    }

    // MARK: Values

    /// A step with all its values settled.
    mutating func resolve(
        _ instance: StepInstance, _ all: [StepInstance], names: [String]
    ) -> PlannedStep {
        let step = instance.step
        var arguments: [PlannedStep.Argument] = []
        for parameter in step.operation.parameters {
            if parameter.kind == .outputFile {
                if let output = instance.outputs.first(where: { $0.parameter == parameter.name }) {
                    let given = step.arguments.first { $0.parameter.name == parameter.name }
                    arguments.append(
                        PlannedStep.Argument(
                            parameter: parameter, values: [.word(output.file)],
                            mark: given?.mark ?? step.mark))
                }
                continue
            }
            guard let given = step.arguments.first(where: { $0.parameter.name == parameter.name })
            else {
                if let value = studyWide(parameter) {
                    arguments.append(
                        PlannedStep.Argument(
                            parameter: parameter, values: [value], mark: step.mark))
                }
                continue
            }
            guard let texts = given.values else { continue }
            let values = texts.flatMap { self.values($0, of: parameter, instance, all, names) }
            let takesSeveral =
                parameter.isRepeating || parameter.kind == .distances || parameter.kind == .texts
            if values.count > 1, !takesSeveral {
                faults.add(
                    texts[0].mark,
                    "\"\(parameter.name)\" takes one value, but here are \(values.count)",
                    remedy: "give one, or go through them with \"for\"")
            }
            if values.isEmpty, faults.faults.isEmpty {
                faults.add(given.mark, "\"\(parameter.name)\" holds no value")
            }
            arguments.append(
                PlannedStep.Argument(parameter: parameter, values: values, mark: given.mark))
        }
        var needs: [String] = []
        for case .output(let other, _) in arguments.flatMap(\.values) where !needs.contains(other) {
            needs.append(other)
        }
        return PlannedStep(
            id: instance.id, name: step.name, title: step.title, variables: instance.variables,
            operation: step.operation, arguments: arguments, outputs: instance.outputs,
            report: instance.report, needs: needs, mark: step.mark)
    }

    /// What the study says for all its steps.
    private func studyWide(_ parameter: StudyOperation.Parameter) -> PlannedStep.Value? {
        switch parameter.name {
        case "as-of": asOf.map { .word($0) }
        case "data" where parameter.kind == .inputFolder: data.map { .file($0, layer: nil) }
        default: nil
        }
    }

    private mutating func values(
        _ text: WrittenStep.Text, of parameter: StudyOperation.Parameter,
        _ instance: StepInstance, _ all: [StepInstance], _ names: [String]
    ) -> [PlannedStep.Value] {
        if let name = Template(text.text).soleName {
            let bindings = instance.variables + parameters
            if let binding = bindings.first(where: { $0.name == name }) {
                return binding.values.compactMap { value($0, of: parameter, text.mark) }
            }
            return outputs(name, of: parameter, for: instance, all, names, text.mark)
        }
        guard let word = filled(text.text, instance.variables, text.mark) else { return [] }
        return value(word, of: parameter, text.mark).map { [$0] } ?? []
    }

    /// The outputs that `${step}`, `${step.parameter}` or `${step.report}` stands for.
    private mutating func outputs(
        _ reference: String, of parameter: StudyOperation.Parameter, for instance: StepInstance,
        _ all: [StepInstance], _ names: [String], _ mark: LocatedYAML.Mark
    ) -> [PlannedStep.Value] {
        var candidates = all.filter { $0.id == reference || $0.step.name == reference }
        var wanted: String?
        if candidates.isEmpty, let dot = reference.lastIndex(of: ".") {
            let name = reference[..<dot]
            wanted = String(reference[reference.index(after: dot)...])
            candidates = all.filter { $0.id == name || $0.step.name == name }
            if candidates.isEmpty, names.contains(String(name)) { return [] }
        }
        // A step that is faulty itself was told of already.
        if candidates.isEmpty, names.contains(reference) { return [] }
        guard let first = candidates.first else {
            faults.addUnknown(
                mark, "parameter, variable or step", reference,
                among: instance.variables.map(\.name) + parameters.map(\.name) + names,
                plural: "there are")
            return []
        }
        guard parameter.kind == .layer || parameter.kind == .inputFile else {
            faults.add(
                mark,
                "\"\(parameter.name)\" reads no file, so that ${\(reference)} cannot stand there")
            return []
        }
        let own = instance.variables
        candidates = candidates.filter { candidate in
            candidate.variables.allSatisfy { variable in
                own.first { $0.name == variable.name }.map { $0 == variable } ?? true
            }
        }
        return candidates.compactMap { candidate in
            if wanted == "report" { return .output(step: candidate.id, file: candidate.report) }
            let output =
                wanted.map { name in candidate.outputs.first { $0.parameter == name } }
                ?? candidate.outputs.first
            if let output { return .output(step: candidate.id, file: output.file) }
            faults.addUnknown(
                mark, "output of the step \(first.step.name)", wanted ?? "output",
                among: candidate.outputs.map(\.parameter) + ["report"], plural: "its outputs are")
            return nil
        }
    }

    private mutating func value(
        _ word: String, of parameter: StudyOperation.Parameter, _ mark: LocatedYAML.Mark
    ) -> PlannedStep.Value? {
        func refuse(_ what: String, _ example: String) {
            faults.add(
                mark, "\"\(parameter.name)\" takes \(what), but here is \"\(word)\"",
                remedy: "write for example \(example)")
        }
        switch parameter.kind {
        case .layer, .inputFile: return input(word, of: parameter, mark)
        case .inputFolder:
            if FilePlace.isFolder(FilePlace.path(word, in: folder)) {
                return .file(word, layer: nil)
            }
            faults.add(mark, "there is no folder \"\(word)\"")
            return nil
        case .distance, .distances:
            let parts = parameter.kind == .distance ? [word[...]] : word.split(separator: ",")
            if parts.isEmpty || !parts.allSatisfy({ Distance($0).map { $0.metres > 0 } ?? false }) {
                refuse("a distance with m or km", "5km")
                return nil
            }
        case .integer:
            if Int64(word).map({ $0 < 0 }) ?? true { refuse("a whole number, none below 0", "3") }
        case .number:
            if Double(word)?.isFinite != true { refuse("a number", "1.5") }
        case .flag:
            if word != "true", word != "false" { refuse("true or false", "true") }
        case .text, .texts, .outputFile: break
        }
        if !parameter.choices.isEmpty, !parameter.choices.contains(word) {
            faults.addUnknown(
                mark, "\(parameter.name)", word, among: parameter.choices, plural: "there are")
        }
        if parameter.option == nil, word.hasPrefix("-") {
            faults.add(mark, "\"\(word)\" cannot stand for \"\(parameter.name)\"")
        }
        return .word(word)
    }

    /// A layer of the catalogue, or a file that must be there.
    private mutating func input(
        _ word: String, of parameter: StudyOperation.Parameter, _ mark: LocatedYAML.Mark
    ) -> PlannedStep.Value? {
        if word == "-" || word.hasPrefix("PG:") {
            faults.add(
                mark,
                "a study cannot tell whether \(word == "-" ? "standard input" : word) changed",
                remedy: "convert it into a file first, and name that")
            return nil
        }
        let path = FilePlace.path(word, in: folder)
        let isName =
            parameter.kind == .layer && !word.contains("/")
            && FileFormat(path: path) == nil
        if isName, layers.contains(word) { return .layer(word) }
        let address = LayerAddress(path)
        if !address.path.hasPrefix("-"), FilePlace.exists(address.path) {
            let layer = address.layer
            return .file(layer.map { String(word.dropLast($0.count + 1)) } ?? word, layer: layer)
        }
        if isName {
            faults.addUnknown(
                mark, "layer, file or step", word, among: layers, plural: "the layers are")
            return nil
        }
        let near = Spelling.nearest(
            to: FilePlace.name(of: address.path),
            in: FolderListing.names(in: FilePlace.parent(of: address.path)))
        faults.add(
            mark, "there is no file \"\(word)\"",
            remedy: near.map { "did you mean \"\($0)\"?" }
                ?? "files are looked for from the folder of the study")
        return nil
    }
}
