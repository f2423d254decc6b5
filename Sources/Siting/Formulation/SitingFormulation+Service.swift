extension SitingFormulation {
    /// Serves each demand by the chosen sites at least cost: the p-median and the uncapacitated
    /// facility location problem in their strong form (Balinski, 1965).
    mutating func addMedian() {
        if model == .facilityLocation {
            for site in sites { program.setCost(site, problem.openingCosts[site]) }
        }
        for demand in problem.demandIDs.indices where problem.weights[demand] > 0 {
            var terms: [(Int, Double)] = []
            for entry in problem.reach(demand) {
                let column = program.addColumn(cost: problem.weights[demand] * entry.cost)
                terms.append((column, 1))
                program.addRow([(column, 1), (Int(entry.site), -1)], .atMost, 0)
            }
            program.addRow(terms, .equal, 1)
        }
    }

    /// Serves each demand within what the sites can serve: by one as a whole, or divided among them.
    ///
    /// The capacitated p-median and facility location problem with single sourcing. A. Ceselli, G.
    /// Righini, 2005, https://doi.org/10.1002/net.20059; maximal covering: H. Pirkul, D. A. Schilling,
    /// 1991, https://doi.org/10.1287/mnsc.37.2.233.
    mutating func addCapacitated() throws {
        try problem.checkTakesCapacities(model)
        for site in sites {
            switch model {
            case .facilityLocation: program.setCost(site, problem.openingCosts[site])
            case .setCovering: program.setCost(site, 1)
            default: break
            }
        }
        var loads = [[(Int, Double)]](repeating: [], count: sites.count)
        for demand in problem.demandIDs.indices where problem.weights[demand] > 0 {
            var terms: [(Int, Double)] = []
            let weight = problem.weights[demand]
            for entry in problem.reach(demand) {
                let cost =
                    switch model {
                    case .pMedian, .facilityLocation: weight * entry.cost
                    case .maximalCovering: -weight
                    default: 0.0
                    }
                let site = Int(entry.site)
                let column = program.addColumn(
                    cost: cost, isWhole: !problem.requirements.isSplit)
                pairs.append((demand, site, column))
                terms.append((column, 1))
                loads[site].append((column, problem.load(demand)))
                program.addRow([(column, 1), (site, -1)], .atMost, 0)
            }
            if model.isMaximal {
                program.addRow(terms, .atMost, 1)
            } else if asks(.service) {
                program.addRow(terms + [(lack(.service, most: 1), 1)].known, .atLeast, 1)
            }
        }
        for site in sites where !loads[site].isEmpty {
            let all = loads[site].reduce(0) { $0 + $1.1 }
            let lack = lack(.capacity, most: all)
            program.addRow(
                loads[site] + [(site, -problem.requirements.capacities[site])]
                    + [(lack, -1)].known, .atMost, 0)
            if let lack { program.addRow([(lack, 1), (site, -all)], .atMost, 0) }
        }
    }

    /// Demand that counts, taken together where the same candidates reach it.
    func groups(within radius: Double = .infinity) -> [(sites: [Int], weight: Double, count: Int)] {
        var places: [[Int]: Int] = [:]
        var groups: [(sites: [Int], weight: Double, count: Int)] = []
        for demand in problem.demandIDs.indices where problem.weights[demand] > 0 {
            let own = problem.reach(demand).filter { $0.cost <= radius }.map { Int($0.site) }
            if let place = places[own] {
                groups[place].weight += problem.weights[demand]
                groups[place].count += 1
            } else {
                places[own] = groups.count
                groups.append((own, problem.weights[demand], 1))
            }
        }
        return groups
    }

    /// All demand has a site within reach.
    mutating func addCovering(within radius: Double = .infinity) {
        guard asks(.service) else { return }
        for group in groups(within: radius) {
            let lack = lack(.service, cost: Double(group.count), most: 1)
            program.addRow(group.sites.map { ($0, 1) } + [(lack, 1)].known, .atLeast, 1)
        }
    }

    /// All demand has a site within the radius that is asked about.
    mutating func addCenter() {
        if case .threshold(let radius) = purpose {
            addCovering(within: radius)
        } else {
            addCovering()
        }
    }

    /// The weight within reach.
    mutating func addMaximalCovering() {
        for group in groups() {
            let column = program.addColumn(cost: -group.weight)
            program.addRow(group.sites.map { ($0, -1) } + [(column, 1)], .atMost, 0)
        }
    }

    /// The weight within reach of two, where all is within reach of one.
    mutating func addBackupCoverage() {
        for group in groups() {
            let column = program.addColumn(cost: -group.weight)
            let lack = lack(.service, cost: Double(group.count), most: 1)
            guard asks(.service) else { continue }
            program.addRow(
                group.sites.map { ($0, 1) } + [(column, -1)] + [(lack, 1)].known, .atLeast, 1)
        }
    }

    /// The weight within reach, and that within reach of two.
    mutating func addWeighedCoverage(_ backup: Double) {
        for group in groups() {
            let first = program.addColumn(cost: -group.weight * (1 - backup))
            let second = program.addColumn(cost: -group.weight * backup)
            program.addRow(
                group.sites.map { ($0, -1) } + [(first, 1), (second, 1)], .atMost, 0)
            program.addRow([(second, 1), (first, -1)], .atMost, 0)
        }
    }

    /// The weight that can be expected to find a free site: the k-th within reach adds (1 − q) q^(k−1).
    mutating func addExpectedCovering(_ busy: Double) {
        for group in groups() {
            var terms = group.sites.map { ($0, -1.0) }
            var part = 1 - busy
            for _ in 0..<min(group.sites.count, model.p ?? group.sites.count) where part > 0 {
                terms.append((program.addColumn(cost: -group.weight * part), 1))
                part *= busy
            }
            program.addRow(terms, .atMost, 0)
        }
    }
}
