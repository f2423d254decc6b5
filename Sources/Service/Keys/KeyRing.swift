internal import Crypto
import Formats
import HTTPTypes

/// The keys by which processes and writes may be asked for: a name and the SHA-256 of a key each.
///
/// A key is random and long, so a plain digest tells nothing of it; keys themselves stand nowhere.
public struct KeyRing: Sendable {
    private let digests: [(name: String, digest: [UInt8])]

    /// Reads a file of keys.
    ///
    /// A line is a name and 64 hexadecimal digits: the SHA-256 of the key, as `sha256sum` prints
    /// it. Empty lines and those that begin with `#` are passed over.
    ///
    /// - Parameter file: The file.
    /// - Throws: ``KeyError`` naming the line that is none, or where there is no key;
    ///   `FormatError` where the file cannot be read.
    public init(file: String) throws {
        let text = try TextFile.read(file)
        var digests: [(name: String, digest: [UInt8])] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words.count == 2, let digest = Self.digest(words[1]) else {
                throw KeyError(place: "\(file), line \(number + 1)")
            }
            digests.append((String(words[0]), digest))
        }
        guard !digests.isEmpty else { throw KeyError(place: file) }
        self.digests = digests
    }

    private static func digest(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = text
        while !rest.isEmpty {
            // A sign is no digit, though numbers may have one.
            guard rest.prefix(2).allSatisfy(\.isHexDigit),
                let byte = UInt8(rest.prefix(2), radix: 16)
            else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// The header field that bears a key, besides `Authorization: Bearer`.
    static let field = HTTPField.Name("X-Api-Key")

    /// Looks for a key in a request.
    ///
    /// - Parameter headers: The request's header fields.
    /// - Returns: The name of the key.
    /// - Throws: ``Problem``: 401 where there is none, 403 where it is not known.
    @discardableResult
    func check(_ headers: HTTPFields) throws(Problem) -> String {
        var key = Self.field.flatMap { headers[$0] }
        if key == nil, let words = headers[.authorization],
            words.prefix(7).lowercased() == "bearer "
        {
            key = String(words.dropFirst(7))
        }
        guard let key, !key.isEmpty else {
            var problem = Problem(
                .unauthorized, "key-needed",
                "This asks for a key: send it as X-Api-Key, or as Authorization: Bearer.")
            problem.headers[.wwwAuthenticate] = "Bearer"
            throw problem
        }
        let digest = Array(SHA256.hash(data: Array(key.utf8)))
        // Every digest is looked at whole, so that the time tells nothing of how near a guess is.
        var name: String?
        for known in digests {
            let difference = zip(known.digest, digest).reduce(0) { $0 | ($1.0 ^ $1.1) }
            if difference == 0 { name = known.name }
        }
        guard let name else {
            throw Problem(.forbidden, "key-unknown", "This key is not known here.")
        }
        return name
    }
}
