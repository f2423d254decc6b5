import Catalogue

/// An instant or an interval of days, as `datetime` takes them (OGC 17-069r4, section 7.15.4).
///
/// Instants are days, in the proleptic Gregorian calendar: the catalogue knows no hours. A time of
/// day is read and passed over.
struct TimeInterval: Sendable, Hashable {
    /// The first day; `nil` for from the beginning.
    let start: PartialDate?
    /// The last day; `nil` for without an end.
    let end: PartialDate?

    /// What texts look like that are read.
    static let pattern: String = {
        let instant =
            "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
        return "^(\(instant)|(\(instant)|\\.\\.)?/(\(instant)|\\.\\.)?)$"
    }()

    /// Reads an instant or an interval; `nil` for anything else.
    init?(_ text: String) {
        let ends = text.split(separator: "/", omittingEmptySubsequences: false)
        switch ends.count {
        case 1:
            guard let day = Self.day(ends[0]) else { return nil }
            start = day
            end = day
        case 2:
            let isOpen = ends.map { $0.isEmpty || $0 == ".." }
            if isOpen[0], isOpen[1] { return nil }
            let days = ends.map(Self.day)
            guard isOpen[0] || days[0] != nil, isOpen[1] || days[1] != nil else { return nil }
            if let first = days[0], let last = days[1], last < first { return nil }
            start = days[0]
            end = days[1]
        default: return nil
        }
    }

    private static func day(_ text: Substring) -> PartialDate? {
        guard let stroke = text.firstIndex(where: { $0 == "T" || $0 == "t" }) else {
            return PartialDate(String(text))
        }
        let clock = text[text.index(after: stroke)...]
        let day = text[..<stroke]
        guard day.utf8.count == 10, isClock(clock) else { return nil }
        return PartialDate(String(day))
    }

    /// Whether a text is a time of day with its offset: `12:30:00Z`, `12:30:00.5+09:00`.
    private static func isClock(_ text: Substring) -> Bool {
        var digits = text
        if digits.last == "Z" || digits.last == "z" {
            digits.removeLast()
        } else {
            let offset = digits.suffix(6)
            guard offset.count == 6, offset.first == "+" || offset.first == "-",
                pair(offset.dropFirst().prefix(2), below: 24), offset.dropFirst(3).first == ":",
                pair(offset.suffix(2), below: 60)
            else { return false }
            digits = digits.dropLast(6)
        }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, pair(parts[0], below: 24), pair(parts[1], below: 60) else {
            return false
        }
        let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard pair(seconds[0], below: 61), seconds.count <= 2 else { return false }
        return seconds.count == 1
            || !seconds[1].isEmpty && seconds[1].utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func pair(_ text: Substring, below limit: Int) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (48...57).contains($0) }
            && Int(text).map { $0 < limit } ?? false
    }
}
