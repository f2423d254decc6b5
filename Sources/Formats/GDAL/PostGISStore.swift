internal import CGDAL
public import Features
import Synchronization

/// The tables of one schema of a PostGIS database that hold geometries.
///
/// Statements run one at a time over one connection, which is opened when it is first needed, and
/// anew where the one before has broken. Safe to use from any thread, which it blocks.
public final class PostGISStore: Sendable {
    /// A table or view, and what tells one state of it from another.
    public struct Table: Hashable, Sendable {
        /// Its name; with the column of the geometry in parentheses where it has several.
        public let name: String
        /// Other for every change that was committed; `nil` where it cannot be looked at.
        public let state: String?
        /// Why it cannot be looked at.
        public let problem: FormatError?
    }

    /// Where the database is.
    public let address: PostGISAddress
    private let limits: DatabaseLimits
    private let connection = Mutex<Connection?>(nil)

    /// A connection that only one task uses at a time.
    private struct Connection: @unchecked Sendable {
        let dataset: GDALDataset
    }

    /// Opens the database, and makes the schema where it is missing.
    ///
    /// - Parameters:
    ///   - address: Where the database is.
    ///   - limits: How long it may take.
    /// - Throws: ``FormatError`` where GDAL is missing, the database cannot be reached, or it has no
    ///   PostGIS.
    public init(
        _ address: PostGISAddress, limits: DatabaseLimits = DatabaseLimits()
    ) throws(FormatError) {
        self.address = address
        self.limits = limits
        try make(schema: address.schema)
        guard
            try !run("SELECT to_regclass('geometry_columns')::text AS t", as: ["t"])
                .allSatisfy({ $0[0].isEmpty })
        else {
            throw FormatError(
                .unreadable, at: address.title, "the database has no PostGIS",
                remedy: "run CREATE EXTENSION postgis in it")
        }
    }

    /// Makes a schema where it is missing; who may only read needs none.
    private func make(schema: String) throws(FormatError) {
        let there = try run(
            "SELECT to_regnamespace(\(Self.text(Self.name(schema))))::text AS n", as: ["n"])
        guard there.allSatisfy({ $0[0].isEmpty }) else { return }
        _ = try run("CREATE SCHEMA IF NOT EXISTS \(Self.name(schema))", as: [])
    }

    // MARK: What there is

    /// Lists the tables and views with geometries, by their names.
    ///
    /// The state of a table is a hash of where its rows stand and which transactions wrote them, so
    /// that the database reads it whole; that of a view is a hash of what it shows.
    ///
    /// - Returns: The tables.
    /// - Throws: ``FormatError`` where the database does not answer.
    public func tables() throws(FormatError) -> [Table] {
        let rows = try run(
            """
            SELECT g.f_table_name AS t, g.f_geometry_column AS g, c.relkind::text AS k,
              count(*) OVER (PARTITION BY g.f_table_name)::text AS n
            FROM geometry_columns g
            JOIN pg_namespace s ON s.nspname = g.f_table_schema
            JOIN pg_class c ON c.relnamespace = s.oid AND c.relname = g.f_table_name
            WHERE g.f_table_schema = \(Self.text(address.schema)) AND has_table_privilege(c.oid, 'SELECT')
            ORDER BY g.f_table_name COLLATE "C", g.f_geometry_column COLLATE "C"
            """, as: ["t", "g", "k", "n"])
        var tables: [Table] = []
        for row in rows {
            let table = "\(Self.name(address.schema)).\(Self.name(row[0]))"
            let mark =
                ["r", "p"].contains(row[2])
                ? "t.tableoid::text || t.ctid::text || t.xmin::text" : "(t.*)::text"
            let name = row[3] == "1" ? row[0] : "\(row[0])(\(row[1]))"
            do throws(FormatError) {
                tables.append(
                    Table(name: name, state: try state(of: table, by: mark), problem: nil))
            } catch {
                tables.append(Table(name: name, state: nil, problem: error))
            }
        }
        return tables
    }

