/// The entries of a core by site instead of by row.
struct SiteColumns {
    /// Where the entries of each site begin, and at last where those of the last one end.
    private(set) var starts: [Int]
    /// The row of each entry, ascending for each site.
    private(set) var rows: [Int32]
    /// The cost of each entry.
    private(set) var costs: [Double]

    /// Turns a core.
    ///
    /// - Parameter core: The core.
    /// - Complexity: O(entries).
    init(_ core: LocationCore) {
        starts = Array(repeating: 0, count: core.count + 1)
        rows = Array(repeating: 0, count: core.sites.count)
        costs = Array(repeating: 0, count: core.sites.count)
        for site in core.sites { starts[Int(site) + 1] += 1 }
        for site in 0..<core.count { starts[site + 1] += starts[site] }
        var next = starts
        for row in 0..<core.rows {
            for entry in core.starts[row]..<core.starts[row + 1] {
                let site = Int(core.sites[entry])
                rows[next[site]] = Int32(row)
                costs[next[site]] = core.costs[entry]
                next[site] += 1
            }
        }
    }

    /// The entries of a site.
    func entries(of site: Int) -> Range<Int> { starts[site]..<starts[site + 1] }
}
