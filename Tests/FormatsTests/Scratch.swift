import Features
import Formats
import Glibc

/// A directory of its own for one test, removed with all it holds when the test ends.
final class Scratch {
    let path: String

    init() {
        var template = Array("/tmp/formats-tests-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        for name in names { unlink(self / name) }
        rmdir(path)
    }

    static func / (scratch: Scratch, name: String) -> String { "\(scratch.path)/\(name)" }

    /// The names of the files in it.
    var names: [String] {
        guard let listing = opendir(path) else { return [] }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Writes a file and gives its path.
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = fopen(self / name, "w")
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return self / name
    }

    func read(_ name: String) -> String {
        guard let file = fopen(self / name, "r") else { return "(no file)" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}

/// Reads GeoJSON that stands in the test.
func geoJSON(
    _ text: String, options: ReadingOptions = ReadingOptions()
) throws -> (batch: FeatureBatch, collection: CollectionInfo) {
    let source = GeoJSONSource(bytes: Array(text.utf8), name: "test.geojson", options: options)
    var batches: [FeatureBatch] = []
    while let batch = try source.next() { batches.append(batch) }
    return (
        batches.isEmpty ? FeatureBatch(geometry: GeometryColumn([])) : .joining(batches),
        source.collection
    )
}

/// A collection of one feature with the geometry and properties given as JSON.
func feature(_ geometry: String, properties: String = "{}", more: String = "") -> String {
    """
    {"type":"FeatureCollection","features":[{"type":"Feature"\(more),"properties":\(properties),\
    "geometry":\(geometry)}]}
    """
}

/// Writes batches as GeoJSON and gives the text.
func written(
    _ batches: [FeatureBatch], collection: CollectionInfo = CollectionInfo(),
    options: WritingOptions = WritingOptions(), name: String = "out.geojson"
) throws -> String {
    let scratch = Scratch()
    var sink = try openSink(scratch / name, options: options)
    for batch in batches { try sink.write(batch) }
    try sink.finish(collection)
    return scratch.read(name)
}
