/// How far the steps of an ascent go: by row and by site, and how the two are weighed.
///
/// T. Pock, A. Chambolle, 2011, https://doi.org/10.1109/ICCV.2011.6126441 (steps by row and column); D.
/// Applegate and others, 2021, https://arxiv.org/abs/2106.04756 (weighing).
struct SaddlePace {
    /// The step of each row's multiplier, before it is weighed.
    private(set) var row: [Double]
    /// The step of each site's share, before it is weighed.
    private(set) var site: [Double]
    /// Steps of multipliers are this much longer, and steps of shares as much shorter.
    private(set) var weight = 1.0
    /// About how large each multiplier is.
    private let scale: [Double]

    /// Takes the sizes of multipliers.
    init(_ core: LocationCore, from multipliers: [Double]) {
        row = Array(repeating: 0, count: core.rows)
        site = Array(repeating: 0, count: core.count)
        if core.isCovering {
            let dearest = core.opening.reduce(0, max)
            scale = core.fallback.map { dearest > 0 ? min($0, dearest) : $0 }
        } else {
            let mean = multipliers.reduce(0, +) / Double(max(1, core.rows))
            scale = multipliers.map { max($0, 0.05 * mean, .leastNormalMagnitude) }
        }
    }

    /// Measures the steps: the more of rows and sites meet, the shorter they are.
    mutating func measure(_ core: LocationCore, at multipliers: [Double]) {
        for site in self.site.indices { self.site[site] = 0 }
        for row in 0..<core.rows {
            let start = core.starts[row]
            var entry = start
            while entry < core.starts[row + 1], core.costs[entry] <= multipliers[row] {
                site[Int(core.sites[entry])] += scale[row]
                entry += 1
            }
            self.row[row] = scale[row] / Double(max(1, entry - start))
        }
        let least = max(
            .leastNormalMagnitude, 0.1 * site.reduce(0, +) / Double(max(1, core.count)))
        for site in self.site.indices { self.site[site] = 1 / max(self.site[site], least) }
    }

    /// Weighs the sides so that both go as far, in steps.
    mutating func weigh(
        from old: (multipliers: [Double], share: [Double]),
        to new: (multipliers: [Double], share: [Double])
    ) {
        var (rows, sites) = (0.0, 0.0)
        for row in self.row.indices {
            let way = new.multipliers[row] - old.multipliers[row]
            rows += way * way / self.row[row]
        }
        for site in self.site.indices {
            let way = new.share[site] - old.share[site]
            sites += way * way / self.site[site]
        }
        guard rows > 0, sites > 0, rows.isFinite, sites.isFinite else { return }
        weight = (weight * (rows / sites).squareRoot()).squareRoot()
    }
}
