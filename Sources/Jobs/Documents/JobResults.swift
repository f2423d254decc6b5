public import Formats

/// The results of a job, as they lie in its folder.
public struct JobResults: Sendable {
    private let job: JobRecord
    private let folder: String

    init(job: JobRecord, folder: String) {
        self.job = job
        self.folder = folder
    }

    /// The outputs, in the order in which they were asked for.
    public var outputs: [JobOrder.Output] { job.outputs }

    /// Where an output lies, and its form.
    ///
    /// - Parameter id: The output.
    /// - Returns: Its file; `nil` where there is no such output.
    public func file(of id: String) -> (path: String, form: OutputForm)? {
        job.outputs.first { $0.id == id }.map { ("\(folder)/\($0.file)", $0.form) }
    }

    /// The bytes of an output.
    ///
    /// - Parameter id: The output.
    /// - Returns: The bytes and their form; `nil` where there is no such output.
    /// - Throws: ``FormatError`` where they cannot be read.
    public func bytes(of id: String) throws(FormatError) -> (bytes: [UInt8], form: OutputForm)? {
        guard let (path, form) = file(of: id) else { return nil }
        return (try FileBytes.read(path), form)
    }

    /// All outputs in an object: GeoJSON and JSON as they are, other texts as strings, bytes in Base64,
    /// and what was asked for as a reference as a link.
    ///
    /// - Parameter base: Where clients find the service.
    /// - Returns: The JSON text.
    /// - Throws: ``FormatError`` where an output cannot be read.
    public func document(at base: String) throws(FormatError) -> [UInt8] {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, output) in job.outputs.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += Array(JSONValue.string(output.id).text.utf8) + [UInt8(ascii: ":")]
            let type = JSONValue.string(output.form.mediaType).text
            if output.isReference {
                text += Array(link(to: output, at: base).text.utf8)
                continue
            }
            let bytes = try FileBytes.read("\(folder)/\(output.file)")
            text += Array("{\"mediaType\":\(type),".utf8)
            if output.form.isJSON {
                text += Array("\"value\":".utf8) + bytes
            } else if output.form == .arrow {
                text += Array(
                    "\"encoding\":\"base64\",\"value\":\"\(Base64.text(of: bytes))\"".utf8)
            } else {
                let value = JSONValue.string(String(decoding: bytes, as: UTF8.self))
                text += Array("\"value\":\(value.text)".utf8)
            }
            text.append(UInt8(ascii: "}"))
        }
        text.append(UInt8(ascii: "}"))
        return text
    }

    /// A link to an output.
    ///
    /// - Parameters:
    ///   - output: The output.
    ///   - base: Where clients find the service.
    /// - Returns: The object.
    public func link(to output: JobOrder.Output, at base: String) -> JSONValue {
        .object([
            "href": .string("\(base)/jobs/\(job.id)/results/\(output.id)"),
            "rel": .string("item"), "type": .string(output.form.mediaType),
            "title": .string(output.id),
        ])
    }
}

/// Bytes as text (RFC 4648, section 4).
enum Base64 {
    static func text(of bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for place in 0..<4 {
                text.append(
                    place <= group.count
                        ? letters[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
