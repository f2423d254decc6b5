internal import Features
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension StudyPlan {
    /// Reads a study and checks it whole.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - settings: Parameters that take the place of the file's own, as name and YAML text.
    ///   - operations: What steps can run.
    /// - Returns: The plan.
    /// - Throws: ``StudyPlanError`` with all faults that were found, `FormatError` where the file
    ///   cannot be read or is no YAML.
    public static func read(
        _ path: String, settings: [(name: String, text: String)] = [],
        operations: any OperationCatalogue
    ) throws -> StudyPlan {
        try PlanReader.plan(
            try LocatedYAML.read(path), file: path, settings: settings, operations: operations)
    }

    /// Reads a study from a text and checks it whole.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The file's name, from whose folder files are looked for.
    ///   - settings: Parameters that take the place of the text's own, as name and YAML text.
    ///   - operations: What steps can run.
    /// - Returns: The plan.
    /// - Throws: ``StudyPlanError``, and `FormatError` where the text is no YAML.
    public static func parse(
        _ text: String, file: String = "study.yaml",
        settings: [(name: String, text: String)] = [], operations: any OperationCatalogue
    ) throws -> StudyPlan {
        try PlanReader.plan(
            try LocatedYAML.parse(text, file: file), file: file, settings: settings,
            operations: operations)
    }
}

/// Reads a plan, and goes on after each fault so that all are found.
struct PlanReader {
    let file: String
    let folder: String
    let operations: any OperationCatalogue
    var faults = FaultList()
    /// The parameters, in the order of the file.
    var parameters: [StudyPlan.Binding] = []
    /// The folder of own records, and the date.
    var data: String?
    var asOf: String?
    var layers: [String] = []
    var title: String?
    var name = ""

    static let keys = [
        "study", "title", "question", "limits", "date", "catalogue", "parameters", "steps",
    ]

    static func plan(
        _ yaml: LocatedYAML, file: String, settings: [(name: String, text: String)],
        operations: any OperationCatalogue
    ) throws -> StudyPlan {
        var reader = PlanReader(
            file: file, folder: FilePlace.parent(of: file), operations: operations)
        let plan = try reader.plan(yaml, settings)
        guard let plan, reader.faults.faults.isEmpty else {
            throw StudyPlanError(file: file, faults: reader.faults.inOrder)
        }
        return plan
    }

    private mutating func plan(
        _ yaml: LocatedYAML, _ settings: [(name: String, text: String)]
    ) throws -> StudyPlan? {
        guard let members = yaml.members else {
            faults.add(
                yaml.mark, "a study is a mapping of names, but here is \(yaml.kindInWords)",
                remedy: "begin with \"study: NAME\" and \"steps:\"")
            return nil
        }
        for member in members where !Self.keys.contains(member.name) {
            faults.addUnknown(
                member.mark, "member of a study", member.name, among: Self.keys,
                plural: "the members are")
        }
        let stem = FilePlace.stem(of: file)
        name = text(yaml["study"], "the name of the study") ?? stem
        if !FilePlace.isPlainName(name) {
            faults.add(
                yaml["study"]?.mark ?? yaml.mark, "\"\(name)\" cannot name a study",
                remedy: "use letters, digits, - and _")
        }
        let title = localized(yaml["title"], "the title")
        let question = localized(yaml["question"], "the question")
        let date = day(yaml["date"])
        let limits = localizedList(yaml["limits"], "the limits")
        readParameters(yaml["parameters"], settings)
        readCatalogue(yaml["catalogue"])
        do {
            layers = try operations.layers(in: data)
        } catch {
            faults.add(
                yaml["catalogue"]?["data"]?.mark ?? yaml.mark,
                "the catalogue cannot be read: \(error)")
        }
        guard let block = yaml["steps"], let written = block.members, !written.isEmpty else {
            let place = yaml["steps"]
            faults.add(
                place?.mark ?? yaml.mark,
                "a study needs steps, but here \(place.map { "is \($0.kindInWords)" } ?? "are none")",
                remedy: "write \"steps:\", and under it each step as \"NAME: {run: OPERATION}\"")
            return nil
        }
        let steps = steps(written)
        return StudyPlan(
            name: name, titles: title ?? StudyText(korean: nil, english: name),
            questions: question, limitations: limits, date: date,
            file: file, folder: folder, parameters: parameters, data: data, asOf: asOf,
            steps: steps)
    }

    // MARK: Values

