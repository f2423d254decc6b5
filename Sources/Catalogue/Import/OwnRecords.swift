internal import Features
internal import Formats

/// A folder of own records beside the built-in catalogue.
public enum OwnRecords {
    /// Where a table comes from, for the list of sources.
    public struct Origin: Hashable, Sendable {
        /// The file's name.
        public var file: String
        /// Who published it.
        public var publisher: String
        /// Its title.
        public var title: String
        /// Its address; the file's name where there is none.
        public var url: String?
        /// Its licence, as far as stated.
        public var licence: String
        /// The date of its figures.
        public var date: PartialDate?

        /// Creates an origin.
        ///
        /// - Parameters:
        ///   - file: The file's name.
        ///   - publisher: Who published it.
        ///   - title: Its title.
        ///   - url: Its address.
        ///   - licence: Its licence.
        ///   - date: The date of its figures.
        public init(
            file: String, publisher: String = "not stated", title: String? = nil,
            url: String? = nil, licence: String = "not stated", date: PartialDate? = nil
        ) {
            self.file = file
            self.publisher = publisher
            self.title = title ?? file
            self.url = url
            self.licence = licence
            self.date = date
        }
    }

    /// Writes imported records into a folder, beside what other imports left there.
    ///
    /// The layer's file is written anew; the source and the layer are added to `sources.json` and
    /// `datapackage.json`, which comes last, so that a run that is cut short leaves a folder that
    /// still reads as before.
    ///
    /// - Parameters:
    ///   - importer: The records.
    ///   - origin: Where they come from.
    ///   - folder: The folder, which must exist.
    /// - Returns: The files that were written.
    /// - Throws: ``CatalogueError`` where the folder holds a catalogue that is no extension,
    ///   `FormatError` where it cannot be written.
    public static func write(
        _ importer: Importer, from origin: Origin, to folder: String
    ) throws -> [String] {
        let manifest = folder + "/" + CatalogueFolder.manifest
        var resources: [(name: String, json: String)] = []
        if CatalogueFolder.holdsManifest(folder) {
            let old = try JSONDocument(manifest).value
            guard old["extends"]?.bool == true else {
                throw CatalogueError(
                    .malformed, at: manifest,
                    "this folder holds a catalogue of its own, which is not added to",
                    remedy: "name another folder")
            }
            resources = (old["resources"]?.array ?? []).compactMap { resource in
                resource["name"]?.string.map { ($0, text(of: resource)) }
            }
        }
        let layer = importer.layer
        let id = sourceID(origin)
        let file = folder + "/" + layer.name + ".geojson"
        try TextFile.write(
            RecordText.layer(
                layer.name, importer.records, source: id, date: origin.date?.description),
            to: file)
        try writeSources(origin, id, folder)
        resources.removeAll { $0.name == layer.name || $0.name == "sources" }
        resources.append((layer.name, resource(layer)))
        resources.append(("sources", sourcesResource))
        try TextFile.write(
            "{\n  \"name\": \"own-records\",\n  \"title\": \"Own records\",\n"
                + "  \"extends\": true,\n  \"version\": \"own\",\n  \"resources\": [\n"
                + resources.map { "    " + $0.json }.joined(separator: ",\n") + "\n  ]\n}\n",
            to: manifest)
        return [file, folder + "/sources.json", manifest]
    }

    private static let sourcesResource =
        "{ \"name\": \"sources\", \"title\": \"Sources\", \"path\": \"sources.json\" }"

    private static func resource(_ layer: LayerInfo) -> String {
        let members = [
            ("name", layer.name), ("title", layer.titleEN), ("title_ko", layer.titleKO),
            ("kind", layer.kind), ("prefix", layer.prefix ?? ""),
            ("path", layer.name + ".geojson"), ("description", layer.description),
        ]
        return "{ "
            + members.map { "\(RecordText.quoted($0)): \(RecordText.quoted($1))" }
            .joined(separator: ", ") + " }"
    }

    private static func sourceID(_ origin: Origin) -> String {
        let stem = origin.file.split(separator: ".").first.map(String.init) ?? origin.file
        let words = Romanisation.of(stem).lowercased().split {
            !($0.isASCII && ($0.isLetter || $0.isNumber))
        }
        return (["import"] + words.map(String.init)).joined(separator: "-")
    }

    private static func writeSources(
        _ origin: Origin, _ id: String, _ folder: String
    ) throws {
        let file = folder + "/sources.json"
        var sources: [(id: String, json: String)] = []
        if CatalogueFolder.isReadable(file) {
            sources = (try JSONDocument(file).value["sources"]?.array ?? []).compactMap { source in
                source["id"]?.string.map { ($0, text(of: source)) }
            }
        }
        sources.removeAll { $0.id == id }
        let members: [(String, String?)] = [
            ("id", id), ("publisher", origin.publisher), ("title", origin.title),
            ("date", origin.date?.description), ("url", origin.url ?? "file:" + origin.file),
            ("licence", origin.licence),
        ]
        let json =
            "{ "
            + members.map { "\(RecordText.quoted($0)): \($1.map(RecordText.quoted) ?? "null")" }
            .joined(separator: ", ") + " }"
        sources.append((id, json))
        sources.sort { $0.id < $1.id }
        try TextFile.write(
            "{\n  \"sources\": [\n" + sources.map { "    " + $0.json }.joined(separator: ",\n")
                + "\n  ]\n}\n", to: file)
    }

    /// A value as it was read, on one line.
    private static func text(of json: JSONValue) -> String {
        switch json {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value): return JSONText.number(value)
        case .string(let text): return RecordText.quoted(text)
        case .array(let values):
            return "[" + values.map { text(of: $0) }.joined(separator: ", ") + "]"
        case .object(let members):
            let parts = members.map { "\(RecordText.quoted($0.name)): \(text(of: $0.value))" }
            return "{ " + parts.joined(separator: ", ") + " }"
        }
    }
}
