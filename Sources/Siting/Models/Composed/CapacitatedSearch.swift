/// Bounds and choices for sites that can serve so much each, without a general solver.
///
/// The rows that serve each demand are relaxed with multipliers; what is left is for each site how much
/// it would serve with gain, a continuous knapsack whose dual is the linear relaxation's. The
/// multipliers rise by subgradients; the sites that the relaxation opens, each demand assigned with the
/// greatest regret first and then shifted and exchanged, are choices. J. M. Mulvey, M. P. Beck, 1984,
/// https://doi.org/10.1016/0377-2217(84)90155-3; A. Ceselli, G. Righini, 2005.
struct CapacitatedSearch {
    private let formulation: SitingFormulation
    private let demand: [Int]
    /// The sites that may be chosen.
    private let sites: [Int]
    private let isForced: [Bool]
    private let opening: [Double]
    private let capacity: [Double]
    private let load: [Double]
    private let p: Int?
    /// The cost of each demand at each site, a line of sites a demand.
    private var cost: [Double]

    /// The best bound, and the multipliers that prove it.
    private(set) var bound = -Double.infinity
    private(set) var multipliers: [Double] = []
    /// The best choice: the site of each demand, and what is open.
    private(set) var best: (cost: Double, site: [Int], isOpen: [Bool])?

    /// What one list of multipliers says.
    private struct Relaxation {
        var bound: Double
        var value: [Double]
        var ratio: [Double]
        var isOpen: [Bool]
        var served: [Double]
        /// The greatest value that is open where the number of sites is given.
        var edge: Double
    }

    /// Prepares the search.
    ///
    /// - Parameter formulation: A p-median or facility location problem with capacities.
    init(_ formulation: SitingFormulation) {
        self.formulation = formulation
        let problem = formulation.problem
        demand = problem.demandIDs.indices.filter { problem.weights[$0] > 0 }
        sites = problem.rules.indices.filter { problem.rules[$0] != .forbidden }
        isForced = sites.map { problem.rules[$0] == .forced }
        opening = sites.map {
            formulation.model == .facilityLocation ? problem.openingCosts[$0] : 0
        }
        capacity = sites.map { problem.requirements.capacities[$0] }
        load = demand.map { problem.load($0) }
        p = formulation.model.p
        var places = [Int](repeating: -1, count: problem.candidateIDs.count)
        for (place, site) in sites.enumerated() { places[site] = place }
        cost = Array(repeating: .infinity, count: demand.count * sites.count)
        for (row, demand) in demand.enumerated() {
            for entry in problem.reach(demand) {
                cost[row * sites.count + places[Int(entry.site)]] =
                    problem.weights[demand] * entry.cost
            }
        }
    }

    /// Searches.
    ///
    /// - Parameters:
    ///   - deadline: When to stop at the latest.
    ///   - gap: A part of the objective that is near enough.
    mutating func run(until deadline: ContinuousClock.Instant?, gap: Double) {
        var current = demand.indices.map { row -> Double in
            let costs = (0..<sites.count).map { cost[row * sites.count + $0] }
                .filter { $0 < .infinity }.sorted()
            return costs.isEmpty ? 0 : costs[min(1, costs.count - 1)] + 1e-9
        }
        var direction = [Double](repeating: 0, count: demand.count)
        var step = 1.5
        var still = 0
        for round in 0..<600 {
            let found = relax(current)
            if found.bound > bound {
                still = found.bound > bound + 1e-5 * found.bound.magnitude ? 0 : still + 1
                (bound, multipliers) = (found.bound, current)
            } else {
                still += 1
            }
            if round % 20 == 0 || round < 4 { improve(from: found.isOpen) }
            if still >= 12 {
                step /= 2
                still = 0
                current = multipliers
            }
            let target = best?.cost ?? bound + 0.1 * bound.magnitude
            let left = target - found.bound
            if left <= max(1e-9, gap) * target.magnitude || step < 0.004 { break }
            var length = 0.0
            for row in demand.indices {
                direction[row] = 0.6 * direction[row] + (1 - found.served[row])
                length += direction[row] * direction[row]
            }
            if length == 0 { break }
            for row in demand.indices {
                current[row] = max(0, current[row] + step * left / length * direction[row])
            }
            if let deadline, ContinuousClock.now >= deadline { break }
        }
    }

