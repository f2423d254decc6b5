import Geometry
import TestSupport

@testable import Siting

/// A problem of any model with requirements drawn at random, small enough to be solved by trying
/// everything.
struct ComposedProblem {
    var problem: SitingProblem
    let p: Int
    private var table: [[Double?]]
    private var attractions: [Double] = []
    /// The costs of each demand at two competitors, or none.
    private var rivals: [[Double]] = []

    /// Draws a problem.
    ///
    /// - Parameters:
    ///   - generator: Where the numbers come from.
    ///   - model: The name of the model it is for.
    ///   - hasRequirements: Whether something is asked besides.
    ///   - hasCapacities: Whether sites have capacities.
    /// - Throws: Nothing, as problems are drawn right.
    init(
        _ generator: inout SeededGenerator, for model: String, hasRequirements: Bool,
        hasCapacities: Bool = false
    ) throws {
        let isOfPlaces = SitingModel.namesOfCandidates.contains(model)
        let most = model == "p-hub-median" ? 4 : 7
        let candidates = Int.random(in: 2...most, using: &generator)
        let demand =
            isOfPlaces ? candidates : Int.random(in: 1...(hasCapacities ? 5 : 8), using: &generator)
        let density: Double =
            isOfPlaces ? 1.0 : [1.0, 0.7, 0.5].randomElement(using: &generator) ?? 1.0
        let isWhole = Bool.random(using: &generator)
        func number(_ range: ClosedRange<Double>) -> Double {
            let value = Double.random(in: range, using: &generator)
            return isWhole ? value.rounded() : value
        }
        let table = (0..<demand).map { row in
            (0..<candidates).map { column -> Double? in
                if isOfPlaces, row == column { return 0 }
                return Double.random(in: 0..<1, using: &generator) < density ? number(1...20) : nil
            }
        }
        self.table = table
        let names = isOfPlaces ? "c" : "d"
        var weights = (0..<demand).map { _ in number(0...6) }
        weights[0] += 1
        var forced: [String] = []
        var forbidden: [String] = []
        if hasRequirements {
            for candidate in 0..<candidates {
                switch Int.random(in: 0..<9, using: &generator) {
                case 0: forced.append("c\(candidate)")
                case 1: forbidden.append("c\(candidate)")
                default: break
                }
            }
            if forbidden.count == candidates { forbidden.removeLast() }
        }
        problem = try SitingProblem(
            demandIDs: (0..<demand).map { "\(names)\($0)" },
            candidateIDs: (0..<candidates).map { "c\($0)" }, weights: weights,
            costs: NeighbourRows(table)
        ).with(openingCosts: (0..<candidates).map { _ in number(0...30) })
            .with(forced: forced, forbidden: forbidden)
        p = Int.random(
            in: max(1, forced.count)...(candidates - forbidden.count), using: &generator)
        var asked = SitingRequirements()
        if hasCapacities {
            let share = problem.weights.reduce(0, +) / Double(candidates - forbidden.count)
            asked.capacities = (0..<candidates).map { _ in number(0...3) + share * 1.2 }
        }
        if hasRequirements { Self.draw(&asked, candidates, p, table, &generator) }
        problem = try problem.with(asked)
        if model == "p-hub-median" {
            problem = try problem.with(
                flows: (0..<demand).flatMap { a in
                    (0..<demand).map { .init(a, $0, number(0...5) + 1) }
                })
        }
        if model == "huff" {
            attractions = (0..<candidates).map { _ in number(0...9) }
            rivals = (0..<demand).map { _ in
                Bool.random(using: &generator) ? [] : [number(0...20), number(0...20)]
            }
            problem = try problem.with(
                attractions: attractions,
                rivals: NeighbourRows(rivals.map { $0.isEmpty ? [nil, nil] : $0 }), [3, 1],
                exponent: 1.5, floor: 1)
        }
    }

    /// Whether a choice meets what is asked besides the model, without capacities.
    private func isAllowed(_ chosen: [Int], _ model: SitingModel) -> Bool {
        if let p = model.p, chosen.count != p { return false }
        for (candidate, rule) in problem.rules.enumerated() {
            if rule == .forced, !chosen.contains(candidate) { return false }
            if rule == .forbidden, chosen.contains(candidate) { return false }
        }
        let asked = problem.requirements
        for group in Set(asked.groups.compactMap { $0 }) {
            let count = chosen.count { asked.groups[$0] == group }
            if count > asked.atMost ?? .max || count < asked.atLeast ?? 0 { return false }
        }
        if let budget = asked.budget, chosen.reduce(0, { $0 + asked.siteCosts[$1] }) > budget {
            return false
        }
        for pair in asked.near + asked.incompatible
        where chosen.contains(pair.first) && chosen.contains(pair.second) { return false }
        if let most = asked.mayClose, asked.existing.count(where: { !chosen.contains($0) }) > most {
            return false
        }
        if let most = asked.new, chosen.count(where: { !asked.existing.contains($0) }) > most {
            return false
        }
        if asked.closeness != nil {
            for (demand, row) in table.enumerated() where problem.weights[demand] > 0 {
                if !chosen.contains(where: { (row[$0] ?? 99) <= 12 }) { return false }
            }
        }
        return true
    }

    /// What the best choice achieves, by trying all; `nil` where none is feasible.
    func best(_ model: SitingModel) -> Double? {
        choices(model).map(\.value).reduce(nil) { best, value in
            guard let best else { return value }
            return model.isMaximal ? max(best, value) : min(best, value)
        }
    }

