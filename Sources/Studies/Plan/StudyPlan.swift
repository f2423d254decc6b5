public import Formats

/// A study that was checked whole: what is asked, and the steps that answer it, in an order in which
/// each comes after those it needs.
public struct StudyPlan: Sendable {
    /// The name of the study: `innovation-cities`.
    public let name: String
    /// Its title for people, in the languages it is given in.
    public let titles: StudyText
    /// What is asked, in the languages it is asked in.
    public let questions: StudyText?
    /// What the answer cannot tell.
    public let limitations: [StudyText]
    /// Its title, in English where it is given in English.
    public var title: String { titles.plain }
    /// What is asked, in English where it is asked in English.
    public var question: String? { questions?.plain }
    /// What the answer cannot tell, in English where it is said in English.
    public var limits: [String] { limitations.map(\.plain) }
    /// The day of the study, as `2026-11-21`.
    public let date: String?
    /// The file it was read from, and its folder, from which files are looked for.
    public let file: String
    /// The folder of ``file``.
    public let folder: String
    /// The parameters with their values, in the order of the file.
    public let parameters: [Binding]
    /// The folder of own records; `nil` for the built-in catalogue alone.
    public let data: String?
    /// The date on which the catalogue is seen.
    public let asOf: String?
    /// The steps, a sweep's steps one by one.
    public internal(set) var steps: [PlannedStep]

    /// A name with its value or values.
    public struct Binding: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The values; one but for lists.
        public let values: [String]
    }

    /// The step of an identifier.
    ///
    /// - Parameter id: The identifier.
    public subscript(id: String) -> PlannedStep? { steps.first { $0.id == id } }

    /// The plan with some of its steps only.
    ///
    /// - Parameter ids: The identifiers of the steps.
    /// - Returns: The plan; what steps need beside these must be there.
    public func only(_ ids: Set<String>) -> StudyPlan {
        var plan = self
        plan.steps.removeAll { !ids.contains($0.id) }
        return plan
    }

    /// A step and all that it rests on.
    ///
    /// - Parameter id: The step.
    /// - Returns: Identifiers of steps.
    public func ancestry(of id: String) -> Set<String> {
        var found: Set<String> = [id]
        for step in steps.reversed() where found.contains(step.id) {
            found.formUnion(step.needs)
        }
        return found
    }

    /// The step that writes a file.
    ///
    /// - Parameter file: The name of the file.
    /// - Returns: The step, or `nil`.
    public func step(writing file: String) -> PlannedStep? {
        steps.first { $0.report == file || $0.outputs.contains { $0.file == file } }
    }
}

/// A step of a study that will run: an operation with its parameters settled.
public struct PlannedStep: Hashable, Sendable {
    /// Its name among all steps, and the stem of the files it writes: `reach-5km`.
    public let id: String
    /// The name of the step in the plan: `reach`.
    public let name: String
    /// Its title for people; the same for all steps of a sweep.
    public let title: StudyText?
    /// What the variables of a sweep are in this step.
    public let variables: [StudyPlan.Binding]
    /// The operation.
    public let operation: StudyOperation
    /// What was settled, in the order of the operation's parameters.
    public private(set) var arguments: [Argument]
    /// What it writes.
    public let outputs: [Output]
    /// The file that holds what it prints.
    public let report: String
    /// The identifiers of the steps whose outputs it reads, each once.
    public let needs: [String]
    /// Where the step stands in its file.
    public let mark: LocatedYAML.Mark
    /// What of the catalogue the results of earlier steps rest on that it reads.
    var earlierViews: Set<CatalogueView> = []

    /// A file that a step writes.
    public struct Output: Hashable, Sendable {
        /// The parameter that names it.
        public let parameter: String
        /// Its name.
        public let file: String
    }

    /// A parameter with its values.
    public struct Argument: Hashable, Sendable {
        /// The parameter.
        public let parameter: StudyOperation.Parameter
        /// Its values.
        public var values: [Value]
        /// Where it stands in the file.
        public let mark: LocatedYAML.Mark
    }

    /// A value of a parameter.
    public enum Value: Hashable, Sendable {
        /// A word that is passed on as it is.
        case word(String)
        /// A layer of the catalogue.
        case layer(String)
        /// A file or folder, as the plan names it from its own folder, and a layer in it.
        case file(String, layer: String?)
        /// A file that an earlier step writes.
        case output(step: String, file: String)

        /// The value without the folders of files.
        package var bareName: String {
            switch self {
            case .word(let word), .layer(let word): word
            case .file(let path, let layer):
                FilePlace.name(of: path) + (layer.map { ":\($0)" } ?? "")
            case .output(_, let file): file
            }
        }

        /// The word, where it is nothing else.
        var word: String? { if case .word(let word) = self { word } else { nil } }
    }

    /// The words that run the step.
    ///
    /// - Parameter place: Where a value is to be found: the word that stands for it.
    /// - Returns: The operation's words, then the bare values, then the options.
    public func words(_ place: (Value) -> String) -> [String] {
        var words = operation.words
        for argument in arguments {
            let values = argument.values.map(place)
            guard let option = argument.parameter.option else {
                words += values
                continue
            }
            switch argument.parameter.kind {
            case .flag: if values == ["true"] { words.append(option) }
            case .distances, .texts: words += Self.option(option, [values.joined(separator: ",")])
            default: for value in values { words += Self.option(option, [value]) }
            }
        }
        return words
    }

    /// The step without one of its parameters.
    func without(_ parameter: String) -> PlannedStep {
        var step = self
        step.arguments.removeAll { $0.parameter.name == parameter }
        return step
    }

    /// The step with another value of one of its parameters.
    func with(_ argument: Argument) -> PlannedStep {
        var step = without(argument.parameter.name)
        let order = step.operation.parameters.map(\.name)
        step.arguments.append(argument)
        step.arguments.sort {
            (order.firstIndex(of: $0.parameter.name) ?? 0)
                < (order.firstIndex(of: $1.parameter.name) ?? 0)
        }
        return step
    }

    /// A value that begins like an option is tied to its own with an equals sign.
    private static func option(_ name: String, _ values: [String]) -> [String] {
        if values.count == 1, values[0].hasPrefix("-"), name.hasPrefix("--") {
            return ["\(name)=\(values[0])"]
        }
        return [name] + values
    }
}
