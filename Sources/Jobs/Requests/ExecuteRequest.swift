public import Formats

/// A request to run a process, read as OGC API – Processes defines it (Part 1, section 7.11).
public struct ExecuteRequest: Sendable {
    /// The values of each input, in the order in which they were sent.
    public let inputs: [Input]
    /// The outputs that are wanted; `nil` where the request names none.
    public let outputs: [Output]?
    /// How results are sent.
    public let response: Response

    /// How results are sent.
    public enum Response: String, Hashable, Sendable, CaseIterable {
        /// One output as it is.
        case raw
        /// All in an object.
        case document
    }

    /// An input with its values.
    public struct Input: Sendable {
        /// Its name.
        public let name: String
        /// Its values.
        public let values: [Value]
    }

    /// A value, and where it stands.
    public struct Value: Sendable {
        /// Where it stands, as a JSON pointer.
        public let pointer: String
        /// What is there.
        public let content: Content

        /// What a value is.
        public enum Content: Sendable {
            /// Any value but features.
            case plain(JSONValue)
            /// A FeatureCollection, as it was sent.
            case features(JSONSlice)
            /// A reference.
            case link(String)
        }
    }

    /// An output that is wanted.
    public struct Output: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The media type; `nil` for the usual one.
        public let mediaType: String?
        /// Whether it is sent as a reference, not by value.
        public let isReference: Bool
    }

    /// The collections of this service that the inputs refer to.
    ///
    /// - Parameter base: Where clients find this service.
    /// - Returns: Their names; references to something else are passed over.
    public func collections(base: String) -> [String] {
        inputs.flatMap(\.values).compactMap { value in
            guard case .link(let address) = value.content,
                case .collection(let name)? = try? ServiceReference(
                    address, base: base, at: value.pointer)
            else { return nil }
            return name
        }
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - body: The JSON text.
    ///   - limits: How large it may be.
    /// - Throws: ``RequestFault`` naming the place; ``JobLimitError`` (`bodyBytes`).
    /// - Complexity: O(*n*) in the number of bytes.
    public init(_ body: [UInt8], limits: JobLimits = JobLimits()) throws {
        guard body.count <= limits.bodyBytes else {
            throw JobLimitError(
                .bodyBytes,
                "the body has \(body.count) bytes, and \(limits.bodyBytes) are taken at most",
                remedy: "send less, or refer to a collection of the service")
        }
        let whole: JSONSlice
        do {
            whole = try JSONSlice(body, file: "the body")
        } catch {
            throw RequestFault(.badRequest, at: "", "\(error)")
        }
        guard let members = whole.members else {
            throw RequestFault(.badRequest, at: "", "the body must be an object")
        }
        var inputs: [Input] = []
        var outputs: [Output]?
        var response = Response.raw
        var seen: Set<String> = []
        for member in members {
            guard seen.insert(member.name).inserted else {
                throw RequestFault(
                    .badRequest, at: RequestFault.part(member.name), "the member stands twice")
            }
            switch member.name {
            case "inputs": inputs = try Self.inputs(member.value)
            case "outputs": outputs = try Self.outputs(member.value)
            case "response":
                guard let word = try Self.plain(member.value, at: "/response").string,
                    let form = Response(rawValue: word)
                else {
                    throw RequestFault(
                        .badRequest, at: "/response", "expected \"raw\" or \"document\"")
                }
                response = form
            case "subscriber":
                throw RequestFault(
                    .unsupported, at: "/subscriber", "nobody is called back by this service",
                    remedy: "ask for the state of the job at /jobs/ID")
            default:
                throw RequestFault(
                    .badRequest, at: RequestFault.part(member.name),
                    "an execute request has inputs, outputs and response")
            }
        }
        self.inputs = inputs
        self.outputs = outputs
        self.response = response
    }

    // MARK: Inputs

    private static func inputs(_ slice: JSONSlice) throws(RequestFault) -> [Input] {
        guard let members = slice.members else {
            throw RequestFault(.badRequest, at: "/inputs", "expected an object of inputs")
        }
        guard members.count <= 100 else {
            throw RequestFault(.badRequest, at: "/inputs", "more than 100 inputs")
        }
        var inputs: [Input] = []
        for member in members {
            let pointer = "/inputs" + RequestFault.part(member.name)
            guard !inputs.contains(where: { $0.name == member.name }) else {
                throw RequestFault(.badRequest, at: pointer, "the input stands twice")
            }
            var values: [Value] = []
            if let items = member.value.array {
                guard items.count <= 1000 else {
                    throw RequestFault(.badInput, at: pointer, "more than 1000 values")
                }
                for (index, item) in items.enumerated() {
                    values.append(try value(item, at: "\(pointer)/\(index)"))
                }
            } else {
                values = [try value(member.value, at: pointer)]
            }
            inputs.append(Input(name: member.name, values: values))
        }
        return inputs
    }

    private static func value(
        _ slice: JSONSlice, at pointer: String
    ) throws(RequestFault) -> Value {
        guard let members = slice.members else {
            return Value(pointer: pointer, content: .plain(try plain(slice, at: pointer)))
        }
        func member(_ name: String) -> JSONSlice? { members.last { $0.name == name }?.value }
        if let link = member("href") {
            guard let address = try plain(link, at: pointer + "/href").string else {
                throw RequestFault(.badInput, at: pointer + "/href", "expected an address")
            }
            return Value(pointer: pointer, content: .link(address))
        }
        if let qualified = member("value") {
            let inner = pointer + "/value"
            if let name = members.first(where: {
                !["value", "mediaType", "encoding", "schema", "format"].contains($0.name)
            })?.name {
                throw RequestFault(
                    .badInput, at: pointer + RequestFault.part(name),
                    "a qualified value has value, mediaType, encoding and schema")
            }
            if member("encoding") != nil {
                throw RequestFault(
                    .unsupported, at: pointer + "/encoding", "values are sent as they are")
            }
            guard qualified.kind == .object else {
                return Value(pointer: inner, content: .plain(try plain(qualified, at: inner)))
            }
            return Value(pointer: inner, content: .features(try features(qualified, at: inner)))
        }
        return Value(pointer: pointer, content: .features(try features(slice, at: pointer)))
    }

    private static func features(
        _ slice: JSONSlice, at pointer: String
    ) throws(RequestFault) -> JSONSlice {
        let members = slice.members ?? []
        let type = try members.last { $0.name == "type" }.map { member throws(RequestFault) in
            try plain(member.value, at: pointer + "/type").string
        }
        guard type == "FeatureCollection" else {
            throw RequestFault(
                .badInput, at: pointer,
                "expected a FeatureCollection of GeoJSON, or an object with \"value\" or \"href\"")
        }
        // RFC 7946 knows no such member. Of older ones, only codes are read: what else PROJ takes
        // may name files and addresses.
        for member in members where member.name == "crs" {
            let text = try plain(member.value, at: pointer + "/crs")
            if text.isNull { continue }
            let name = text["properties"]?["name"]?.string ?? ""
            let code = name.uppercased()
            let known = [
                "EPSG:", "URN:OGC:DEF:CRS:EPSG::", "URN:OGC:DEF:CRS:OGC:1.3:CRS", "OGC:CRS",
            ]
            let rest = known.first { code.hasPrefix($0) }.map { code.dropFirst($0.count) }
            guard let rest, (2...6).contains(rest.count), rest.allSatisfy(\.isWholeNumber) else {
                throw RequestFault(
                    .badInput, at: pointer + "/crs",
                    "the reference system must be named by a code of EPSG",
                    remedy: "leave \"crs\" out for longitude, latitude on WGS 84")
            }
        }
        return slice
    }

    /// A value as a tree; large ones, which are no text, are none that an input takes.
    private static func plain(
        _ slice: JSONSlice, at pointer: String
    ) throws(RequestFault) -> JSONValue {
        guard slice.kind == .scalar || slice.bytes.count <= 1 << 16 else {
            throw RequestFault(.badInput, at: pointer, "the value is too large for what it may be")
        }
        do {
            return try slice.value()
        } catch {
            throw RequestFault(.badInput, at: pointer, error.problem, remedy: error.remedy)
        }
    }

    // MARK: Outputs

    private static func outputs(_ slice: JSONSlice) throws(RequestFault) -> [Output] {
        guard let members = slice.members else {
            throw RequestFault(.badRequest, at: "/outputs", "expected an object of outputs")
        }
        guard members.count <= 100 else {
            throw RequestFault(.badRequest, at: "/outputs", "more than 100 outputs")
        }
        var outputs: [Output] = []
        for member in members {
            let pointer = "/outputs" + RequestFault.part(member.name)
            let value = try plain(member.value, at: pointer)
            guard value.members != nil, !outputs.contains(where: { $0.name == member.name }) else {
                throw RequestFault(
                    .badRequest, at: pointer, "expected one object, which may be empty")
            }
            var isReference = false
            switch value["transmissionMode"] {
            case nil, .string("value"): break
            case .string("reference"): isReference = true
            default:
                throw RequestFault(
                    .badRequest, at: pointer + "/transmissionMode",
                    "expected \"value\" or \"reference\"")
            }
            var mediaType: String?
            if let format = value["format"] {
                guard let type = format["mediaType"]?.string else {
                    throw RequestFault(
                        .badOutput, at: pointer + "/format", "expected an object with \"mediaType\""
                    )
                }
                mediaType = type
            }
            outputs.append(
                Output(name: member.name, mediaType: mediaType, isReference: isReference))
        }
        return outputs
    }
}