    /// Changes a cost in what is tried, not in the problem.
    mutating func change(_ demand: Int, _ candidate: Int, _ cost: Double) {
        table[demand][candidate] = cost < .infinity ? cost : nil
    }

    /// Leaves pairs beyond a limit out of what is tried.
    mutating func cut(beyond limit: Double) {
        table = table.map { row in row.map { cost in cost.flatMap { $0 <= limit ? $0 : nil } } }
    }

    /// All feasible choices with what they achieve.
    func choices(_ model: SitingModel) -> [(chosen: [Int], value: Double)] {
        var found: [(chosen: [Int], value: Double)] = []
        for bits in 1..<(1 << problem.candidateIDs.count) {
            let chosen = problem.candidateIDs.indices.filter { bits >> $0 & 1 == 1 }
            guard isAllowed(chosen, model) else { continue }
            let value =
                problem.requirements.hasCapacities ? shared(chosen, model) : value(chosen, model)
            if let value { found.append((chosen, value)) }
        }
        guard model == .backupCovering, let fewest = found.map(\.chosen.count).min() else {
            return found
        }
        return found.filter { $0.chosen.count == fewest }
    }

    /// The best assignment within the capacities.
    private func shared(_ chosen: [Int], _ model: SitingModel) -> Double? {
        let demand = table.indices.filter { problem.weights[$0] > 0 }
        var left = problem.requirements.capacities
        func best(_ place: Int) -> Double? {
            guard place < demand.count else { return 0 }
            let row = demand[place]
            var found: Double? = model.isMaximal ? best(place + 1) : nil
            for site in chosen {
                let load = problem.load(row)
                guard let cost = table[row][site], left[site] >= load - 1e-9 else { continue }
                left[site] -= load
                defer { left[site] += load }
                guard let rest = best(place + 1) else { continue }
                let value =
                    rest + problem.weights[row]
                    * (model.isMaximal ? 1 : model == .setCovering ? 0 : cost)
                found = found.map { model.isMaximal ? max($0, value) : min($0, value) } ?? value
            }
            return found
        }
        return best(0).map { value in
            switch model {
            case .facilityLocation: chosen.reduce(value) { $0 + problem.openingCosts[$1] }
            case .setCovering: Double(chosen.count)
            default: value
            }
        }
    }

    /// A·d^−1.5, distances below 1 counting as 1.
    private static func pull(_ attraction: Double, _ cost: Double) -> Double {
        let distance = max(1, cost)
        return attraction / (distance * distance.squareRoot())
    }

    private func value(_ chosen: [Int], _ model: SitingModel) -> Double? {
        var (sum, greatest) = (0.0, 0.0)
        for demand in table.indices where problem.weights[demand] > 0 {
            let costs = chosen.compactMap { table[demand][$0] }
            if costs.isEmpty, model.mustServe { return nil }
            let (weight, count) = (problem.weights[demand], costs.count)
            switch model {
            case .pMedian, .facilityLocation: sum += weight * (costs.min() ?? 0)
            case .maximalCovering: sum += count > 0 ? weight : 0
            case .backupCovering, .backupCoverage: sum += count > 1 ? weight : 0
            case .weighedCoverage(_, let part):
                sum += weight * ((count > 0 ? 1 - part : 0) + (count > 1 ? part : 0))
            case .expectedCovering(_, let busy):
                var none = 1.0
                for _ in 0..<count { none *= busy }
                sum += weight * (1 - none)
            case .huff:
                let pulls = chosen.reduce(0) { pull, site in
                    pull + (table[demand][site].map { Self.pull(attractions[site], $0) } ?? 0)
                }
                let theirs = zip([3, 1], rivals[demand]).reduce(0) { $0 + Self.pull($1.0, $1.1) }
                sum += pulls > 0 ? weight * pulls / (pulls + theirs) : 0
            default: break
            }
            greatest = max(greatest, costs.min() ?? 0)
        }
        var between: [Double] = []
        for a in chosen where model.isOfCandidates {
            for b in chosen where b > a {
                between.append(min(table[a][b] ?? 0, table[b][a] ?? 0))
            }
        }
        switch model {
        case .pCenter: return greatest
        case .setCovering: return Double(chosen.count)
        case .facilityLocation: return chosen.reduce(sum) { $0 + problem.openingCosts[$1] }
        case .dispersion: return between.min() ?? 0
        case .sumDispersion: return between.reduce(0, +)
        case .hubMedian(_, let discount): return flowCost(chosen, discount)
        default: return sum
        }
    }

    /// The least cost of all flows by given hubs, by trying all allocations.
    private func flowCost(_ hubs: [Int], _ discount: Double) -> Double {
        let count = table.count
        func distance(_ a: Int, _ b: Int) -> Double { table[a][b] ?? .infinity }
        var best = Double.infinity
        var hub = [Int](repeating: hubs[0], count: count)
        func allocate(_ place: Int) {
            guard place < count else {
                best = min(
                    best,
                    problem.flows.reduce(0) { sum, flow in
                        let (first, second) = (hub[flow.origin], hub[flow.destination])
                        return sum + flow.amount
                            * (distance(flow.origin, first) + discount * distance(first, second)
                                + distance(second, flow.destination))
                    })
                return
            }
            for next in hubs.contains(place) ? [place] : hubs {
                hub[place] = next
                allocate(place + 1)
            }
        }
        allocate(0)
        return best
    }
}
