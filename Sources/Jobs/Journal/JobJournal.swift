internal import Formats
internal import GRDB

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What is known of all jobs, on the disk, whatever happens to the process that writes it.
///
/// SQLite with a write-ahead log and `synchronous = FULL`: what was noted is on the disk when the call
/// returns (https://www.sqlite.org/pragma.html#pragma_synchronous). Each change of state names the
/// states that it may come from, so that a job that was dismissed stays so whoever ends it later.
public final class JobJournal: Sendable {
    private let queue: DatabaseQueue

    /// Opens a journal, and makes it where there is none.
    ///
    /// - Parameter path: Its file.
    /// - Throws: `FormatError` where it cannot be opened, or is of a later version.
    public init(_ path: String) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { database in
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard version <= 1 else {
                    throw FormatError(
                        .unreadable, at: path, "the journal is of a later version of this program",
                        remedy: "run that version, or name another folder")
                }
                try database.execute(sql: Self.tables)
            }
        } catch let error as DatabaseError {
            throw Self.failure(.unreadable, path, "opened", error)
        }
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS job (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            process TEXT NOT NULL,
            owner TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('accepted', 'running', 'successful', 'failed', 'dismissed')),
            progress INTEGER,
            message TEXT,
            failure TEXT,
            created INTEGER NOT NULL,
            started INTEGER,
            finished INTEGER,
            updated INTEGER NOT NULL,
            inputs TEXT NOT NULL,
            bytes INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            "order" TEXT NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS job_by_state ON job (state, number);
        CREATE INDEX IF NOT EXISTS job_by_owner ON job (owner, number);
        PRAGMA user_version = 1;
        """

    /// Now.
    static var now: JobRecord.Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    // MARK: Changes

    /// Notes a job that was accepted.
    ///
    /// - Parameter job: The job.
    /// - Throws: `FormatError` where that cannot be noted: the job is then not accepted.
    public func accept(_ job: JobRecord) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO job (id, process, owner, state, created, updated, inputs, "order")
                    VALUES (?, ?, ?, 'accepted', ?, ?, ?, ?)
                    """,
                arguments: [
                    job.id, job.process, job.owner, job.created, job.created, job.inputs, job.order,
                ])
        }
    }

    /// Notes that a job begins to run.
    ///
    /// - Parameter id: The job.
    /// - Returns: Whether it was waiting.
    /// - Throws: `FormatError`.
    public func begin(_ id: String) throws -> Bool {
        try change(
            """
            state = 'running', started = ?, updated = ?, progress = NULL, message = NULL,
            attempts = attempts + 1
            """, [Self.now, Self.now], of: id, from: "'accepted'")
    }

    /// Notes how far a job has come.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - progress: In percent.
    ///   - message: What is to be told of it.
    /// - Throws: `FormatError`.
    public func note(_ id: String, progress: Int?, message: String?) throws {
        _ = try change(
            "progress = ?, message = ?, updated = ?", [progress, message, Self.now], of: id,
            from: "'running'")
    }

    /// Notes that the results of a job are in their place.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - bytes: How large they are.
    /// - Returns: Whether it was running.
    /// - Throws: `FormatError`.
    public func succeed(_ id: String, bytes: Int) throws -> Bool {
        try change(
            """
            state = 'successful', progress = 100, message = NULL, finished = ?, updated = ?,
            bytes = ?
            """, [Self.now, Self.now, bytes], of: id, from: "'running'")
    }

    /// Notes that a job failed.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - failure: Why.
    ///   - message: What is to be told of it.
    /// - Returns: Whether it was waiting or running.
    /// - Throws: `FormatError`.
    public func fail(_ id: String, _ failure: JobRecord.Failure, _ message: String) throws -> Bool {
        try change(
            "state = 'failed', failure = ?, message = ?, finished = ?, updated = ?",
            [failure.rawValue, message, Self.now, Self.now], of: id, from: "'accepted', 'running'")
    }

    /// Notes that a job is not wanted any more.
    ///
    /// - Parameter id: The job.
    /// - Returns: Whether it was anything else before.
    /// - Throws: `FormatError`.
    public func dismiss(_ id: String) throws -> Bool {
        try change(
            """
            state = 'dismissed', message = NULL, finished = coalesce(finished, ?), updated = ?,
            bytes = 0
            """, [Self.now, Self.now], of: id, from: "'accepted', 'running', 'successful', 'failed'"
        )
    }

    /// Puts a job that runs back among those that wait.
    ///
    /// - Parameter id: The job.
    /// - Throws: `FormatError`.
    public func putBack(_ id: String) throws {
        _ = try change(Self.waiting, [Self.now], of: id, from: "'running'")
    }

    private static let waiting =
        "state = 'accepted', started = NULL, progress = NULL, message = NULL, updated = ?"

    /// Puts all jobs that ran when the last process ended back among those that wait.
    ///
    /// - Returns: All jobs that wait, in the order in which they were accepted.
    /// - Throws: `FormatError`.
    public func recover() throws -> [JobRecord] {
        try write { database in
            try database.execute(
                sql: "UPDATE job SET \(Self.waiting) WHERE state = 'running'",
                arguments: [Self.now])
            return try Row.fetchAll(
                database, sql: "SELECT * FROM job WHERE state = 'accepted' ORDER BY number"
            ).compactMap(Self.record)
        }
    }

    /// Forgets jobs.
    ///
    /// - Parameter ids: The jobs.
    /// - Throws: `FormatError`.
    public func forget(_ ids: [String]) throws {
        try write { database in
            for id in ids {
                try database.execute(sql: "DELETE FROM job WHERE id = ?", arguments: [id])
            }
        }
    }

    // MARK: Rows

    private func change(
        _ changes: String, _ values: [(any DatabaseValueConvertible)?], of id: String,
        from states: String
    ) throws -> Bool {
        let arguments = StatementArguments(values) + [id]
        return try write { database in
            try database.execute(
                sql: "UPDATE job SET \(changes) WHERE id = ? AND state IN (\(states))",
                arguments: arguments)
            return database.changesCount > 0
        }
    }

    private func write<Result>(_ work: (Database) throws -> Result) throws -> Result {
        do { return try queue.write(work) } catch let error as DatabaseError {
            let isFull = error.resultCode == .SQLITE_FULL
            throw Self.failure(isFull ? .noSpace : .unwritable, queue.path, "written", error)
        }
    }

    func read<Result>(_ work: (Database) throws -> Result) throws -> Result {
        do { return try queue.read(work) } catch let error as DatabaseError {
            throw Self.failure(.unreadable, queue.path, "read", error)
        }
    }

    private static func failure(
        _ code: FormatError.Code, _ path: String, _ done: String, _ error: DatabaseError
    ) -> FormatError {
        FormatError(
            code, at: path, "the journal cannot be \(done): \(error.message ?? "\(error)")")
    }

    static func record(_ row: Row) -> JobRecord? {
        guard let order = JobRecord.read(order: row["order"]),
            let state = JobRecord.State(rawValue: row["state"])
        else { return nil }
        let failure: String? = row["failure"]
        return JobRecord(
            id: row["id"], process: row["process"], owner: row["owner"], state: state,
            progress: row["progress"], message: row["message"],
            failure: failure.flatMap { JobRecord.Failure(rawValue: $0) }, created: row["created"],
            started: row["started"], finished: row["finished"], updated: row["updated"],
            inputs: row["inputs"], bytes: row["bytes"], attempts: row["attempts"],
            words: order.words, outputs: order.outputs, response: order.response,
            number: row["number"])
    }
}
