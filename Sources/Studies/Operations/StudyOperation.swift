/// An operation that a step of a study can run, as the program declares it.
///
/// Everything is known of it that is needed to check a plan, to describe the plan to an editor, and
/// to put the words together that run it.
public struct StudyOperation: Hashable, Sendable {
    /// The words that call it: `sites`, `select`.
    public let words: [String]
    /// What it does, in a line.
    public let abstract: String
    /// Its parameters; those that stand bare among the words come first, in their order.
    public let parameters: [Parameter]
    /// Whether it takes `--threads`.
    public let takesThreads: Bool

    /// Its name in a plan: `sites select`.
    public var name: String { words.joined(separator: " ") }

    /// What a parameter holds.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A layer of the catalogue, a file, or an output of an earlier step.
        case layer
        /// A file, or an output of an earlier step.
        case inputFile
        /// A folder that is read.
        case inputFolder
        /// The name of a file that the step writes.
        case outputFile
        /// A length: `5km`, `250m`, or metres.
        case distance
        /// Lengths.
        case distances
        /// A whole number.
        case integer
        /// A number.
        case number
        /// True or false.
        case flag
        /// A text, of which several stand behind one another with commas.
        case texts
        /// Any other text, which the operation itself checks.
        case text
    }

    /// A parameter of an operation.
    public struct Parameter: Hashable, Sendable {
        /// Its name in a plan, which is that of the command line without dashes: `within`.
        public let name: String
        /// What it holds.
        public let kind: Kind
        /// The word before its value: `--within`; `nil` where the value stands bare.
        public let option: String?
        /// Whether it must be given.
        public let isRequired: Bool
        /// Whether it may hold several values.
        public let isRepeating: Bool
        /// The values it takes, where they are few.
        public let choices: [String]
        /// The value it has where none is given.
        public let defaultValue: String?
        /// The endings of files that it writes besides those of formats: `html`.
        public let endings: [String]
        /// What it means, in a line.
        public let abstract: String

        /// Creates a parameter.
        ///
        /// - Parameters:
        ///   - name: Its name in a plan.
        ///   - kind: What it holds.
        ///   - option: The word before its value.
        ///   - isRequired: Whether it must be given.
        ///   - isRepeating: Whether it may hold several values.
        ///   - choices: The values it takes, where they are few.
        ///   - defaultValue: The value it has where none is given.
        ///   - endings: The endings of files that it writes besides those of formats.
        ///   - abstract: What it means.
        public init(
            _ name: String, _ kind: Kind, option: String?, isRequired: Bool = false,
            isRepeating: Bool = false, choices: [String] = [], defaultValue: String? = nil,
            endings: [String] = [], abstract: String = ""
        ) {
            self.endings = endings
            self.name = name
            self.kind = kind
            self.option = option
            self.isRequired = isRequired
            self.isRepeating = isRepeating
            self.choices = choices
            self.defaultValue = defaultValue
            self.abstract = abstract
        }
    }

    /// Creates an operation.
    ///
    /// - Parameters:
    ///   - words: The words that call it.
    ///   - abstract: What it does.
    ///   - takesThreads: Whether it takes `--threads`.
    ///   - parameters: Its parameters.
    public init(
        _ words: [String], abstract: String = "", takesThreads: Bool = false,
        _ parameters: [Parameter]
    ) {
        self.takesThreads = takesThreads
        self.words = words
        self.abstract = abstract
        self.parameters =
            parameters.filter { $0.option == nil } + parameters.filter { $0.option != nil }
    }

    /// The parameter of a name.
    ///
    /// - Parameter name: Its name.
    public subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }
}
