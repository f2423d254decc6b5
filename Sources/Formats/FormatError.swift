public import Geometry

/// What went wrong while a file or stream was read or written.
public struct FormatError: ExplainedError, Hashable {
    /// The kinds of failure; more may come.
    public struct Code: Hashable, Sendable {
        /// The name of the failure.
        public let name: String

        /// A file that is missing, is a directory, or may not be read.
        public static let unreadable = Code(name: "unreadable")
        /// A file whose name or first bytes tell no format that is known.
        public static let unknownFormat = Code(name: "unknown-format")
        /// Text that breaks the grammar of its format.
        public static let syntax = Code(name: "syntax")
        /// Bytes that are no UTF-8.
        public static let encoding = Code(name: "encoding")
        /// Input that ends before it is complete.
        public static let truncated = Code(name: "truncated")
        /// Packed data that cannot be unpacked.
        public static let damaged = Code(name: "damaged")
        /// Arrays and objects that nest deeper than is read.
        public static let tooDeep = Code(name: "too-deep")
        /// A member that is missing or holds the wrong kind of value.
        public static let structure = Code(name: "structure")
        /// Coordinates that do not form the geometry they are said to be.
        public static let geometry = Code(name: "geometry")
        /// A position that is not on the globe.
        public static let badPosition = Code(name: "bad-position")
        /// Positions given latitude first.
        public static let swappedAxes = Code(name: "swapped-axes")
        /// Positions in metres where degrees are expected.
        public static let projected = Code(name: "projected")
        /// A layer that is not there, or one of several that has to be named.
        public static let layer = Code(name: "layer")
        /// A coordinate reference system that is unknown, or named in the wrong place.
        public static let crs = Code(name: "crs")
        /// A destination that cannot be written.
        public static let unwritable = Code(name: "unwritable")
        /// A destination without room for the output.
        public static let noSpace = Code(name: "no-space")
        /// A database in which others hold what is needed, or that takes longer than may be.
        public static let busy = Code(name: "busy")
        /// A reader that has gone away; the command line takes it for success.
        public static let closedPipe = Code(name: "closed-pipe")
    }

    /// The kind of failure.
    public let code: Code
    /// Where it happened: the file, then the feature, then line and byte, as far as they are known.
    public let place: String
    /// What was expected and what was found.
    public let problem: String
    /// What to do, as an instruction.
    public let remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - place: The file and the place in it.
    ///   - problem: What was expected and found.
    ///   - remedy: What to do, as an instruction.
    public init(_ code: Code, at place: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.problem = problem
        self.remedy = remedy
    }
}

/// A failure at a byte of a text, before the file and the feature around it are known.
struct Fault: Error {
    var code: FormatError.Code
    /// The byte, counted in the text that was scanned.
    var at: Int
    var problem: String
    var remedy: String?
    /// Whether the text ended where more was expected.
    var isEnd = false

    init(_ code: FormatError.Code, at: Int, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.at = at
        self.problem = problem
        self.remedy = remedy
    }

    static func end(at: Int) -> Fault {
        var fault = Fault(
            .truncated, at: at, "the text ends in the middle of a value",
            remedy: "write or download the file again; it has been cut short")
        fault.isEnd = true
        return fault
    }
}
