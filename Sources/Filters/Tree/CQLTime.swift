/// A day, an instant, or the time from one to another, in the proleptic Gregorian calendar and UTC.
///
/// Days are compared as days: an interval of days meets another that begins with its last. Where a
/// day meets an instant, it lasts from its first microsecond to its last.
public struct CQLTime: Hashable, Sendable {
    /// Microseconds since 1970, of days those of their beginning; `Int64.min` for no beginning.
    public let first: Int64
    /// As ``first``; `Int64.max` for no end.
    public let last: Int64
    /// Whether it is told in days.
    public let isInDays: Bool

    static let day: Int64 = 86_400_000_000

    init(first: Int64, last: Int64, isInDays: Bool) {
        self.first = first
        self.last = last
        self.isInDays = isInDays
    }

    /// The time from one to another; `nil` where it ends before it begins.
    ///
    /// - Parameters:
    ///   - start: When it begins; `nil` for no beginning.
    ///   - end: When it ends; `nil` for no end.
    init?(from start: CQLTime?, to end: CQLTime?) {
        var (start, end) = (start, end)
        if let a = start, let b = end { (start, end) = Self.alike(a, b) }
        let first = start?.first ?? .min
        let last = end?.last ?? .max
        guard first <= last else { return nil }
        self.init(
            first: first, last: last, isInDays: start?.isInDays ?? end?.isInDays ?? true)
    }

    /// Two times told alike: a day beside an instant in microseconds, too.
    static func alike(_ a: CQLTime, _ b: CQLTime) -> (CQLTime, CQLTime) {
        a.isInDays == b.isInDays ? (a, b) : (a.inInstants, b.inInstants)
    }

    private var inInstants: CQLTime {
        guard isInDays else { return self }
        return CQLTime(
            first: first, last: last == .max ? last : last + Self.day - 1, isInDays: false)
    }

    /// The order of two times, -1, 0 or 1; `nil` where one lies in part in the other.
    static func order(_ a: CQLTime, _ b: CQLTime) -> Int? {
        let (a, b) = alike(a, b)
        if a.first == b.first, a.last == b.last { return 0 }
        if a.last < b.first { return -1 }
        if a.first > b.last { return 1 }
        return nil
    }

    /// Reads a day, `2020-06-30`, also a month or a year, which stand for all their days.
    init?(day text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), let year = Self.number(parts[0], digits: 4) else {
            return nil
        }
        func start(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
            Self.days(year, month, day) * Self.day
        }
        guard parts.count > 1 else {
            self.init(first: start(year, 1, 1), last: start(year, 12, 31), isInDays: true)
            return
        }
        guard let month = Self.number(parts[1], digits: 2), (1...12).contains(month) else {
            return nil
        }
        let length = Self.days(year + month / 12, month % 12 + 1, 1) - Self.days(year, month, 1)
        guard parts.count > 2 else {
            self.init(
                first: start(year, month, 1), last: start(year, month, length), isInDays: true)
            return
        }
        guard let day = Self.number(parts[2], digits: 2), (1...length).contains(day) else {
            return nil
        }
        self.init(first: start(year, month, day), last: start(year, month, day), isInDays: true)
    }

    /// Reads an instant of RFC 3339: `2020-06-30T12:00:00Z`, `2020-06-30T21:00:00.5+09:00`.
    init?(instant text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"),
            let day = CQLTime(day: String(decoding: bytes[..<10], as: UTF8.self)),
            day.first == day.last, bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = Self.number(bytes[11..<13], digits: 2), hour < 24,
            let minute = Self.number(bytes[14..<16], digits: 2), minute < 60,
            let second = Self.number(bytes[17..<19], digits: 2), second <= 60
        else { return nil }
        var at = 19
        var fraction: Int64 = 0
        if bytes[at] == UInt8(ascii: ".") {
            at += 1
            let start = at
            var unit: Int64 = 100_000
            while at < bytes.count, (48...57).contains(bytes[at]) {
                fraction += Int64(bytes[at] - 48) * unit
                unit /= 10
                at += 1
            }
            guard at > start else { return nil }
        }
        guard at < bytes.count else { return nil }
        var offset: Int64 = 0
        if bytes[at] | 0x20 == UInt8(ascii: "z") {
            guard at + 1 == bytes.count else { return nil }
        } else {
            guard at + 6 == bytes.count, bytes[at + 3] == UInt8(ascii: ":"),
                bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-"),
                let hours = Self.number(bytes[(at + 1)..<(at + 3)], digits: 2), hours < 24,
                let minutes = Self.number(bytes[(at + 4)..<(at + 6)], digits: 2), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[at] == UInt8(ascii: "-") ? -1 : 1)
        }
        let seconds = hour * 3600 + minute * 60 + second - offset * 60
        let instant = day.first + seconds * 1_000_000 + fraction
        self.init(first: instant, last: instant, isInDays: false)
    }

    /// Reads what attributes hold: a day, a month, a year, or an instant.
    init?(any text: String) {
        guard let time = CQLTime(day: text) ?? CQLTime(instant: text) else { return nil }
        self = time
    }

    private static func number(_ bytes: some Collection<UInt8>, digits: Int) -> Int64? {
        guard bytes.count == digits else { return nil }
        var number: Int64 = 0
        for byte in bytes {
            guard (48...57).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - 48)
        }
        return number
    }

    /// Days since 1970-01-01 (https://howardhinnant.github.io/date_algorithms.html).
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