    private func relax(_ multipliers: [Double]) -> Relaxation {
        let width = sites.count
        var result = Relaxation(
            bound: multipliers.reduce(0, +), value: opening,
            ratio: Array(repeating: 0, count: width), isOpen: isForced,
            served: Array(repeating: 0, count: demand.count), edge: 0)
        var parts: [[(row: Int, part: Double)]] = Array(repeating: [], count: width)
        for site in 0..<width {
            var items: [(row: Int, gain: Double, ratio: Double)] = []
            for row in demand.indices {
                let gain = multipliers[row] - cost[row * width + site]
                if gain > 0 { items.append((row, gain, gain / max(load[row], 1e-300))) }
            }
            items.sort { ($0.ratio, $1.row) > ($1.ratio, $0.row) }
            var room = capacity[site]
            for item in items {
                if load[item.row] <= room {
                    room -= load[item.row]
                    result.value[site] -= item.gain
                    parts[site].append((item.row, 1))
                } else {
                    let part = room / load[item.row]
                    result.value[site] -= item.gain * part
                    result.ratio[site] = item.ratio
                    if part > 0 { parts[site].append((item.row, part)) }
                    break
                }
            }
        }
        let order = (0..<width).filter { !isForced[$0] }
            .sorted { (result.value[$0], $0) < (result.value[$1], $1) }
        let forced = width - order.count
        for site in 0..<width where isForced[site] { result.bound += result.value[site] }
        if let p {
            if let first = order.first { result.edge = result.value[first] }
            for site in order.prefix(p - forced) {
                result.isOpen[site] = true
                result.bound += result.value[site]
                result.edge = result.value[site]
            }
        } else {
            for site in order where result.value[site] < 0 {
                result.isOpen[site] = true
                result.bound += result.value[site]
            }
        }
        for site in 0..<width where result.isOpen[site] {
            for item in parts[site] { result.served[item.row] += item.part }
        }
        return result
    }

    // MARK: Choices

    private mutating func improve(from start: [Bool]) {
        var isOpen = start
        for _ in 0..<6 {
            guard var site = assigned(isOpen) else { return }
            exchange(&site, isOpen)
            let cost = total(site, isOpen)
            if cost < (best?.cost ?? .infinity) - 1e-12 * cost { best = (cost, site, isOpen) }
            guard relocate(site, &isOpen) else { return }
        }
    }

    private func total(_ site: [Int], _ isOpen: [Bool]) -> Double {
        demand.indices.reduce(
            sites.indices.reduce(0) { isOpen[$1] ? $0 + opening[$1] : $0 }
        ) { $0 + cost[$1 * sites.count + site[$1]] }
    }

    /// Assigns the demand with the greatest regret first; `nil` where that does not go up.
    private func assigned(_ isOpen: [Bool]) -> [Int]? {
        let width = sites.count
        let open = sites.indices.filter { isOpen[$0] }
        for byLoad in [false, true] {
            var room = capacity
            var site = [Int](repeating: -1, count: demand.count)
            var left = Array(demand.indices)
            if byLoad { left.sort { (load[$1], $0) < (load[$0], $1) } }
            while !left.isEmpty {
                var chosen = (place: -1, site: -1, regret: -Double.infinity)
                for (place, row) in left.enumerated() {
                    var (first, second, at) = (Double.infinity, Double.infinity, -1)
                    for other in open where room[other] >= load[row] - 1e-12 {
                        let value = cost[row * width + other]
                        if value < first {
                            (second, first, at) = (first, value, other)
                        } else if value < second {
                            second = value
                        }
                    }
                    if at < 0 {
                        chosen.place = -1
                        break
                    }
                    if byLoad {
                        chosen = (place, at, 0)
                        break
                    }
                    let regret = second == .infinity ? .greatestFiniteMagnitude : second - first
                    if regret > chosen.regret { chosen = (place, at, regret) }
                }
                if chosen.place < 0 { break }
                let row = left.remove(at: chosen.place)
                site[row] = chosen.site
                room[chosen.site] -= load[row]
            }
            if left.isEmpty { return site }
        }
        return nil
    }

