internal import Geometry

/// Where a result comes from: what made it, from what, and with which parameters.
///
/// It says nothing of when or where the result was made, so that making it again gives the same
/// bytes.
public struct Provenance: Hashable, Sendable {
    /// The operation: `coverage`.
    public var operation: String
    /// Its parameters in the order of its words, as name and value.
    public var parameters: [Parameter] = []
    /// What it was made from, in the order of the words.
    public var inputs: [InputRecord] = []
    /// The version of the catalogue, where its layers were used.
    public var catalogueVersion: String?
    /// Which Leaflet it holds, where it is a page that is moved by it.
    public var leafletVersion: String?
    /// The study and the step that made it, as JSON text, where it is a result of a study.
    public var study: String?
    /// What of the catalogue a result of a study rests on, as JSON text: its version, the date on
    /// which it is seen, and the sources of its records.
    public var catalogue: String?

    /// A parameter of an operation.
    public struct Parameter: Hashable, Sendable {
        /// Its name, as on the command line: `within`.
        public let name: String
        /// Its value.
        public let value: Value
    }

    /// Creates the provenance of a result.
    ///
    /// - Parameter operation: The operation that made it.
    public init(operation: String) { self.operation = operation }

    /// Adds a parameter, unless it has no value.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - value: Its value.
    public mutating func set(_ name: String, _ value: Value?) {
        guard let value, !value.isNull else { return }
        parameters.append(Parameter(name: name, value: value))
    }

    /// Adds inputs that are not there yet.
    ///
    /// - Parameter records: The inputs.
    public mutating func add(_ records: [InputRecord]) {
        for record in records where !inputs.contains(record) { inputs.append(record) }
    }

    /// The member of a collection that carries all this: `clusteratlas`, with the versions of the
    /// libraries that the result rests on.
    public var member: CollectionInfo.ForeignMember {
        var software: [(String, Value)] = [
            ("clusteratlas", .string(Release.version)),
            ("proj", .string(Transformation.engineVersion)),
            ("geos", .string(TopologyEngine.version)),
        ]
        if let leafletVersion { software.append(("leaflet", .string(leafletVersion))) }
        if let catalogueVersion { software.append(("catalogue", .string(catalogueVersion))) }
        let records = inputs.map { input in
            Self.object([
                ("name", .string(input.name)), ("bytes", .int(Int64(input.size))),
                ("sha256", .string(input.sha256)),
            ])
        }
        var members: [(String, Value)] = [
            ("operation", .string(operation)),
            ("parameters", .json(Self.object(parameters.map { ($0.name, $0.value) }))),
            ("inputs", .json("[" + records.joined(separator: ",") + "]")),
            ("versions", .json(Self.object(software))),
        ]
        if let study { members.append(("study", .json(study))) }
        if let catalogue { members.append(("catalogue", .json(catalogue))) }
        return CollectionInfo.ForeignMember(name: "clusteratlas", json: Self.object(members))
    }

    private static func object(_ members: [(String, Value)]) -> String {
        "{"
            + members.map { "\(JSONText.of(.string($0))):\(JSONText.of($1))" }
            .joined(separator: ",") + "}"
    }
}
