/// How a search comes to better choices: on the way to a bound, by going deep once, among what is left
/// open, and by local search.
extension LocationSearch {
    /// Raises the bound of a node, and looks for better choices on the way.
    ///
    /// - Parameters:
    ///   - ascent: The ascent.
    ///   - rounds: How many rounds it takes at most.
    ///   - nearness: The part of what is missing to the goal that bound and shares may lie apart.
    mutating func climb(
        _ ascent: inout MultiplierAscent, rounds: Int, nearness: Double
    ) {
        var columns: SiteColumns?
        var next = 1
        for round in 1...rounds where ascent.bound < goal {
            ascent.advance(until: limits.deadline)
            let likely = ascent.likely
            offer(likely, of: ascent.core)
            if rounds > 10, round >= next {
                next = round + max(1, round / 2)
                polish(likely, of: ascent.core, &columns)
            }
            if let ceiling = limits.ceiling, cost <= ceiling { return }
            if isLate { return }
            let apart = ascent.ceiling - ascent.bound
            if apart <= nearness * (goal - ascent.ceiling) { return }
            if apart <= 1e-11 * ascent.bound.magnitude { return }
        }
    }

    /// Looks for a better choice by deciding what the relaxation is nearly sure of, again and again.
    mutating func dive(from ascent: MultiplierAscent, _ certainty: Double) {
        var ascent = ascent
        for _ in 0..<60 where !isLate && ascent.bound < goal && ascent.core.count > 0 {
            let core = ascent.core
            var decisions = [LocationCore.Decision](repeating: .undecided, count: core.count)
            var (opened, closed) = (0, 0)
            var likeliest = 0
            for site in 0..<core.count {
                if ascent.share[site] > ascent.share[likeliest] { likeliest = site }
                if ascent.share[site] >= certainty, opened < core.most {
                    decisions[site] = .open
                    opened += 1
                } else if ascent.share[site] <= (1 - certainty) / 4,
                    core.count - closed > core.least
                {
                    decisions[site] = .closed
                    closed += 1
                }
            }
            if opened == 0, core.most > 0 { decisions[likeliest] = .open }
            let (smaller, start) = core.decided(decisions, ascent.multipliers)
            if smaller.least > smaller.count || smaller.most < 0 { return }
            ascent = MultiplierAscent(
                smaller, from: start, share: Self.kept(ascent.share, decisions))
            climb(&ascent, rounds: 1, nearness: 0)
            var columns: SiteColumns?
            polish(ascent.likely, of: smaller, &columns)
        }
    }

    /// Improves a choice by local search, unless that has been done.
    ///
    /// - Parameters:
    ///   - isChosen: The choice.
    ///   - core: The core that it is of.
    ///   - columns: Its entries by site, made where they are not known.
    mutating func polish(
        _ isChosen: [Bool], of core: LocationCore, _ columns: inout SiteColumns?
    ) {
        guard Interchange.hasRoom(for: core), searched.insert(sites(isChosen, of: core)).inserted
        else { return }
        let known = columns ?? SiteColumns(core)
        columns = known
        var search = Interchange(core, known, from: isChosen)
        search.improve(until: limits.deadline)
        offer(search.isChosen, of: core)
    }

    /// Takes a choice where it is better than what is known.
    mutating func offer(
        _ isChosen: [Bool], of core: LocationCore, cost known: Double? = nil
    ) {
        let found = known ?? core.cost(of: isChosen)
        guard found < cost else { return }
        let number = isChosen.reduce(0) { $0 + ($1 ? 1 : 0) }
        guard number >= core.least, number <= core.most else { return }
        cost = found
        incumbent = sites(isChosen, of: core)
    }

    mutating func offer(_ sites: [Int32], of core: LocationCore) {
        offer(flags(sites, of: core), of: core)
    }

    func flags(_ sites: [Int32], of core: LocationCore) -> [Bool] {
        var flags = [Bool](repeating: false, count: core.count)
        for site in sites { flags[Int(site)] = true }
        return flags
    }

    private func sites(_ isChosen: [Bool], of core: LocationCore) -> [Int32] {
        (core.opened + core.siteNumbers.indices.filter { isChosen[$0] }.map { core.siteNumbers[$0] })
            .sorted()
    }

    /// Looks for better choices among those that the relaxation and the best choice leave open: what
    /// both choose is chosen, and what neither does is not.
    ///
    /// E. Danna, E. Rothberg, C. Le Pape, 2005, https://doi.org/10.1007/s10107-004-0518-7.
    mutating func probe(_ ascent: MultiplierAscent) {
        guard limits.probes else { return }
        let core = ascent.core
        while ascent.bound < goal, !isLate, let best = incumbent {
            let isBest = flags(best, of: root)
            var decisions = [LocationCore.Decision](repeating: .undecided, count: core.count)
            for site in 0..<core.count {
                let isChosen = isBest[Int(core.siteNumbers[site])]
                if isChosen, ascent.share[site] > 0.999 { decisions[site] = .open }
                if !isChosen, ascent.share[site] < 0.001 { decisions[site] = .closed }
            }
            let (smaller, start) = core.decided(decisions, ascent.multipliers)
            guard smaller.least <= smaller.count, smaller.most >= 0, smaller.count > 0 else {
                return
            }
            var search = LocationSearch(
                smaller.asFirst,
                limits: Limits(
                    deadline: limits.deadline, ceiling: limits.ceiling, total: limits.total,
                    nodes: 100, probes: false))
            search.cost = cost
            let known = cost
            let outcome = search.run(under: start, Self.kept(ascent.share, decisions))
            if let chosen = outcome.chosen, outcome.cost < cost {
                offer(
                    (smaller.opened + chosen.map { smaller.siteNumbers[Int($0)] }).sorted(),
                    of: core)
            }
            if cost == known { return }
        }
    }
}
