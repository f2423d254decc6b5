/// The one form to which the models of serving demand at least cost are brought: p-median, maximal
/// covering, set covering and facilities with costs of their own.
///
/// Minimises `fixed + Σ opening(j) + Σ min(fallback(i), least cost(i, j))` over the sets of between
/// `least` and `most` sites, where the first sum runs over the chosen sites and the second over the
/// rows. A row's fallback is what its demand costs where no chosen site is better: what is lost, or
/// more than any solution costs where it must be served, or the cost at a site that is already open.
struct LocationCore: Sendable {
    /// Where the entries of each row begin, and at last where those of the last one end.
    var starts: [Int] = [0]
    /// The site of each entry, by its place in ``opening``.
    var sites: [Int32] = []
    /// The cost of each entry, ascending in each row and below the row's fallback.
    var costs: [Double] = []
    /// What each row costs where no site serves it better; finite.
    var fallback: [Double] = []
    /// The row that each row of the first core is, or is part of; -1 for one that is paid.
    var rowOfFirst: [Int32] = []
    /// What each site costs to open.
    var opening: [Double]
    /// The site of the first core that each site is.
    var siteNumbers: [Int32]
    /// What is paid whichever sites are chosen.
    var fixed = 0.0
    /// Whether no entry costs anything.
    var isCovering = false
    /// How its rows are worked on at once.
    var pace = RowBlocks.Pace()
    /// The least number of sites still to be chosen.
    var least: Int
    /// The greatest number of sites still to be chosen.
    var most: Int
    /// The sites of the first core that are chosen already.
    var opened: [Int32] = []

    /// Creates a core without rows.
    init(opening: [Double], least: Int, most: Int) {
        self.opening = opening
        self.least = least
        self.most = most
        siteNumbers = Array(0..<Int32(opening.count))
    }

    /// The number of rows that are still undecided.
    var rows: Int { fallback.count }

    /// The number of sites that are still undecided.
    var count: Int { opening.count }

    /// Appends a row.
    ///
    /// - Parameters:
    ///   - entries: Sites and costs, in any order; those not below the fallback are left out.
    ///   - fallback: What the row costs where no site serves it better.
    mutating func append(_ entries: [(site: Int32, cost: Double)], fallback: Double) {
        let better = entries.filter { $0.cost < fallback }
            .sorted { ($0.cost, $0.site) < ($1.cost, $1.site) }
        sites += better.map(\.site)
        costs += better.map(\.cost)
        starts.append(sites.count)
        self.fallback.append(fallback)
        rowOfFirst.append(Int32(rows - 1))
    }

    /// What is known of a site.
    enum Decision: UInt8, Sendable {
        case undecided, open, closed
    }

    /// The core that is left once some sites are decided.
    ///
    /// Rows that no undecided site can serve better are paid and left out. Where no entry costs
    /// anything, rows of the same sites become one.
    ///
    /// - Parameters:
    ///   - decisions: One for each site.
    ///   - multipliers: One for each row.
    /// - Returns: The smaller core, with the multipliers of its rows.
    /// - Complexity: O(entries).
    func decided(
        _ decisions: [Decision], _ multipliers: [Double]
    ) -> (core: LocationCore, multipliers: [Double]) {
        var (result, places) = withoutRows(decisions)
        result.sites.reserveCapacity(sites.count)
        result.costs.reserveCapacity(sites.count)
        var rowOfOld = [Int32](repeating: -1, count: rows)
        var kept: [Double] = []
        var known = RowTable(rows: isCovering ? rows : 0)
        for row in 0..<rows {
            let cost = result.take(row, of: self, decisions, places)
            let start = result.starts.last ?? 0
            if result.sites.count == start {
                result.fixed += cost
                continue
            }
            if isCovering {
                if let same = known.same(in: result) {
                    result.fallback[same] += cost
                    kept[same] += multipliers[row]
                    rowOfOld[row] = Int32(same)
                    result.sites.removeSubrange(start...)
                    result.costs.removeSubrange(start...)
                    continue
                }
            }
            rowOfOld[row] = Int32(result.rows)
            result.starts.append(result.sites.count)
            result.fallback.append(cost)
            kept.append(multipliers[row])
        }
        result.rowOfFirst = rowOfFirst.map { $0 < 0 ? -1 : rowOfOld[Int($0)] }
        return (result, kept)
    }

    /// The sites that are left once some are decided, without rows; and the place of each among them.
    private func withoutRows(
        _ decisions: [Decision]
    ) -> (core: LocationCore, places: [Int32]) {
        var places = [Int32](repeating: -1, count: count)
        var result = LocationCore(opening: [], least: least, most: most)
        result.siteNumbers = []
        (result.opened, result.fixed) = (opened, fixed)
        (result.isCovering, result.pace) = (isCovering, pace)
        for site in 0..<count {
            switch decisions[site] {
            case .undecided:
                places[site] = Int32(result.opening.count)
                result.opening.append(opening[site])
                result.siteNumbers.append(siteNumbers[site])
            case .open:
                result.fixed += opening[site]
                result.opened.append(siteNumbers[site])
                result.least -= 1
                result.most -= 1
            case .closed: break
            }
        }
        result.least = max(0, result.least)
        return (result, places)
    }

    /// Appends the entries of a row of another core that its decisions leave, without ending the row.
    ///
    /// - Returns: What the row costs without them.
    private mutating func take(
        _ row: Int, of other: LocationCore, _ decisions: [Decision], _ places: [Int32]
    ) -> Double {
        for entry in other.starts[row]..<other.starts[row + 1] {
            let (site, cost) = (Int(other.sites[entry]), other.costs[entry])
            if decisions[site] == .open {
                while let last = costs.last, sites.count > starts.last ?? 0, last >= cost {
                    costs.removeLast()
                    sites.removeLast()
                }
                return cost
            }
            if decisions[site] == .undecided {
                sites.append(places[site])
                costs.append(cost)
            }
        }
        return other.fallback[row]
    }

    /// The core as one that nothing was decided in before.
    var asFirst: LocationCore {
        var core = self
        core.siteNumbers = Array(0..<Int32(count))
        core.opened = []
        core.rowOfFirst = Array(0..<Int32(rows))
        return core
    }

    /// What a choice costs in all.
    ///
    /// - Parameter isChosen: Whether each undecided site is chosen.
    /// - Returns: The cost.
    /// - Complexity: O(rows + entries before the first chosen one).
    func cost(of isChosen: [Bool]) -> Double {
        var sum = fixed
        for site in 0..<count where isChosen[site] { sum += opening[site] }
        for row in 0..<rows {
            var cost = fallback[row]
            for entry in starts[row]..<starts[row + 1] where isChosen[Int(sites[entry])] {
                cost = costs[entry]
                break
            }
            sum += cost
        }
        return sum
    }

    /// Whether all costs are whole numbers, so that a bound may be rounded up.
    var isWhole: Bool {
        let all = [[fixed], opening, fallback, costs]
        return all.allSatisfy { $0.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e15 } }
    }
}
