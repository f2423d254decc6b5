import ArgumentParser
import Catalogue
import Features
import Formats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where studies lie, and the program that runs their steps.
enum StudyPlace {
    /// The file of a study: its path, or the name of one that comes with the catalogue.
    ///
    /// - Throws: `ValidationError` where a name is neither.
    static func file(of name: String) throws -> String {
        // A folder of that name is what the study wrote when it ran here before.
        let isFile = access(name, F_OK) == 0 && access("\(name)/.", F_OK) != 0
        if name.contains("/") || name.contains(".") || isFile { return name }
        var names: [String] = []
        for folder in try PlaceCatalogue().folders.reversed() {
            let file = "\(folder)/studies/\(name).yaml"
            if access(file, F_OK) == 0 { return file }
            names += FolderListing.names(in: "\(folder)/studies")
                .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        }
        let near = Spelling.nearest(to: name, in: names)
        throw ValidationError(
            "there is no study \"\(name)\"" + (near.map { "; did you mean \($0)?" } ?? ".")
                + " The studies are \(names.sorted().joined(separator: ", ")); others are named by "
                + "their file.")
    }

    /// This program.
    static var program: String {
        guard let path = realpath("/proc/self/exe", nil) ?? realpath(CommandLine.arguments[0], nil)
        else { return CommandLine.arguments[0] }
        defer { free(path) }
        return String(cString: path)
    }
}
