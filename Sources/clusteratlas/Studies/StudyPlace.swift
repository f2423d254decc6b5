import Catalogue
import Formats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where studies lie, and the program that runs their steps.
enum StudyPlace {
    /// The file of a study: its path, or the name of one that comes with the catalogue.
    static func file(of name: String) throws -> String {
        if name.contains("/") || name.contains(".") || access(name, F_OK) == 0 { return name }
        for folder in try PlaceCatalogue().folders.reversed() {
            let file = "\(folder)/studies/\(name).yaml"
            if access(file, F_OK) == 0 { return file }
        }
        return name
    }

    /// This program.
    static var program: String {
        guard let path = realpath("/proc/self/exe", nil) ?? realpath(CommandLine.arguments[0], nil)
        else { return CommandLine.arguments[0] }
        defer { free(path) }
        return String(cString: path)
    }
}
