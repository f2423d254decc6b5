/// Local search in a core: sites are opened, closed or exchanged as long as that makes the choice
/// cheaper, the best change first.
///
/// For each row the nearest and second nearest chosen site are kept, and for each pair of sites what
/// their exchange brings; after a change only the rows that it touches are worked on again.
/// R. A. Whitaker, 1983, https://doi.org/10.1080/03155986.1983.11731889; M. G. C. Resende, R. F.
/// Werneck, 2007, https://doi.org/10.1007/s10479-006-0154-0.
struct Interchange {
    private let core: LocationCore
    private let columns: SiteColumns
    /// Whether each site is chosen.
    private(set) var isChosen: [Bool]
    /// The chosen sites in no order.
    private var chosen: [Int32] = []
    /// The place of each chosen site in `chosen`; -1 for the others.
    private var slots: [Int32]
    /// The slot that serves each row best; -1 where none does.
    private var nearest: [Int32]
    /// The slot that serves each row second best; -1 where none does.
    private var second: [Int32]
    private var nearestCost: [Double]
    private var secondCost: [Double]
    /// What opening each site saves.
    private var gain: [Double]
    /// What closing the site of each slot costs.
    private var loss: [Double]
    /// By how much less the closing of a slot costs where a site is opened, a line of slots a site.
    private var extra: [Double]
    private let width: Int

    /// The most sites times slots for which there is room: 256 MB.
    static let mostPairs = 1 << 25

    /// Whether the search has room for a core and a choice of so many sites.
    static func hasRoom(for core: LocationCore) -> Bool {
        core.count * min(core.most, core.count) <= mostPairs
    }

    /// Prepares the search.
    ///
    /// - Parameters:
    ///   - core: The core.
    ///   - columns: Its entries by site.
    ///   - isChosen: Where the search begins.
    init(_ core: LocationCore, _ columns: SiteColumns, from isChosen: [Bool]) {
        self.core = core
        self.columns = columns
        self.isChosen = isChosen
        width = max(1, min(core.most, core.count))
        slots = Array(repeating: -1, count: core.count)
        nearest = Array(repeating: -1, count: core.rows)
        second = nearest
        nearestCost = core.fallback
        secondCost = core.fallback
        gain = Array(repeating: 0, count: core.count)
        loss = Array(repeating: 0, count: width)
        extra = Array(repeating: 0, count: width * core.count)
        for site in 0..<core.count where isChosen[site] {
            slots[site] = Int32(chosen.count)
            chosen.append(Int32(site))
        }
        for row in 0..<core.rows {
            find(row)
            add(row, 1)
        }
    }

    /// Finds the nearest and the second nearest chosen site of a row.
    private mutating func find(_ row: Int) {
        (nearest[row], second[row]) = (-1, -1)
        nearestCost[row] = core.fallback[row]
        secondCost[row] = core.fallback[row]
        for entry in core.starts[row]..<core.starts[row + 1] {
            let slot = slots[Int(core.sites[entry])]
            if slot < 0 { continue }
            if nearest[row] < 0 {
                nearest[row] = slot
                nearestCost[row] = core.costs[entry]
            } else {
                second[row] = slot
                secondCost[row] = core.costs[entry]
                break
            }
        }
    }

    /// Adds a row's part to what changes bring, or takes it away.
    private mutating func add(_ row: Int, _ sign: Double) {
        let (first, second) = (nearestCost[row], secondCost[row])
        let slot = Int(nearest[row])
        if slot >= 0 { loss[slot] += sign * (second - first) }
        let width = width
        core.sites.withUnsafeBufferPointer { sites in
            core.costs.withUnsafeBufferPointer { costs in
                gain.withUnsafeMutableBufferPointer { gain in
                    extra.withUnsafeMutableBufferPointer { extra in
                        var entry = core.starts[row]
                        let end = core.starts[row + 1]
                        while entry < end, costs[entry] < second {
                            let (site, cost) = (Int(sites[entry]), costs[entry])
                            if cost < first { gain[site] += sign * (first - cost) }
                            if slot >= 0 {
                                extra[site * width + slot] += sign * (second - max(cost, first))
                            }
                            entry += 1
                        }
                    }
                }
            }
        }
    }

    /// A change: a site that is opened, a slot that is closed, and what it saves.
    private struct Change {
        var opening: Int?
        var closing: Int?
        var saving: Double
    }

    /// Searches until nothing becomes cheaper.
    ///
    /// - Parameter deadline: When to stop at the latest.
    mutating func improve(until deadline: ContinuousClock.Instant?) {
        let scale = 1e-12 * max(1, core.fallback.reduce(core.fixed.magnitude, +))
        while let change = best(), change.saving > scale {
            apply(change)
            if let deadline, ContinuousClock.now >= deadline { return }
        }
    }

