/// How much the service computes for its clients.
public struct WorkLimits: Hashable, Sendable {
    /// Answers that take long which run or wait.
    public var heavy = 256
    /// How long such an answer may wait for its turn.
    public var waiting = Duration.seconds(60)
    /// How long a filter may take.
    public var filter = Duration.seconds(20)

    /// Creates the usual limits.
    public init() {}
}
