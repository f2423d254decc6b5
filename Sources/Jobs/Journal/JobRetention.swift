/// How long jobs that have ended, and their results, are kept.
public struct JobRetention: Hashable, Sendable {
    /// How many seconds after their end.
    public var seconds = 7.0 * 24 * 3600
    /// How many of them at most.
    public var count = 1000
    /// How many bytes of results at most.
    public var bytes = 10 << 30

    /// Creates the usual rules.
    public init() {}

    /// Which jobs are kept no longer.
    ///
    /// - Parameters:
    ///   - jobs: Jobs that have ended, the latest accepted first.
    ///   - now: The time.
    /// - Returns: Their identifiers.
    func expired(among jobs: [JobRecord], at now: JobRecord.Moment) -> [String] {
        var kept = 0
        var held = 0
        return jobs.sorted { ($0.finished ?? 0) > ($1.finished ?? 0) }.filter { job in
            let age = Double(now - (job.finished ?? job.created)) / 1000
            if age <= seconds, kept < count, held + job.bytes <= bytes {
                kept += 1
                held += job.bytes
                return false
            }
            return true
        }.map(\.id)
    }
}
