import Features
import Formats
import Geometry
import Glibc
import Testing

/// Files of the shared known answers, beside the clone.
enum Shared {
    static let data: String = {
        var parts = #filePath.split(separator: "/").dropLast(3)
        parts.removeLast()
        return "/" + parts.joined(separator: "/") + "/shared/data"
    }()

    static func files(_ directory: String) -> [String] {
        guard let listing = opendir("\(data)/\(directory)") else {
            print("skipped: \(data)/\(directory) is not there")
            return []
        }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix("json") { names.append("\(data)/\(directory)/\(name)") }
        }
        return names.sorted()
    }
}

@Suite struct `GeoJSON verdicts` {
    @Test(arguments: Shared.files("known-answers/geojson-cases/valid"))
    func `a valid file is read by strict reading`(file: String) throws {
        let source = try GeoJSONSource(path: file, options: .strict)
        while let batch = try source.next() { #expect(batch.count > 0) }
    }

    @Test(
        arguments: Shared.files("known-answers/geojson-cases/invalid_structure")
            + Shared.files("known-answers/geojson-cases/invalid_geometries"))
    func `an invalid file is refused with its place`(file: String) throws {
        let error = #expect(throws: FormatError.self) {
            let source = try GeoJSONSource(path: file, options: .strict)
            while try source.next() != nil {}
        }
        #expect(error?.place.hasPrefix(file) == true)
        print(error?.description.dropFirst(Shared.data.count) ?? "")
    }
}
