/// A date as precise as it is known: a year, a month or a day (ISO 8601).
///
/// A year or a month stands for its last day, the first on which what it dates has surely happened.
public struct PartialDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The date as it was written: `2007`, `2007-03` or `2007-03-07`.
    public let description: String
    /// The last day it can mean, as the number yyyymmdd.
    private let lastDay: Int

    /// Reads a date of the proleptic Gregorian calendar.
    ///
    /// - Parameter text: `2007`, `2007-03` or `2007-03-07`; `nil` is returned for anything else, and
    ///   for days that no calendar has.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].count == 4,
            parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        let year = numbers[0]
        let month = numbers.count > 1 ? numbers[1] : 12
        guard year > 0, (1...12).contains(month) else { return nil }
        let length = Self.length(of: month, in: year)
        let day = numbers.count > 2 ? numbers[2] : length
        guard (1...length).contains(day) else { return nil }
        description = text
        lastDay = (year * 100 + month) * 100 + day
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether the last day of one date comes before that of another.
    public static func < (a: PartialDate, b: PartialDate) -> Bool { a.lastDay < b.lastDay }
}
