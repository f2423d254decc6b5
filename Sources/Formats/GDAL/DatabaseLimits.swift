/// How long a database may keep the program waiting.
public struct DatabaseLimits: Hashable, Sendable {
    /// Until it lets the program in, in whole seconds; libpq waits two at least.
    public var connecting = Duration.seconds(5)
    /// Until others let go of a table or row; PostgreSQL's own vacuum does so within a second.
    public var locks = Duration.seconds(2)
    /// Until a statement is done; what is read comes in many statements.
    public var statements = Duration.seconds(60)
    /// Until a server is given up from which nothing comes any more, as when its network is gone.
    public var silence = Duration.seconds(60)

    /// Creates the usual limits.
    public init() {}

    /// What libpq and the server are told
    /// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
    var words: [(String, String)] {
        func whole(_ time: Duration, _ unit: Duration) -> Int {
            max(1, Int((time / unit).rounded()))
        }
        let third = max(1, whole(silence, .seconds(1)) / 3)
        return [
            ("connect_timeout", String(max(2, whole(connecting, .seconds(1))))),
            ("keepalives_idle", String(third)), ("keepalives_interval", String(third)),
            ("keepalives_count", "2"),
            ("tcp_user_timeout", String(whole(silence, .milliseconds(1)))),
            (
                "options",
                "-c lock_timeout=\(whole(locks, .milliseconds(1)))"
                    + " -c statement_timeout=\(whole(statements, .milliseconds(1)))"
            ),
        ]
    }
}
