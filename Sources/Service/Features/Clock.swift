#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The time of day.
enum Clock {
    /// The present second in UTC: `2026-01-31T08:15:00Z` (RFC 3339).
    static var now: String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
