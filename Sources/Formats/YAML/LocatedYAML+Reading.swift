import Yams

extension LocatedYAML {
    /// Reads a file that holds one YAML document.
    ///
    /// - Parameter path: The file, `-` for standard input.
    /// - Returns: The value; an empty file is null.
    /// - Throws: ``FormatError`` naming file, line and column.
    public static func read(_ path: String) throws(FormatError) -> LocatedYAML {
        let file = path == "-" ? "standard input" : path
        let bytes = try FileBytes.read(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(
                .encoding, at: file, "its bytes are no UTF-8",
                remedy: "save it as UTF-8; in a text editor: Save As, encoding UTF-8")
        }
        return try parse(text, file: file)
    }

    /// Reads a text that is one YAML document.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The name of the file for errors.
    /// - Returns: The value; an empty text is null.
    /// - Throws: ``FormatError`` naming file, line and column.
    public static func parse(_ text: String, file: String = "YAML") throws(FormatError)
        -> LocatedYAML
    {
        let root: Node?
        do {
            root = try Parser(yaml: text, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw fault(error, in: file)
        } catch {
            throw FormatError(.syntax, at: file, "\(error)")
        }
        guard let root else {
            return LocatedYAML(
                mark: Mark(line: 1, column: 1), content: .scalar(.null, written: ""))
        }
        var reader = NodeReader(file: file)
        return try reader.value(root)
    }

    private static func fault(_ error: YamlError, in file: String) -> FormatError {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // The context's own place is only said where it is another line.
            var words = problem
            if let context, context.mark.line != mark.line {
                words = "\(context.text) in line \(context.mark.line), \(problem)"
            }
            return FormatError(
                .syntax, at: "\(file), line \(mark.line), column \(mark.column)", words,
                remedy: words.contains("',' or '")
                    ? "close what was opened; in {…} and […] quotation marks go around a text that "
                        + "holds any of { } [ ] and commas"
                    : "mend that line; lists and members indent with spaces, never tabs")
        case .duplicatedKeysInMapping(let names, let context):
            return FormatError(
                .structure,
                at: "\(file), line \(context.mark.line), column \(context.mark.column)",
                "\"\(names.first ?? "")\" stands twice in one mapping",
                remedy: "keep one of them")
        case .reader(let problem, _, _, _):
            return FormatError(.syntax, at: file, problem)
        default:
            return FormatError(.syntax, at: file, "\(error)")
        }
    }
}

/// Turns the parser's nodes into values, and keeps to what a file of ours may hold.
private struct NodeReader {
    let file: String
    /// Values so far: a few lines of aliases can stand for more than any memory holds.
    private var count = 0
    private static let limit = 1_000_000

    init(file: String) { self.file = file }

    mutating func value(_ node: Node) throws(FormatError) -> LocatedYAML {
        let mark = mark(of: node)
        count += 1
        guard count <= Self.limit else {
            throw FormatError(
                .structure, at: place(mark), "the document holds more than \(Self.limit) values",
                remedy: "keep data in files of its own and name them here")
        }
        switch node {
        case .scalar(let scalar):
            return LocatedYAML(
                mark: mark,
                content: .scalar(Self.resolved(scalar), written: scalar.string))
        case .sequence(let sequence):
            var values: [LocatedYAML] = []
            for element in sequence { values.append(try value(element)) }
            return LocatedYAML(mark: mark, content: .sequence(values))
        case .mapping(let mapping):
            var members: [LocatedYAML.Member] = []
            for (key, element) in mapping {
                guard case .scalar(let name) = key else {
                    throw FormatError(
                        .structure, at: place(self.mark(of: key)), "a name must be a word")
                }
                members.append(
                    LocatedYAML.Member(
                        name: name.string, mark: self.mark(of: key), value: try value(element)))
            }
            return LocatedYAML(mark: mark, content: .mapping(members))
        case .alias:
            throw FormatError(.structure, at: place(mark), "an alias that names nothing")
        }
    }

    private func mark(of node: Node) -> LocatedYAML.Mark {
        LocatedYAML.Mark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private func place(_ mark: LocatedYAML.Mark) -> String {
        "\(file), line \(mark.line), column \(mark.column)"
    }

    /// A scalar by the core schema; quoted and block scalars are texts.
    private static func resolved(_ scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        let body = scalar.string.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard let first = body.first else { return .string(scalar.string) }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard
            digits.contains(first) || first == UInt8(ascii: "."),
            scalar.string.utf8.count - body.count <= 1,
            body.allSatisfy({ digits.contains($0) || ".eE+-".utf8.contains($0) })
        else { return .string(scalar.string) }
        if let whole = Int64(scalar.string) { return .int(whole) }
        if let number = Double(scalar.string), number.isFinite { return .double(number) }
        return .string(scalar.string)
    }
}
