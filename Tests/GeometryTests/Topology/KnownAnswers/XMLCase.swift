import Foundation
import FoundationXML

/// One operation of a case in GEOS's XML files, with what it works on and what it should give.
struct XMLOperation {
    let file: String
    /// The number of the case in its file and of the operation in its case, both from 1.
    let caseNumber: Int
    let number: Int
    let description: String
    let a: String
    let b: String?
    /// The name in lower case.
    let name: String
    /// `arg1` and so on, without surrounding blanks.
    let arguments: [String: String]
    let expected: String
    /// The scale of a fixed precision model, or `nil` for full precision.
    let scale: Double?
    /// Whether the file wants prepared geometry.
    let isPrepared: Bool

    /// The name by which the list of known differences refers to the operation.
    var key: String { "\(file) \(caseNumber).\(number) \(name)" }
}

/// Reads the XML files of GEOS's `xmltester`.
final class XMLCaseReader: NSObject, XMLParserDelegate {
    private let file: String
    private var operations: [XMLOperation] = []
    private var pending: [XMLOperation] = []
    private var text = ""
    private var inCase = false
    private var caseName = ""
    private var a = ""
    private var b: String?
    private var attributes: [String: String] = [:]
    private var caseNumber = 0
    private var scale: Double?
    private var isPrepared = false

    private init(file: String) { self.file = file }

    static func read(_ url: URL) throws -> [XMLOperation] {
        let reader = XMLCaseReader(file: url.deletingPathExtension().lastPathComponent)
        let parser = XMLParser(data: try Data(contentsOf: url))
        parser.delegate = reader
        guard parser.parse() else {
            throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
        }
        return reader.operations
    }

    private var trimmed: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        text = ""
        switch name {
        case "case":
            inCase = true
            caseNumber += 1
            caseName = ""
            a = ""
            b = nil
            pending = []
        case "op": self.attributes = attributes
        case "precisionModel": scale = attributes["scale"].flatMap(Double.init)
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        switch name {
        case "geometryOperation": isPrepared = true
        case "desc" where inCase: caseName = trimmed
        case "a": a = trimmed
        case "b": b = trimmed
        case "op":
            let arguments = attributes.mapValues { $0.trimmingCharacters(in: .whitespaces) }
            pending.append(
                XMLOperation(
                    file: file, caseNumber: caseNumber, number: pending.count + 1,
                    description: caseName, a: a, b: b,
                    name: (arguments["name"] ?? "").lowercased(), arguments: arguments,
                    expected: trimmed, scale: scale, isPrepared: isPrepared))
        case "case":
            operations += pending
            inCase = false
        default: break
        }
        text = ""
    }
}
