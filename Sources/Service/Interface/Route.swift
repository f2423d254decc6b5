import Formats
import HTTPTypes

/// One thing that the service answers: declared once, which finds it, checks what is sent, and
/// describes it to clients.
struct Route: Sendable {
    /// A word of the path.
    enum Word: Sendable, Equatable {
        case fixed(String)
        case variable(String)
    }

    /// What an answer holds.
    struct Answer: Sendable {
        let type: String
        /// The name of its schema among those of the interface; `nil` for text.
        let schema: String?
    }

    /// How much an answer costs.
    enum Weight: Sendable {
        /// Nothing: it is told at once, whatever else is under way.
        case nothing
        /// Some milliseconds.
        case light
        /// It may keep a processor busy for seconds.
        case heavy
    }

    /// Answers a request that was checked.
    typealias Handler = @Sendable (AtlasService, Call) async throws -> ServiceResponse

    /// The name of the operation.
    let name: String
    let method: HTTPRequest.Method
    let path: [Word]
    /// Under which heading it is described.
    let group: String
    let summary: String
    let parameters: [Parameter]
    /// The answers, the usual one first.
    let answers: [Answer]
    /// What is answered (201) where something was made; `nil` where nothing is.
    var created: Answer?
    /// Further statuses of problems that it may answer with, besides 400, 404, 406, 414, 431 and 500.
    var problems: [HTTPResponse.Status] = []
    /// Whether it answers 204 where there is nothing.
    var mayBeEmpty = false
    /// The schema of a body that it takes; `nil` where it takes none.
    var bodySchema: String?
    /// Whether it asks for a key where the service has keys.
    var needsKey = false
    /// Whether it takes attributes of the collection as further parameters.
    var takesAttributes = false
    /// How much a call costs; heavy ones wait for one another, and nobody else for them.
    var weight: @Sendable (Call) -> Weight = { _ in .light }
    let handler: Handler

    init(
        _ name: String, _ path: String, by method: HTTPRequest.Method = .get, group: String,
        _ summary: String, _ parameters: [Parameter] = [], answers: [Answer],
        handler: @escaping Handler
    ) {
        self.name = name
        self.method = method
        self.path = path.split(separator: "/").map { word in
            word.hasPrefix("{")
                ? .variable(String(word.dropFirst().dropLast())) : .fixed(String(word))
        }
        self.group = group
        self.summary = summary
        self.parameters = parameters
        self.answers = answers
        self.handler = handler
    }

    /// The path as OpenAPI writes it.
    var template: String {
        "/"
            + path.map { word in
                switch word {
                case .fixed(let text): text
                case .variable(let name): "{\(name)}"
                }
            }.joined(separator: "/")
    }

    /// The values of its variables, where words are a path of this route.
    func variables(in words: [String]) -> [String: String]? {
        guard words.count == path.count else { return nil }
        var values: [String: String] = [:]
        for (word, text) in zip(path, words) {
            switch word {
            case .fixed(let fixed): if fixed != text { return nil }
            case .variable(let name):
                if text.isEmpty { return nil }
                values[name] = text
            }
        }
        return values
    }
}

/// A request that fits a route, its parameters checked.
struct Call: Sendable {
    var request: ServiceRequest
    let route: Route
    /// The values of parameters that were given, by name.
    let values: [String: String]
    /// Further parameters, where the route takes attributes.
    let attributes: [(name: String, value: String)]
    /// Where clients find the service: `http://127.0.0.1:8080`.
    let base: String
    /// The name of the key that was sent; empty where the service has none.
    var owner = ""

    /// The value of a parameter, where it was given.
    subscript(name: String) -> String? { values[name] }

    /// The value of a path's variable.
    func word(_ name: String) -> String { values[name] ?? "" }

    /// A count, at most the greatest that is allowed.
    func count(_ name: String) -> Int {
        guard
            let parameter = route.parameters.first(where: { $0.name == name }),
            case .count(let range, let usual) = parameter.kind
        else { return 0 }
        return values[name].flatMap { Parameter.count($0) }.map { min($0, range.upperBound) }
            ?? usual
    }

    /// The form that is asked for.
    func form() throws(Problem) -> Negotiation.Form {
        try Negotiation.form(named: values["f"], accept: request.headers[.accept])
    }

    /// The same request in another form.
    func address(inForm form: Negotiation.Form) -> String {
        let path = request.target.prefix { $0 != "?" }
        let rest = request.target.dropFirst(path.count + 1).split(separator: "&")
            .filter { !$0.hasPrefix("f=") }
        return base + path + "?" + (["f=\(form.rawValue)"] + rest).joined(separator: "&")
    }
}
