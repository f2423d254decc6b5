import Formats
import Studies

/// What the options and arguments of commands hold, as their value names tell.
enum ParameterKinds {
    /// The kinds by value name.
    static let kinds: [String: StudyOperation.Kind] = [
        "layer": .layer, "demand": .layer, "supply": .layer, "facilities": .layer, "from": .layer,
        "candidates": .layer, "other": .layer,
        "file": .outputFile, "folder": .inputFolder,
        "distance": .distance, "distances": .distances,
        "n": .integer, "k": .integer, "draws": .integer, "percent": .integer, "digits": .integer,
        "pixels": .integer,
        "number": .number, "km²": .number, "s": .number,
        "names": .texts, "shares": .texts, "id,…": .texts,
        "field": .text, "crs": .text, "name": .text, "date": .text, "kind": .text,
        "province": .text, "which": .text, "method": .text, "decay": .text, "accuracy": .text,
        "text": .text, "lon,lat": .text, "id": .text, "cluster": .text, "condition": .text,
        "box": .text, "order": .text, "style": .text, "model": .text, "part": .text,
        "share": .text, "kernel": .text, "way": .text, "a/b=3": .text, "field:max:weight": .text,
        "lon,lat,km²": .text, "scale": .text, "field=points": .texts, "edges": .text,
        "chance": .text, "tool": .text, "address": .text, "result": .inputFile,
    ]

    /// Where the value's name alone would mislead.
    private static let exceptions: [String: StudyOperation.Kind] = [
        "info file": .inputFile, "sites select matrix": .inputFile,
        "sites curve matrix": .inputFile, "sites select flows": .inputFile,
        "sites curve flows": .inputFile, "sites select incompatible": .inputFile,
        "sites curve incompatible": .inputFile, "profile layers": .text,
        "sites screen rules": .inputFile,
    ]

    /// What commands write besides formats of features.
    private static let endings = ["map output": ["html", "htm", "svg", "png"]]

    /// The parameters that an argument of a command stands for; `convert` has two in one.
    static func parameters(
        of argument: JSONValue, in operation: String
    ) -> [StudyOperation.Parameter] {
        let names = argument["names"]?.array ?? []
        let long = names.first { $0["kind"]?.string == "long" } ?? names.first
        let value = argument["valueName"]?.string ?? ""
        let abstract = argument["abstract"]?.string ?? ""
        if value == "in … out" {
            return [
                StudyOperation.Parameter(
                    "in", .layer, option: nil, isRequired: true, isRepeating: true,
                    abstract: "What is converted; several come together in one."),
                StudyOperation.Parameter(
                    "output", .outputFile, option: nil, isRequired: true, defaultValue: "geojson",
                    abstract: "The file to write."),
            ]
        }
        let name = long?["name"]?.string ?? value
        let dashes = long?["kind"]?.string == "short" ? "-" : "--"
        let isFlag = argument["kind"]?.string == "flag"
        var kind = kinds[value] ?? .text
        if isFlag { kind = .flag }
        if let exception = exceptions["\(operation) \(name)"] { kind = exception }
        var defaultValue = argument["defaultValue"]?.string
        // Results that would go to standard output go to a file of the step's name.
        if kind == .outputFile {
            defaultValue = defaultValue == "-" ? (operation == "matrix" ? "csv" : "geojson") : nil
        }
        return [
            StudyOperation.Parameter(
                name, kind, option: long == nil ? nil : dashes + name,
                isRequired: argument["isOptional"]?.bool == false,
                isRepeating: argument["isRepeating"]?.bool == true,
                choices: argument["allValues"]?.array?.compactMap(\.string) ?? [],
                defaultValue: isFlag ? nil : defaultValue,
                endings: endings["\(operation) \(name)"] ?? [], abstract: abstract)
        ]
    }
}