    private func best() -> Change? {
        var best = Change(opening: nil, closing: nil, saving: 0)
        if chosen.count > core.least {
            for slot in chosen.indices {
                let saving = core.opening[Int(chosen[slot])] - loss[slot]
                if saving > best.saving {
                    best = Change(opening: nil, closing: slot, saving: saving)
                }
            }
        }
        let opening = chosen.map { core.opening[Int($0)] }
        let dearest = opening.reduce(0, max)
        for site in 0..<core.count where slots[site] < 0 {
            let own = gain[site] - core.opening[site]
            if own + dearest <= best.saving { continue }
            if chosen.count < core.most, own > best.saving {
                best = Change(opening: site, closing: nil, saving: own)
            }
            var saving = -Double.infinity
            var closing = -1
            extra.withUnsafeBufferPointer { extra in
                loss.withUnsafeBufferPointer { loss in
                    opening.withUnsafeBufferPointer { opening in
                        let line = site * width
                        for slot in opening.indices {
                            let other = extra[line + slot] - loss[slot] + opening[slot]
                            if other > saving { (saving, closing) = (other, slot) }
                        }
                    }
                }
            }
            if closing >= 0, own + saving > best.saving {
                best = Change(opening: site, closing: closing, saving: own + saving)
            }
        }
        return best.saving > 0 ? best : nil
    }

    private mutating func apply(_ change: Change) {
        // The rows that the change touches lose their part before it and get it back after it.
        let touched = touched(by: change)
        for row in touched { add(row, -1) }
        switch (change.opening, change.closing) {
        case (let site?, let slot?):
            let old = Int(chosen[slot])
            (isChosen[old], slots[old]) = (false, -1)
            (isChosen[site], slots[site]) = (true, Int32(slot))
            chosen[slot] = Int32(site)
        case (let site?, nil):
            (isChosen[site], slots[site]) = (true, Int32(chosen.count))
            chosen.append(Int32(site))
        case (nil, let slot?): close(slot)
        case (nil, nil): break
        }
        for row in touched {
            find(row)
            add(row, 1)
        }
    }

    /// The rows whose nearest or second nearest site changes, or may.
    private func touched(by change: Change) -> [Int] {
        var rows: [Int] = []
        let slot = change.closing.map { Int32($0) }
        if let slot {
            for row in 0..<core.rows where nearest[row] == slot || second[row] == slot {
                rows.append(row)
            }
        }
        guard let site = change.opening else { return rows }
        for entry in columns.entries(of: site) {
            let row = Int(columns.rows[entry])
            if columns.costs[entry] > secondCost[row] { continue }
            if let slot, nearest[row] == slot || second[row] == slot { continue }
            rows.append(row)
        }
        return rows
    }

    /// Closes the site of a slot, and gives the slot to the last of the chosen sites.
    private mutating func close(_ slot: Int) {
        let old = Int(chosen[slot])
        (isChosen[old], slots[old]) = (false, -1)
        let last = chosen.count - 1
        if slot != last {
            chosen[slot] = chosen[last]
            slots[Int(chosen[slot])] = Int32(slot)
            for row in 0..<core.rows {
                if nearest[row] == Int32(last) { nearest[row] = Int32(slot) }
                if second[row] == Int32(last) { second[row] = Int32(slot) }
            }
            (loss[slot], loss[last]) = (loss[last], loss[slot])
            for site in 0..<core.count {
                extra.swapAt(site * width + slot, site * width + last)
            }
        }
        chosen.removeLast()
    }
}

extension LocationCore {
    /// A choice to begin with: the site that saves most first, until no more may or need be chosen.
    ///
    /// - Parameter columns: The entries by site.
    /// - Returns: Whether each site is chosen.
    /// - Complexity: O(sites² + entries looked at).
    func greedyChoice(_ columns: SiteColumns) -> [Bool] {
        var isChosen = [Bool](repeating: false, count: count)
        guard count > 0 else { return isChosen }
        // Only what is near counts in the beginning: about three times as far as a site must serve.
        let reach = most < count ? max(8, 3 * count / max(1, most)) : count
        var cost = fallback
        var gain = opening.map { -$0 }
        for row in 0..<rows {
            let (start, end) = (starts[row], starts[row + 1])
            if !isCovering, end - start > reach {
                cost[row] = min(cost[row], costs[start + reach])
            }
            for entry in start..<end {
                if costs[entry] >= cost[row] { break }
                gain[Int(sites[entry])] += cost[row] - costs[entry]
            }
        }
        var number = 0
        while number < min(most, count) {
            var best = -1
            for site in 0..<count where !isChosen[site] && (best < 0 || gain[site] > gain[best]) {
                best = site
            }
            if best < 0 || (gain[best] <= 0 && number >= least) { break }
            isChosen[best] = true
            number += 1
            for place in columns.entries(of: best) {
                let row = Int(columns.rows[place])
                let (old, new) = (cost[row], columns.costs[place])
                if new >= old { continue }
                var entry = starts[row]
                let end = starts[row + 1]
                while entry < end, costs[entry] < old {
                    gain[Int(sites[entry])] -= old - max(new, costs[entry])
                    entry += 1
                }
                cost[row] = new
            }
        }
        return isChosen
    }
}
