extension LocationCore {
    /// A multiplier brought to where it is worth most: between the least cost and the fallback.
    func clamped(_ multiplier: Double, _ row: Int) -> Double {
        min(fallback[row], max(costs[starts[row]], multiplier))
    }

    /// The least that each row costs: as multipliers these prove that no choice costs less than all
    /// together.
    var leastMultipliers: [Double] {
        (0..<rows).map { starts[$0] < starts[$0 + 1] ? clamped(0, $0) : fallback[$0] }
    }

    /// Multipliers to begin with: between what a choice costs each row and the next best site.
    func multipliers(under isChosen: [Bool]) -> [Double] {
        (0..<rows).map { row in
            var found: [Double] = []
            for entry in starts[row]..<starts[row + 1] where isChosen[Int(sites[entry])] {
                found.append(costs[entry])
                if found.count == 2 { break }
            }
            let first = found.first ?? fallback[row]
            let second = found.count == 2 ? found[1] : fallback[row]
            return first + 0.5 * (min(second, 2 * first) - first)
        }
    }

    /// What a choice of parts of sites costs.
    ///
    /// A row that is not wholly served takes more of its nearest site, where that is cheaper than its
    /// fallback and so many sites may be chosen.
    ///
    /// - Parameter share: How much of each site is chosen.
    /// - Returns: The cost.
    func cost(ofShare share: [Double]) -> Double {
        var sum = fixed
        var number = 0.0
        for site in 0..<count {
            sum += opening[site] * share[site]
            number += share[site]
        }
        let blocks = RowBlocks(self)
        var parts = [(sum: Double, saving: Double, number: Double)](
            repeating: (0, 0, 0), count: blocks.ranges.count)
        parts.withUnsafeMutableBufferPointer { parts in
            blocks.each { block, rows in parts[block] = cost(of: rows, under: share) }
        }
        var saving = 0.0
        for part in parts {
            sum += part.sum
            saving += part.saving
            number += part.number
        }
        return number <= Double(most) + 1e-9 ? sum - saving : sum
    }

    /// What some rows cost under parts of sites; what would be saved by more of their nearest sites, and
    /// how many sites more these are.
    private func cost(
        of rows: Range<Int>, under share: [Double]
    ) -> (sum: Double, saving: Double, number: Double) {
        var (sum, saving, number) = (0.0, 0.0, 0.0)
        for row in rows {
            var left = 1.0
            let start = starts[row]
            var entry = start
            let end = starts[row + 1]
            while entry < end, left > 0 {
                let part = min(left, share[Int(sites[entry])])
                sum += part * costs[entry]
                left -= part
                entry += 1
            }
            guard left > 0 else { continue }
            sum += left * fallback[row]
            let other = opening[Int(sites[start])] + costs[start]
            if other < fallback[row] {
                saving += left * (fallback[row] - other)
                number += left
            }
        }
        return (sum, saving, number)
    }
}
