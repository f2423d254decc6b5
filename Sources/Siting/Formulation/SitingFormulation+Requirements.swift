internal import Geometry

extension SitingFormulation {
    /// Writes what is asked besides the model as rows.
    mutating func addRequirements() {
        let asked = problem.requirements
        if isEased(.forced) {
            for site in sites where problem.rules[site] == .forced {
                guard let lack = lack(.forced, most: 1) else { continue }
                program.addRow([(site, 1), (lack, 1)], .atLeast, 1)
            }
        }
        addQuotas(asked)
        if let budget = asked.budget, asks(.budget) {
            let all = asked.siteCosts.reduce(0, +)
            let lack = lack(.budget, most: all)
            program.addRow(
                sites.map { ($0, asked.siteCosts[$0]) } + [(lack, -1)].known, .atMost, budget)
        }
        if asks(.spacing) { addPairs(asked.near) }
        if asks(.incompatible) {
            if isEased(.incompatible) {
                for pair in asked.incompatible {
                    guard let lack = lack(.incompatible, most: 1) else { continue }
                    program.addRow(
                        [(pair.first, 1), (pair.second, 1), (lack, -1)], .atMost, 1)
                }
            } else {
                addPairs(asked.incompatible)
            }
        }
        let count = Double(sites.count)
        if let most = asked.mayClose, asks(.closing) {
            let lack = lack(.closing, most: count)
            program.addRow(
                asked.existing.map { ($0, 1) } + [(lack, 1)].known, .atLeast,
                Double(asked.existing.count - most))
        }
        if let most = asked.new, asks(.new) {
            let existing = Set(asked.existing)
            let lack = lack(.new, most: count)
            program.addRow(
                sites.filter { !existing.contains($0) }.map { ($0, 1) } + [(lack, -1)].known,
                .atMost, Double(most))
        }
        if asked.closeness != nil, asks(.closeness) {
            for demand in problem.demandIDs.indices where problem.weights[demand] > 0 {
                let near = asked.close.entries(of: demand).map {
                    (Int(asked.close.indices[$0]), 1.0)
                }
                let lack = lack(.closeness, most: 1)
                program.addRow(near + [(lack, 1)].known, .atLeast, 1)
            }
        }
    }

    private mutating func addQuotas(_ asked: SitingRequirements) {
        var members: [String: [(Int, Double)]] = [:]
        for site in sites where !asked.groups.isEmpty {
            if let name = asked.groups[site] { members[name, default: []].append((site, 1)) }
        }
        let count = Double(sites.count)
        // What is missing is the same for all groups: the number that would have to be said.
        let over = asked.atMost == nil ? nil : lack(.atMost, most: count)
        let short = asked.atLeast == nil ? nil : lack(.atLeast, most: count)
        for name in asked.groupNames {
            let terms = members[name] ?? []
            if let most = asked.atMost, asks(.atMost) {
                program.addRow(terms + [(over, -1)].known, .atMost, Double(most))
            }
            if let least = asked.atLeast, asks(.atLeast) {
                program.addRow(terms + [(short, 1)].known, .atLeast, Double(least))
            }
        }
    }

    /// Rows that choose one at most of each pair: as few and as large cliques as a greedy search finds,
    /// whose relaxation is much tighter than that of pairs.
    mutating func addPairs(_ pairs: [SitingRequirements.Pair]) {
        var neighbours: [Int: Set<Int>] = [:]
        for pair in pairs {
            neighbours[pair.first, default: []].insert(pair.second)
            neighbours[pair.second, default: []].insert(pair.first)
        }
        var covered: [Int: Set<Int>] = [:]
        for pair in pairs where covered[pair.first]?.contains(pair.second) != true {
            var clique = [pair.first, pair.second]
            var common = (neighbours[pair.first] ?? []).intersection(neighbours[pair.second] ?? [])
            while let next = common.min() {
                clique.append(next)
                common.formIntersection(neighbours[next] ?? [])
            }
            for a in clique { covered[a, default: []].formUnion(clique.filter { $0 != a }) }
            program.addRow(clique.sorted().map { ($0, 1) }, .atMost, 1)
        }
    }
}

extension [(Int?, Double)] {
    /// The terms whose column is there.
    var known: [(Int, Double)] { compactMap { column, value in column.map { ($0, value) } } }
}