    /// What tells one state of a table from another, by a text of each row.
    private func state(of table: String, by mark: String) throws(FormatError) -> String {
        let rows = try run(
            """
            SELECT count(*)::text || ':' || coalesce(sum(hashtextextended(\(mark), 0)), 0)::text AS s
            FROM \(table) t
            """, as: ["s"])
        let columns = try run(
            """
            SELECT md5(string_agg(attname || atttypid::text || atttypmod::text, ',' ORDER BY attnum)) AS c
            FROM pg_attribute WHERE attrelid = \(Self.text(table))::regclass AND attnum > 0
            """, as: ["c"])
        return (rows.first?[0] ?? "") + ":" + (columns.first?[0] ?? "")
    }

    /// A number that grows with every change in the database server, as long as it runs.
    ///
    /// - Returns: The place in the server's log of changes.
    /// - Throws: ``FormatError`` where the database does not answer.
    public func place() throws(FormatError) -> String {
        try run(
            """
            SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
              ELSE pg_current_wal_insert_lsn() END)::text AS p
            """, as: ["p"]
        ).first?[0] ?? ""
    }

    /// Opens a table for reading.
    ///
    /// - Parameter table: Its name, as ``tables()`` gives it.
    /// - Returns: The features.
    /// - Throws: ``FormatError`` where it cannot be read.
    public func source(_ table: String) throws(FormatError) -> GDALSource {
        try GDALSource(
            address.words(schema: address.schema, limits: limits), file: address.title, .postGIS,
            table,
            options: ReadingOptions())
    }

    /// Whether the schema holds anything of a name: a table, a view, an index.
    ///
    /// - Parameter name: The name.
    /// - Returns: Whether it is there.
    /// - Throws: ``FormatError`` where the database does not answer.
    public func holds(_ name: String) throws(FormatError) -> Bool {
        let whole = "\(Self.name(address.schema)).\(Self.name(name))"
        return try run("SELECT to_regclass(\(Self.text(whole)))::text AS t", as: ["t"])
            .contains { !$0[0].isEmpty }
    }

    // MARK: Changes

    /// Writes a table, in place of one of the same name.
    ///
    /// It is written in a schema of its own and moved when it is whole, in one transaction: others
    /// see the old one or the new one. Where this is interrupted, the old one stays.
    ///
    /// - Parameters:
    ///   - table: Its name.
    ///   - features: The features, at longitude and latitude.
    /// - Throws: ``FormatError`` naming what stopped it.
    public func put(_ table: String, _ features: FeatureBatch) throws(FormatError) {
        let incoming = address.schema + "_incoming"
        let (new, old) = (Self.name(incoming), Self.name(address.schema))
        let name = Self.name(table)
        try make(schema: incoming)
        _ = try run("DROP TABLE IF EXISTS \(new).\(name)", as: [])
        let sink = try GDALSink(
            opening: address.words(schema: incoming, limits: limits), called: address.title,
            layer: table)
        try sink.write(features)
        try sink.finish(CollectionInfo(name: table))
        try change(
            "DROP TABLE IF EXISTS \(old).\(name); ALTER TABLE \(new).\(name) SET SCHEMA \(old)")
    }

    /// Removes a table; one that is not there is removed already.
    ///
    /// - Parameter table: Its name.
    /// - Throws: ``FormatError`` naming what stopped it, such as a view that needs it.
    public func drop(_ table: String) throws(FormatError) {
        try change("DROP TABLE IF EXISTS \(Self.name(address.schema)).\(Self.name(table))")
    }

    /// Runs statements that need tables for themselves, all or none.
    ///
    /// - Throws: ``FormatError`` (`busy`) where others hold a table for longer than may be.
    private func change(_ statements: String) throws(FormatError) {
        // What the server says is in its language; who waited too long is told by a word of ours.
        let word = "clusteratlas-waited"
        do throws(FormatError) {
            _ = try run(
                """
                DO $change$ BEGIN
                  \(statements);
                EXCEPTION WHEN lock_not_available OR query_canceled THEN RAISE EXCEPTION '\(word)';
                END $change$
                """, as: [])
        } catch {
            guard error.problem.contains(word) else { throw error }
            throw FormatError(
                .busy, at: address.title, "others hold the table",
                remedy: "try again when they are done")
        }
    }

