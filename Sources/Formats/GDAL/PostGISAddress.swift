/// Where a PostGIS database is, and the schema of it that is meant.
public struct PostGISAddress: Hashable, Sendable {
    /// The host; empty for the local socket.
    public let host: String
    /// The port; `nil` for the usual one.
    public let port: Int?
    /// The database; empty for that of the user's name.
    public let database: String
    /// The user; empty for the one who runs the program.
    public let user: String
    /// The schema whose tables are meant.
    public let schema: String
    private let password: String
    private let mode: String

    /// Reads an address as PostgreSQL writes them: `postgis://user:password@host:port/database`.
    ///
    /// Percent signs are decoded. `?schema=` names the schema (`public` if not given), `?sslmode=`
    /// how the connection is kept secret. Where no password stands in it, libpq looks for one in the
    /// environment (`PGPASSWORD`) and in `~/.pgpass`.
    ///
    /// - Parameter text: The address; `postgresql://` and `postgres://` are the same.
    /// - Throws: ``FormatError`` that never repeats a password.
    public init(_ text: String) throws(FormatError) {
        func fault(_ problem: String) -> FormatError {
            FormatError(
                .structure, at: "the address of the database", problem,
                remedy: "write it as postgis://user@host:5432/database?schema=public")
        }
        guard
            let scheme = ["postgis://", "postgresql://", "postgres://"]
                .first(where: text.hasPrefix)
        else { throw fault("it does not begin with postgis://") }
        var rest = text.dropFirst(scheme.count)
        var schema = "public"
        var mode = ""
        if let question = rest.firstIndex(of: "?") {
            for pair in rest[rest.index(after: question)...].split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                let value = parts.count == 2 ? PercentEncoding.decoded(parts[1]) : nil
                guard let value, !value.isEmpty else { throw fault("a parameter has no value") }
                switch parts[0] {
                case "schema": schema = value
                case "sslmode": mode = value
                default:
                    throw fault("it has another parameter than schema and sslmode")
                }
            }
            rest = rest[..<question]
        }
        let slash = rest.firstIndex(of: "/")
        let database = slash.map { rest[rest.index(after: $0)...] } ?? ""
        var place = rest[..<(slash ?? rest.endIndex)]
        var user: Substring = ""
        var password: Substring = ""
        if let at = place.lastIndex(of: "@") {
            let names = place[..<at]
            let colon = names.firstIndex(of: ":")
            user = names[..<(colon ?? names.endIndex)]
            password = colon.map { names[names.index(after: $0)...] } ?? ""
            place = place[place.index(after: at)...]
        }
        var port: Int?
        if let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") {
            let digits = place[place.index(after: colon)...]
            guard let number = Int(digits), (1...65_535).contains(number) else {
                throw fault("its port is no number from 1 to 65535")
            }
            port = number
            place = place[..<colon]
        }
        if place.hasPrefix("["), place.hasSuffix("]") { place = place.dropFirst().dropLast() }
        guard let host = PercentEncoding.decoded(place),
            let name = PercentEncoding.decoded(database),
            let who = PercentEncoding.decoded(user), let secret = PercentEncoding.decoded(password)
        else { throw fault("it is not percent-encoded UTF-8") }
        self.host = host
        self.port = port
        self.database = name
        self.user = who
        self.password = secret
        self.schema = schema
        self.mode = mode
    }

    /// The address as people are told it, without a password.
    public var title: String {
        let who = user.isEmpty ? "" : user + "@"
        let place = host + (port.map { ":\($0)" } ?? "")
        return "postgis://\(who)\(place)/\(database)?schema=\(schema)"
    }

    /// The words by which GDAL opens the database, for the tables of a schema.
    ///
    /// - Parameters:
    ///   - schema: The schema.
    ///   - limits: How long the database may take; `nil` for as long as it likes.
    /// - Returns: The words.
    func words(schema: String, limits: DatabaseLimits? = nil) -> String {
        let named =
            [
                ("host", host), ("port", port.map(String.init) ?? ""), ("dbname", database),
                ("user", user), ("password", password), ("sslmode", mode),
                ("schemas", schema), ("active_schema", schema),
            ] + (limits?.words ?? [])
        return FileFormat.databasePrefix
            + named.filter { !$0.1.isEmpty }.map { "\($0)=\(Self.quoted($1, "'", "\\"))" }
            .joined(separator: " ")
    }

    /// A text between quotation marks, those within it marked.
    static func quoted(_ text: String, _ mark: Character, _ escape: Character) -> String {
        var quoted = String(mark)
        for letter in text {
            if letter == mark || letter == escape { quoted.append(escape) }
            quoted.append(letter)
        }
        quoted.append(mark)
        return quoted
    }
}

extension PostGISAddress: CustomStringConvertible, CustomDebugStringConvertible {
    /// The ``title``: a password is never printed.
    public var description: String { title }
    /// The ``title``.
    public var debugDescription: String { title }
}