    /// Shifts demand, and exchanges pairs, as long as that costs less.
    private func exchange(_ site: inout [Int], _ isOpen: [Bool]) {
        let width = sites.count
        let open = sites.indices.filter { isOpen[$0] }
        var room = capacity
        for row in demand.indices { room[site[row]] -= load[row] }
        var isBetter = true
        var rounds = 0
        while isBetter, rounds < 30 {
            isBetter = false
            rounds += 1
            for row in demand.indices {
                let now = cost[row * width + site[row]]
                for other in open
                where cost[row * width + other] < now * (1 - 1e-12)
                    && room[other] >= load[row]
                    && cost[row * width + other] < cost[row * width + site[row]]
                {
                    room[site[row]] += load[row]
                    room[other] -= load[row]
                    site[row] = other
                    isBetter = true
                }
            }
            for a in demand.indices {
                for b in a + 1..<max(a + 1, demand.count) where site[a] != site[b] {
                    let (x, y) = (site[a], site[b])
                    let saved =
                        cost[a * width + x] + cost[b * width + y] - cost[a * width + y]
                        - cost[b * width + x]
                    guard saved > 1e-9 * cost[a * width + x].magnitude, saved > 0,
                        room[x] + load[a] >= load[b], room[y] + load[b] >= load[a]
                    else { continue }
                    room[x] += load[a] - load[b]
                    room[y] += load[b] - load[a]
                    (site[a], site[b]) = (y, x)
                    isBetter = true
                }
            }
        }
    }

    /// Moves each open site to the best place for what it serves; whether any moved.
    private func relocate(_ site: [Int], _ isOpen: inout [Bool]) -> Bool {
        let width = sites.count
        var hasMoved = false
        for old in sites.indices where isOpen[old] && !isForced[old] {
            let own = demand.indices.filter { site[$0] == old }
            let need = own.reduce(0) { $0 + load[$1] }
            func value(_ place: Int) -> Double {
                own.reduce(opening[place]) { $0 + cost[$1 * width + place] }
            }
            var (least, at) = (value(old) * (1 - 1e-12), old)
            for place in sites.indices where !isOpen[place] && capacity[place] >= need {
                let its = value(place)
                if its < least { (least, at) = (its, place) }
            }
            if at != old {
                (isOpen[old], isOpen[at]) = (false, true)
                hasMoved = true
            }
        }
        return hasMoved
    }

    // MARK: What follows

    /// The multipliers of all rows of the program, and its columns that cost too much to be used.
    func consequences() -> (rows: [Double], closed: [Int]) {
        var rows = [Double](repeating: 0, count: formulation.program.rows)
        guard !multipliers.isEmpty else { return (rows, []) }
        let found = relax(multipliers)
        var places = [Int](repeating: -1, count: formulation.problem.candidateIDs.count)
        for (place, site) in sites.enumerated() { places[site] = place }
        var rowOf = [Int](repeating: -1, count: formulation.problem.demandIDs.count)
        for (row, demand) in demand.enumerated() { rowOf[demand] = row }
        let edge = p == nil ? 0 : found.edge
        let limit = (best?.cost ?? .infinity) * (1 + 1e-9)
        var closed: [Int] = []
        let layout = formulation.layout
        if let number = layout.number { rows[number] = edge }
        for (demand, row) in layout.service { rows[row] = multipliers[rowOf[demand]] }
        for (site, row) in layout.capacity where places[site] >= 0 {
            rows[row] = -found.ratio[places[site]]
        }
        for (place, site) in sites.enumerated() where !found.isOpen[place] {
            if found.bound + max(0, found.value[place] - edge) > limit { closed.append(site) }
        }
        for (pair, link) in zip(formulation.pairs, layout.links) {
            let (row, place) = (rowOf[pair.demand], places[pair.candidate])
            let reduced =
                cost[row * sites.count + place] - multipliers[row] + found.ratio[place] * load[row]
            rows[link] = min(0, reduced)
            let entry = found.isOpen[place] ? 0 : max(0, found.value[place] - edge)
            if found.bound + entry + max(0, reduced) > limit { closed.append(pair.column) }
        }
        return (rows, closed)
    }

    /// The chosen candidates and who serves whom in the best choice.
    var choice: (chosen: [Int], assignment: [Int?])? {
        guard let best else { return nil }
        var assignment = [Int?](repeating: nil, count: formulation.problem.demandIDs.count)
        for (row, place) in best.site.enumerated() { assignment[demand[row]] = sites[place] }
        return (sites.indices.filter { best.isOpen[$0] }.map { sites[$0] }, assignment)
    }
}