    // MARK: Statements

    /// Runs a statement and gives the named columns of its rows as texts.
    func run(_ statement: String, as columns: [String]) throws(FormatError) -> [[String]] {
        let result: Result<[[String]], FormatError> = connection.withLock { connection in
            do throws(FormatError) {
                let isNew = connection == nil
                do throws(FormatError) {
                    return .success(try run(statement, columns, over: &connection))
                } catch {
                    // The server may have been started again since the connection was made.
                    guard !isNew, !isAlive(&connection) else { throw error }
                    connection = nil
                    return .success(try run(statement, columns, over: &connection))
                }
            } catch {
                if !isAlive(&connection) { connection = nil }
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Whether a connection answers: what went wrong over it lies with the statement then.
    private func isAlive(_ connection: inout Connection?) -> Bool {
        connection != nil && (try? run("SELECT 1 AS n", ["n"], over: &connection)) != nil
    }

    private func run(
        _ statement: String, _ columns: [String], over connection: inout Connection?
    ) throws(FormatError) -> [[String]] {
        let dataset: GDALDataset
        if let open = connection?.dataset {
            dataset = open
        } else {
            dataset = try open()
            connection = Connection(dataset: dataset)
        }
        let gdal = dataset.gdal
        gdal.CPLErrorReset()
        let result = gdal.GDALDatasetExecuteSQL(dataset.handle, statement, nil, nil)
        defer { if let result { gdal.GDALDatasetReleaseResultSet(dataset.handle, result) } }
        guard Int(gdal.CPLGetLastErrorType()) < CGDAL_CE_Failure else {
            throw FormatError(
                .unreadable, at: address.title, "the database says: \(gdal.message)")
        }
        guard let result, !columns.isEmpty else { return [] }
        let definition = gdal.OGR_L_GetLayerDefn(result)
        var places: [String: Int32] = [:]
        for field in 0..<gdal.OGR_FD_GetFieldCount(definition) {
            let name = gdal.OGR_Fld_GetNameRef(gdal.OGR_FD_GetFieldDefn(definition, field))
            places[String(cString: name)] = field
        }
        var rows: [[String]] = []
        while let feature = gdal.OGR_L_GetNextFeature(result) {
            defer { gdal.OGR_F_Destroy(feature) }
            rows.append(
                columns.map { name in
                    places[name].map { String(cString: gdal.OGR_F_GetFieldAsString(feature, $0)) }
                        ?? ""
                })
        }
        // Rows are fetched piece by piece, and a view may fail at any of them.
        guard Int(gdal.CPLGetLastErrorType()) < CGDAL_CE_Failure else {
            throw FormatError(
                .unreadable, at: address.title, "the database says: \(gdal.message)")
        }
        return rows
    }

    /// Opens the database; which tables it has does not matter to what is run.
    private func open() throws(FormatError) -> GDALDataset {
        do throws(FormatError) {
            return try GDALDataset(
                address.words(schema: address.schema, limits: limits), file: address.title,
                drivers: ["PostgreSQL"],
                options: ["LIST_ALL_TABLES=NO"])
        } catch {
            throw FormatError(
                error.code, at: address.title, error.problem,
                remedy: error.code == .unreadable && error.problem.contains("GDAL:")
                    ? "check that the server runs there and lets this user in" : error.remedy)
        }
    }

    /// A name of a table or schema as SQL writes it.
    private static func name(_ text: String) -> String {
        PostGISAddress.quoted(text, "\"", "\"")
    }

    /// A text as SQL writes it.
    private static func text(_ text: String) -> String {
        PostGISAddress.quoted(text, "'", "'")
    }
}
