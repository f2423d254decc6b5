internal import Features
internal import Formats

/// What a result says of where it comes from: as a member of GeoJSON, or in a file beside it.
public struct ResultProvenance: Sendable {
    /// The result.
    public let file: String
    /// The operation that made it.
    public let operation: String
    /// The study and the step that made it, where it is a result of a study.
    public let study: String?
    /// The step that made it.
    public let step: String?
    /// The names of what it was made from.
    public let inputs: [String]
    /// Names and versions of what it rests on; the catalogue is one of them.
    public let versions: [StudyVersions.Software]

    /// Reads what a result says.
    ///
    /// - Parameter path: The result.
    /// - Throws: ``StudyError`` where it says nothing, `FormatError` where it cannot be read.
    public init(of path: String) throws {
        let sidecar = path + StepProvenance.ending
        let json =
            FilePlace.exists(sidecar)
            ? try JSONValue.read(sidecar)
            : FileFormat(path: path) == .geoJSON
                ? try JSONDocument(path, omitting: ["features"]).value : .null
        guard let said = json["clusteratlas"] else {
            throw StudyError(
                at: path, "says nothing of where it comes from",
                remedy: "name a GeoJSON result, or a file with NAME.provenance.json beside it")
        }
        file = FilePlace.name(of: path)
        operation = said["operation"]?.string ?? ""
        study = said["study"]?["name"]?.string
        step = said["study"]?["step"]?.string
        var names: [String] = []
        var layers: [String] = []
        for (name, value) in (said["parameters"]?.members ?? []).map({ ($0.name, $0.value) }) {
            _ = name
            layers += (value.array ?? [value]).compactMap(\.string)
        }
        for input in said["inputs"]?.array ?? [] {
            if let name = input["name"]?.string { names.append(name) }
        }
        versions = (said["versions"]?.members ?? []).map {
            StudyVersions.Software(name: $0.name, version: $0.value.string ?? "")
        }
        inputs = names + layers
    }

    /// The names of what a result rests on, those of earlier results in the same folder followed.
    ///
    /// - Parameter path: The result.
    /// - Returns: Names of files and layers, each once.
    /// - Throws: What ``init(of:)`` throws of the result itself.
    public static func origins(of path: String) throws -> [String] {
        let folder = FilePlace.parent(of: path)
        var found: [String] = []
        var waiting = try ResultProvenance(of: path).inputs
        while let name = waiting.popLast() {
            if found.contains(name) { continue }
            found.append(name)
            let earlier = "\(folder)/\(name)"
            if !name.contains("/"), FilePlace.exists(earlier),
                let more = try? ResultProvenance(of: earlier)
            {
                waiting += more.inputs
            }
        }
        return found.sorted()
    }
}
