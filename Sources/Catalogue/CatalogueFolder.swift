#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Finds the folder that holds the catalogue's files.
public enum CatalogueFolder {
    /// The file that describes the layers, by which the folder is known.
    public static let manifest = "datapackage.json"

    /// Finds the folder.
    ///
    /// Looked for in this order: the folder that the environment variable `CLUSTERATLAS_DATA`
    /// names; `share/clusteratlas/GeoData` beside the folder of the program, as a package installs
    /// it; `GeoData` in the program's folder or one above it, as in a checkout that was built;
    /// `GeoData` in the package this module was built from.
    ///
    /// - Returns: The path of the folder.
    /// - Throws: ``CatalogueError`` (`notFound`) that lists where it was looked for.
    public static func find() throws(CatalogueError) -> String {
        if let named = getenv("CLUSTERATLAS_DATA").map({ String(cString: $0) }), !named.isEmpty {
            guard holdsManifest(named) else {
                throw CatalogueError(
                    .notFound, at: named,
                    "CLUSTERATLAS_DATA names this folder, but it holds no \(manifest)",
                    remedy: "name a folder with a catalogue, or unset CLUSTERATLAS_DATA")
            }
            return named
        }
        return try findBuiltIn()
    }

    /// Finds the folder that came with the program, whatever the environment names.
    ///
    /// - Returns: The path of the folder.
    /// - Throws: ``CatalogueError`` (`notFound`).
    static func findBuiltIn() throws(CatalogueError) -> String {
        var places: [String] = []
        if let program = programFolder() {
            places.append(parent(program) + "/share/clusteratlas/GeoData")
            var folder = program
            while folder.count > 1 {
                places.append(folder + "/GeoData")
                folder = parent(folder)
            }
        }
        places.append(parent(parent(parent(#filePath))) + "/GeoData")
        if let found = places.first(where: holdsManifest) { return found }
        throw CatalogueError(
            .notFound, at: "",
            "the catalogue's folder GeoData was not found beside the program",
            remedy: "set CLUSTERATLAS_DATA to the folder that holds \(manifest)")
    }

    /// A folder beside the catalogue that came with the program, where a package may put what the
    /// program needs besides.
    ///
    /// - Parameter name: The name of the folder, which need not be there.
    /// - Returns: Its path; `nil` where no catalogue came with the program.
    public static func companion(_ name: String) -> String? {
        (try? findBuiltIn()).map { parent($0) + "/" + name }
    }

    /// Whether a folder holds a catalogue.
    ///
    /// - Parameter folder: The folder.
    /// - Returns: Whether the manifest is there and can be read.
    public static func holdsManifest(_ folder: String) -> Bool {
        isReadable(folder + "/" + manifest)
    }

    static func isReadable(_ file: String) -> Bool { access(file, R_OK) == 0 }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The folder of the running program, symbolic links resolved.
    private static func programFolder() -> String? {
        guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(resolved) }
        return parent(String(cString: resolved))
    }
}
