/// What a job runs, settled: the words of an operation, what it reads, and what it gives.
public struct JobOrder: Sendable {
    /// The process.
    public let process: String
    /// The words, in which files stand by bare names.
    public let words: [String]
    /// The files that it reads.
    public let inputs: [Input]
    /// What it gives.
    public let outputs: [Output]
    /// How results are sent.
    public let response: ExecuteRequest.Response

    /// A file that a job reads, under a name that the service chose.
    public struct Input: Sendable {
        /// Its name.
        public let name: String
        /// Where it stands in the request.
        public let pointer: String
        /// What it holds.
        public let content: Content

        /// What a file holds.
        public enum Content: Sendable {
            /// Bytes that were sent.
            case bytes(ArraySlice<UInt8>)
            /// The bytes of a file of the service: a result of another job.
            case file(String)
        }

        /// Creates an input.
        ///
        /// - Parameters:
        ///   - name: Its name.
        ///   - pointer: Where it stands in the request.
        ///   - content: What it holds.
        public init(_ name: String, at pointer: String = "", _ content: Content) {
            self.name = name
            self.pointer = pointer
            self.content = content
        }
    }

    /// An output of a job.
    public struct Output: Hashable, Sendable {
        /// Its name.
        public let id: String
        /// The name of its file.
        public let file: String
        /// Its form.
        public let form: OutputForm
        /// Whether it is sent as a reference, not by value.
        public let isReference: Bool

        /// Creates an output.
        ///
        /// - Parameters:
        ///   - id: Its name.
        ///   - file: The name of its file.
        ///   - form: Its form.
        ///   - isReference: Whether it is sent as a reference.
        public init(_ id: String, file: String, form: OutputForm, isReference: Bool = false) {
            self.id = id
            self.file = file
            self.form = form
            self.isReference = isReference
        }
    }

    /// The name of the file that takes what is printed.
    public static let printed = "printed"

    /// Creates an order.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - words: The words.
    ///   - inputs: The files that it reads.
    ///   - outputs: What it gives.
    ///   - response: How results are sent.
    public init(
        process: String, words: [String], inputs: [Input] = [], outputs: [Output],
        response: ExecuteRequest.Response = .raw
    ) {
        self.process = process
        self.words = words
        self.inputs = inputs
        self.outputs = outputs
        self.response = response
    }
}
