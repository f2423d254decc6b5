public import Geometry

/// What is wrong with a request, and where in it.
public struct RequestFault: ExplainedError, Hashable {
    /// What is wrong.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is no such process.
        case noSuchProcess = "no-such-process"
        /// The body is no JSON, or not of the form of an execute request.
        case badRequest = "bad-request"
        /// There is no such input.
        case unknownInput = "unknown-input"
        /// An input must be given and is not.
        case missingInput = "missing-input"
        /// The value of an input is not what its schema says, or the operation does not take it.
        case badInput = "bad-input"
        /// There is no such output, or not in this form.
        case badOutput = "bad-output"
        /// An address that is none of this very service: nothing is ever fetched.
        case foreignReference = "foreign-reference"
        /// What this service does not do.
        case unsupported = "unsupported"
    }

    /// What is wrong.
    public let code: Code
    /// Where, as a JSON pointer (RFC 6901); empty for the whole.
    public let pointer: String
    /// What was expected and what was found.
    public let problem: String
    /// What to do.
    public let remedy: String?

    /// Where, as a JSON pointer.
    public var place: String { pointer }

    /// Creates a fault.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - pointer: Where, as a JSON pointer.
    ///   - problem: What was expected and what was found.
    ///   - remedy: What to do.
    public init(_ code: Code, at pointer: String, _ problem: String, remedy: String? = nil) {
        self.code = code
        self.pointer = pointer
        self.problem = problem
        self.remedy = remedy
    }

    /// A name as a part of a JSON pointer.
    static func part(_ name: String) -> String {
        var text = "/"
        for character in name.prefix(200) {
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(character)
            }
        }
        return text
    }
}
