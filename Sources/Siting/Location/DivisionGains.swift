/// What it brought to divide by each site, from which the next division is chosen.
///
/// M. Bénichou and others, 1971, https://doi.org/10.1007/BF01584074 (pseudo-costs).
struct DivisionGains {
    /// For each site, the gains a part of it when it was opened, their number, and the same for closing.
    private var sums: [(opened: Double, times: Double, closed: Double, closings: Double)]
    private var all = (opened: 0.0, times: 0.0, closed: 0.0, closings: 0.0)

    init(_ count: Int) { sums = Array(repeating: (0, 0, 0, 0), count: count) }

    /// All that is known, as numbers.
    var numbers: [Double] {
        ([all] + sums).flatMap { [$0.opened, $0.times, $0.closed, $0.closings] }
    }

    /// What ``numbers`` gave.
    init(numbers: [Double]) {
        sums = stride(from: 0, to: numbers.count - 3, by: 4).map {
            (numbers[$0], numbers[$0 + 1], numbers[$0 + 2], numbers[$0 + 3])
        }
        if !sums.isEmpty { all = sums.removeFirst() }
    }

    /// Remembers what a division brought.
    mutating func learn(
        _ division: (site: Int32, decision: LocationCore.Decision, share: Double), _ gain: Double
    ) {
        guard gain.isFinite else { return }
        let site = Int(division.site)
        if division.decision == .open {
            let part = gain / max(1e-3, 1 - division.share)
            sums[site].opened += part
            sums[site].times += 1
            all.opened += part
            all.times += 1
        } else {
            let part = gain / max(1e-3, division.share)
            sums[site].closed += part
            sums[site].closings += 1
            all.closed += part
            all.closings += 1
        }
    }

    /// The site by which to divide: the one of which both ways are thought to bring most.
    func divider(of core: LocationCore, _ share: [Double]) -> Int {
        var best = (site: 0, score: -Double.infinity)
        let opened = all.opened / max(1, all.times)
        let closed = all.closed / max(1, all.closings)
        for site in 0..<core.count {
            let known = sums[Int(core.siteNumbers[site])]
            let part = min(1, max(0, share[site]))
            // The average counts as one division.
            let up = (1 - part) * (known.opened + opened) / (known.times + 1)
            let down = part * (known.closed + closed) / (known.closings + 1)
            let score = max(up, 1e-9) * max(down, 1e-9) + 1e-20 * min(part, 1 - part)
            if score > best.score { best = (site, score) }
        }
        return best.site
    }
}
