internal import CGDAL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// GDAL's functions, once its shared object has been loaded.
///
/// Loading takes some 40 ms and happens when the first file is opened that needs it.
/// https://gdal.org/api/vector_c_api.html
struct GDALLibrary {
    let functions: CGDALFunctions

    private enum Loading {
        case done(GDALLibrary)
        case failed(String)
    }

    private static let loading: Loading = load()

    /// The shared objects that are tried, newest first, after the one without a version.
    private static let names: [String] = {
        #if os(Linux)
            return ["libgdal.so"] + (32...40).reversed().map { "libgdal.so.\($0)" }
        #else
            return [
                "libgdal.dylib", "/opt/homebrew/lib/libgdal.dylib", "/usr/local/lib/libgdal.dylib",
            ]
        #endif
    }()

    private static func load() -> Loading {
        let wanted = getenv("CLUSTERATLAS_GDAL").map { String(cString: $0) }
        let names = wanted.map { [$0] } ?? names
        var problem = ""
        for name in names {
            var reason: UnsafePointer<CChar>?
            if let functions = cgdal_load(name, &reason) {
                let library = GDALLibrary(functions: functions.pointee)
                library.prepare()
                return .done(library)
            }
            let text = reason.map { String(cString: $0) } ?? ""
            // A library that is there but lacks something says more than one that is not.
            if problem.isEmpty || !text.contains("No such file") { problem = text }
        }
        return .failed(problem)
    }

    private func prepare() {
        functions.GDALAllRegister()
        // The first row of a sheet is its header, whatever the rows below hold.
        for format in ["XLSX", "ODS", "XLS"] {
            functions.CPLSetConfigOption("OGR_\(format)_HEADERS", "FORCE")
        }
        // Results are the same whenever they are made.
        functions.CPLSetConfigOption("OGR_CURRENT_DATE", "1970-01-01T00:00:00Z")
    }

    /// Gives the functions, loading them where they have not been yet.
    ///
    /// `path` is the file that needs them, for the error.
    static func load(for path: String) throws(FormatError) -> CGDALFunctions {
        switch loading {
        case .done(let library): return library.functions
        case .failed(let problem):
            throw FormatError(
                .unreadable, at: path,
                "this format is read and written with GDAL, which cannot be loaded: \(problem)",
                remedy: "install GDAL 3.6 or later, for example with `apt install libgdal32`, or "
                    + "name its shared object in CLUSTERATLAS_GDAL")
        }
    }
}

extension CGDALFunctions {
    /// What GDAL says of its last failure, on one line.
    var message: String {
        String(cString: CPLGetLastErrorMsg()).split(whereSeparator: \.isNewline)
            .joined(separator: "; ")
    }
}

/// Lends texts to C as an array that ends with NULL.
func withCStrings<Result>(_ texts: [String], _ body: (CGDALStrings) -> Result) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { UnsafePointer($0) } + [nil]
    return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
}

extension Array where Element == String {
    /// Takes a list of texts over from GDAL, and frees it.
    init(taking list: CGDALOwnedStrings?, _ gdal: CGDALFunctions) {
        self = []
        guard let list else { return }
        var at = 0
        while let text = list[at] {
            append(String(cString: text))
            at += 1
        }
        gdal.CSLDestroy(list)
    }
}
