internal import Formats

/// The days on which anything changes that is told of some places.
///
/// Between two of them, every day sees the same records.
package struct ChangeDays: Sendable {
    /// Days from which on something holds, ascending.
    private let beginnings: [PartialDate]
    /// Last days on which something held, ascending.
    private let ends: [PartialDate]

    init(beginnings: [PartialDate], ends: [PartialDate]) {
        self.beginnings = beginnings.sorted()
        self.ends = ends.sorted()
    }

    /// How many changes lie up to a date: two dates for which that is the same see the same records.
    ///
    /// - Complexity: O(log n) for n changes.
    package func changes(upTo date: PartialDate) -> Int {
        Self.count(beginnings) { $0 <= date } + Self.count(ends) { $0 < date }
    }

    /// How many of ascending dates come before the first of which something is not true.
    private static func count(_ dates: [PartialDate], _ isPast: (PartialDate) -> Bool) -> Int {
        var (low, high) = (0, dates.count)
        while low < high {
            let middle = (low + high) / 2
            if isPast(dates[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension PlaceCatalogue {
    /// The days on which anything changes that is told of a layer's places, what surrounds them
    /// included.
    ///
    /// - Parameter layer: One of ``layers``.
    /// - Returns: The days.
    /// - Throws: What ``records(of:)`` throws.
    package func changeDays(of layer: LayerInfo) throws -> ChangeDays {
        let places = try records(of: layer)
        let around = try layers.filter { $0.kind == "province" || $0.kind == "municipality" }
            .flatMap { try records(of: $0) }
        return ChangeDays(
            beginnings: places.flatMap { $0.beginnings(with: layer.beginning) },
            ends: (places + around).flatMap(\.lastDays))
    }
}

extension Place {
    /// The dates of its events and facts, and the years that facts name.
    fileprivate func beginnings(with beginning: String?) -> [PartialDate] {
        let dates =
            events.map(\.date)
            + facts.flatMap { [$0.date] + $0.earlier.map(\.date) }.compactMap(\.self)
        let years = facts.filter { $0.name == beginning || $0.name == "founded" }
            .compactMap { $0.value.int.map { String($0) } }
        return (dates + years).compactMap { PartialDate($0) }
    }

    /// The last days of its former names and provinces.
    fileprivate var lastDays: [PartialDate] {
        (formerNames.map(\.until) + formerProvinces.map(\.until)).compactMap { PartialDate($0) }
    }
}