    /// A text or a number as it was written; a fault where it is something else.
    mutating func text(_ yaml: LocatedYAML?, _ what: String) -> String? {
        guard let yaml else { return nil }
        if let words = yaml.written, yaml.scalar?.isNull == false { return words }
        faults.add(yaml.mark, "\(what) must be a text, but here is \(yaml.kindInWords)")
        return nil
    }

    /// A text, or a list of texts, with their places.
    mutating func list(
        _ yaml: LocatedYAML, _ what: String
    ) -> [(text: String, mark: LocatedYAML.Mark)] {
        (yaml.sequence ?? [yaml]).compactMap { element in
            text(element, yaml.sequence == nil ? what : "each of \(what)").map {
                ($0, element.mark)
            }
        }
    }

    /// A date with year, month and day.
    private mutating func day(_ yaml: LocatedYAML?) -> String? {
        guard let yaml, let text = text(yaml, "the date") else { return nil }
        guard Self.isDate(text, parts: 3...3) else {
            faults.add(
                yaml.mark, "\"\(text)\" is no date", remedy: "write it as 2026-11-21")
            return nil
        }
        return text
    }

    /// Whether a text is a year, a month or a day, of which so many parts are given.
    private static func isDate(_ text: String, parts wanted: ClosedRange<Int>) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        return wanted.contains(parts.count) && numbers.count == parts.count
            && zip(parts, [4, 2, 2]).allSatisfy { $0.count == $1 }
            && zip(numbers, [0...9999, 1...12, 1...31]).allSatisfy { $1.contains($0) }
    }

    /// Checks the names of a mapping's members; returns none where it is no mapping.
    mutating func members(
        _ yaml: LocatedYAML?, _ what: String, _ names: [String]? = nil
    ) -> [LocatedYAML.Member] {
        guard let yaml, yaml.scalar?.isNull != true else { return [] }
        guard let members = yaml.members else {
            faults.add(yaml.mark, "\(what) must be a mapping, but here is \(yaml.kindInWords)")
            return []
        }
        guard let names else { return members }
        for member in members where !names.contains(member.name) {
            faults.addUnknown(
                member.mark, "member of \(what)", member.name, among: names,
                plural: "the members are")
        }
        return members.filter { names.contains($0.name) }
    }

    // MARK: Parts of the document

    private mutating func readParameters(
        _ yaml: LocatedYAML?, _ settings: [(name: String, text: String)]
    ) {
        let members = members(yaml, "parameters")
        for setting in settings where !members.contains(where: { $0.name == setting.name }) {
            faults.addUnknown(
                yaml?.mark ?? LocatedYAML.Mark.start, "parameter", setting.name,
                among: members.map(\.name), plural: "the parameters of the study are")
        }
        for member in members {
            if !FilePlace.isPlainName(member.name) {
                faults.add(
                    member.mark, "\"\(member.name)\" cannot name a parameter",
                    remedy: "use letters, digits, - and _")
            }
            var value = member.value
            if let setting = settings.last(where: { $0.name == member.name }) {
                do {
                    value = try LocatedYAML.parse(setting.text, file: "--set \(member.name)")
                } catch {
                    faults.add(member.mark, "\(error)")
                }
                if (value.sequence == nil) != (member.value.sequence == nil) {
                    faults.add(
                        member.mark,
                        "--set \(member.name)=\(setting.text): the study has "
                            + "\(member.value.kindInWords) there",
                        remedy: value.sequence == nil
                            ? "write a list: --set '\(member.name)=[a, b]'" : "give one value")
                }
            }
            let values = list(value, "the parameter \"\(member.name)\"").map(\.text)
            parameters.append(StudyPlan.Binding(name: member.name, values: values))
        }
    }

    private mutating func readCatalogue(_ yaml: LocatedYAML?) {
        for member in members(yaml, "catalogue", ["data", "as-of"]) {
            guard let written = text(member.value, "\"\(member.name)\"") else { continue }
            let text = filled(written, [], member.value.mark) ?? written
            if member.name == "as-of" {
                asOf = text
                if Self.isDate(text, parts: 1...3) { continue }
                faults.add(
                    member.value.mark, "\"\(text)\" is no date",
                    remedy: "write it as 2019, 2019-06 or 2019-06-30")
            } else if FilePlace.isFolder(FilePlace.path(text, in: folder)) {
                data = text
            } else {
                faults.add(member.value.mark, "there is no folder \"\(text)\"")
            }
        }
    }
}

extension LocatedYAML.Mark {
    /// The beginning of a file.
    static let start = LocatedYAML.Mark(line: 1, column: 1)
}
