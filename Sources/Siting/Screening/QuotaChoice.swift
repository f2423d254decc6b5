/// Whom quotas keep.
///
/// Memory holds those that the first quota keeps so far, not all that pass.
struct QuotaChoice: Sendable {
    private let quotas: [ScreeningQuota]
    /// Of each group of the first quota the best so far, the best first.
    private var best: [String?: [QuotaEntry]] = [:]
    /// How many candidates each group of the first quota has.
    private var counts: [String?: Int] = [:]

    init(_ quotas: [ScreeningQuota]) { self.quotas = quotas }

    mutating func add(_ entries: [QuotaEntry]) {
        guard let first = quotas.first else { return }
        for entry in entries {
            let group = entry.groups[0]
            counts[group, default: 0] += 1
            Self.put(entry, into: &best[group, default: []], atMost: first.count, quota: 0)
        }
    }

    private static func put(
        _ entry: QuotaEntry, into kept: inout [QuotaEntry], atMost count: Int, quota: Int
    ) {
        if kept.count == count, let last = kept.last, !entry.precedes(last, in: quota) { return }
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if kept[middle].precedes(entry, in: quota) { low = middle + 1 } else { high = middle }
        }
        kept.insert(entry, at: low)
        if kept.count > count { kept.removeLast() }
    }

    /// How many candidates met all rules.
    var entered: Int { counts.values.reduce(0, +) }

    /// For those that pass the first quota the quota that rejects them, by its place.
    ///
    /// The number of quotas for those that are kept. Whoever is not there is rejected by the first.
    func settled() -> [Int: Int] {
        var left = best.values.flatMap { $0 }
        var outcome: [Int: Int] = [:]
        for quota in quotas.indices.dropFirst() {
            var kept: [String?: [QuotaEntry]] = [:]
            for entry in left {
                Self.put(
                    entry, into: &kept[entry.groups[quota], default: []],
                    atMost: quotas[quota].count, quota: quota)
            }
            for entry in left { outcome[entry.index] = quota }
            left = kept.values.flatMap { $0 }
        }
        for entry in left { outcome[entry.index] = quotas.count }
        return outcome
    }

    /// How many more a first quota keeps that is greater.
    func broughtBack(by count: Int) -> Int {
        guard let first = quotas.first else { return 0 }
        return counts.values.reduce(0) { $0 + min($1, count) - min($1, first.count) }
    }
}
