public import Formats

/// How much of the service one client may take.
public struct ServerLimits: Hashable, Sendable {
    /// The most bytes of a request's body.
    public var body = 32 << 20
    /// The most bytes of a request's target: its path and query.
    public var target = 8 << 10
    /// The most bytes of all header fields of a request.
    public var headers = 16 << 10
    /// The most header fields of a request.
    public var headerCount = 100
    /// The most connections that are open at once; others wait until one closes.
    public var connections = 1024
    /// How long a connection may take from its opening, or from its last answer, until a request's
    /// header is there.
    public var headerTime = Duration.seconds(20)
    /// How long a request's body may take.
    public var bodyTime = Duration.seconds(60)
    /// How long a client may take none of the next 64 KiB of an answer.
    public var sendTime = Duration.seconds(60)
    /// How long a connection is held after an answer that is its last one, for the client to find it.
    public var lingerTime = Duration.seconds(2)
    /// How long a database with collections may take.
    public var database = DatabaseLimits()

    /// Creates the usual limits.
    public init() {}
}
