/// Bounds and choices for sites that can serve so much each, without a general solver.
///
/// The multipliers rise first with continuous knapsacks, whose dual is the linear relaxation's, and then
/// with whole items, and then with triples of rows too; the sites that a relaxation opens are where choices
/// begin, which are made better in neighbourhoods until nothing was found for long.
struct CapacitatedSearch {
    private let formulation: SitingFormulation
    private let instance: CapacitatedInstance
    private var dual: CapacitatedDual
    /// The dual with triples of rows, which proves more.
    private var cut: CapacitatedDual?
    private var neighbourhood: CapacitatedNeighbourhood
    /// What is proven beyond the multipliers of the rows of the whole.
    private(set) var tree: CapacitatedTree?

    /// Prepares the search.
    ///
    /// - Parameter formulation: A p-median or facility location problem with capacities.
    init(_ formulation: SitingFormulation) {
        self.formulation = formulation
        instance = CapacitatedInstance(formulation.problem, formulation.model)
        dual = CapacitatedDual(instance)
        neighbourhood = CapacitatedNeighbourhood(instance)
    }

    /// Searches.
    ///
    /// - Parameters:
    ///   - starts: Choices of candidates to begin with.
    ///   - deadline: When to stop at the latest.
    ///   - gap: A part of the objective that is near enough.
    ///   - mostMultipliers: How many multipliers a proof may hold.
    mutating func run(
        from starts: [[Int]] = [], until deadline: ContinuousClock.Instant?, gap: Double,
        mostMultipliers: Int
    ) {
        func isOver(_ search: Self) -> Bool {
            if let deadline, ContinuousClock.now >= deadline { return true }
            guard let best = search.neighbourhood.best?.cost else { return false }
            return best - search.bound <= max(1e-9, gap) * best.magnitude
        }
        for isOpen in beginnings + starts.compactMap(places) { neighbourhood.start(isOpen) }
        for (isExact, rounds, step) in [(false, 400, 1.6), (true, 600, 0.4)] {
            dual.restart(step)
            for round in 1...rounds where !dual.isDone {
                dual.rise(towards: target, isExact: isExact)
                if isOver(self) { return }
                if round % 20 == 0 || round < 4 { neighbourhood.start(dual.isOpen) }
            }
        }
        search(patience: 10 * instance.rows + instance.rows * instance.rows / 8, until: isOver)
        if isOver(self) { return }
        // A better choice known, the steps of the multipliers are of better length.
        dual.restart(0.8)
        for _ in 0..<400 where !dual.isDone {
            dual.rise(towards: target, isExact: true)
            if isOver(self) { return }
        }
        if mostMultipliers >= 5 * instance.rows { relaxTriples(until: isOver) }
        if cut?.triples.count ?? 0 > 0 { tree = root }
        guard let deadline, !isOver(self) else { return }
        let left = ContinuousClock.now.duration(to: deadline)
        var still = 0
        while still < 3, let before = neighbourhood.best?.cost {
            cool { isOver($0) || ContinuousClock.now >= deadline - left * 0.75 }
            if isOver(self) || ContinuousClock.now >= deadline - left * 0.75 { break }
            still = (neighbourhood.best?.cost ?? before) < before ? 0 : still + 1
        }
        if isOver(self) { return }
        // The general solver settles what is small.
        let isSmall = formulation.pairs.count - closed().count < Self.smallPairs
        divide(
            until: isSmall ? deadline - left * 0.75 : deadline, gap: gap,
            mostMultipliers: mostMultipliers)
    }

    /// What no choice costs less than.
    private var bound: Double { max(dual.bound, cut?.bound ?? dual.bound) }

    /// So many pairs of demand and site the general solver mostly settles in less time.
    private static let smallPairs = 2000

    /// Where sites serve more rows each, triples bring next to nothing and take long to be found.
    private static let mostServed = 40

    /// Finds triples of rows that the relaxation does not keep to, relaxes these and goes on from there, as
    /// long as that brings something.
    private mutating func relaxTriples(until isOver: (Self) -> Bool) {
        let served = Self.mostServed * max(1, dual.isOpen.count { $0 })
        guard neighbourhood.best != nil, !instance.isSplit, instance.rows <= served else { return }
        let target = self.target
        cut = dual
        var still = 0
        for _ in 0..<16 where still < 2 {
            let before = bound
            cut?.columns = ServedColumns()
            cut?.restart(0.3)
            for _ in 0..<150 where cut?.isDone == false {
                cut?.rise(towards: target, isExact: true)
                if isOver(self) { return }
            }
            still = bound > before + 5e-5 * before.magnitude ? 0 : still + 1
            guard let cut, let found = cut.missing(atMost: 10 + instance.rows / 4),
                !found.isEmpty, cut.triples.count + found.count <= 4 * instance.rows
            else { return }
            self.cut = cut.with(found)
        }
    }

    /// The problem as one part, with the best multipliers.
    private var root: CapacitatedTree {
        let best = cut ?? dual
        return CapacitatedTree(
            formulation.problem, formulation.model, best.multipliers, bound: best.bound,
            best.triples)
    }

    /// Looks for better choices until none was found for so many steps.
    private mutating func search(patience: Int, until isOver: (Self) -> Bool) {
        var still = 0
        neighbourhood.restart()
        while still < patience, let before = neighbourhood.best?.cost {
            neighbourhood.warm(0.004 * (1 - Double(still) / Double(patience)))
            neighbourhood.step()
            still = (neighbourhood.best?.cost ?? before) < before ? 0 : still + 1
            if isOver(self) { return }
        }
    }

    /// Goes from the best choice to ones that cost more, and down from there.
    private mutating func cool(until isOver: (Self) -> Bool) {
        neighbourhood.restart()
        let steps = 20 * instance.rows + instance.rows * instance.rows / 3
        for step in 0..<steps {
            if isOver(self) { return }
            neighbourhood.warm(0.012 * (1 - Double(step) / Double(steps)))
            neighbourhood.step()
        }
    }

    /// Goes on with both sides as long as there is time, and room for the proof: parts of the problem for
    /// the bound, and neighbourhoods for the choice.
    private mutating func divide(
        until deadline: ContinuousClock.Instant, gap: Double, mostMultipliers: Int
    ) {
        guard neighbourhood.best != nil, !dual.multipliers.isEmpty else { return }
        var tree = root
        let mostParts = mostMultipliers / max(1, instance.rows + tree.triples.count)
        defer { self.tree = tree }
        func enough(_ best: Double) -> Double { best - max(1e-9, gap) * best.magnitude }
        while let best = neighbourhood.best?.cost, tree.bound < enough(best),
            tree.count < mostParts, ContinuousClock.now < deadline
        {
            let found = tree.divide(best: best, enough: enough(best), until: deadline)
            guard let found else { return }
            for isOpen in found.compactMap(places) { neighbourhood.start(isOpen) }
            search(patience: 20) { _ in ContinuousClock.now >= deadline }
        }
    }

    private var target: Double {
        neighbourhood.best?.cost
            ?? (dual.bound.isFinite ? dual.bound + 0.1 * dual.bound.magnitude : 1)
    }

    /// The places of some candidates; `nil` where these are not as many as asked for.
    private func places(of chosen: [Int]) -> [Bool]? {
        let isChosen = formulation.problem.flags(chosen)
        let isOpen = instance.sites.indices.map {
            instance.isForced[$0] || isChosen[instance.sites[$0]]
        }
        let count = isOpen.count { $0 }
        return instance.p.map { $0 == count } ?? (count > 0) ? isOpen : nil
    }

    /// The sites that choices begin with: spread evenly, and those that can serve most.
    private var beginnings: [[Bool]] {
        let (width, isForced) = (instance.width, instance.isForced)
        guard let p = instance.p else { return [Array(repeating: true, count: width)] }
        let free = (0..<width).filter { !isForced[$0] }
        let count = p - (width - free.count)
        let able = free.sorted { (instance.capacity[$1], $0) < (instance.capacity[$0], $1) }
        let even = (0..<count).map { free[$0 * free.count / count] }
        return [even, Array(able.prefix(count))].map { places in
            var isOpen = isForced
            for place in places { isOpen[place] = true }
            return isOpen
        }
    }

    // MARK: What follows

    /// The proof of the bound.
    func proof() -> LinearProof? {
        guard let bound = instance.bound(dual.multipliers) else { return nil }
        return LinearProof(
            multipliers: dual.multipliers,
            value: formulation.problem.rounded(bound, of: formulation.model), engine: nil)
    }

    /// The columns of the program that cost too much to be used in a better choice.
    ///
    /// A pair costs at least its reduced cost in the continuous knapsack of its site.
    func closed() -> [Int] {
        guard let best = neighbourhood.best?.cost, !dual.multipliers.isEmpty else { return [] }
        var closed = Set<Int>()
        for dual in [dual, cut].compactMap({ $0 }) {
            closed.formUnion(self.closed(by: dual, best))
        }
        return closed.sorted()
    }

    /// Those that one dual shows to.
    private func closed(by dual: CapacitatedDual, _ best: Double) -> [Int] {
        var dual = dual
        let multipliers = dual.multipliers
        let found = dual.relax(multipliers, isExact: true, isWhole: true)
        let left = best * (1 + 1e-9) - found.bound
        let edge = instance.p == nil ? 0 : found.edge
        var closed: [Int] = []
        var places = [Int](repeating: -1, count: formulation.problem.candidateIDs.count)
        for (place, site) in instance.sites.enumerated() {
            places[site] = place
            if !found.isOpen[place], found.value[place] - edge > left { closed.append(site) }
        }
        var rowOf = [Int](repeating: -1, count: formulation.problem.demandIDs.count)
        for (row, demand) in instance.demand.enumerated() { rowOf[demand] = row }
        for pair in formulation.pairs where places[pair.candidate] >= 0 {
            let (row, place) = (rowOf[pair.demand], places[pair.candidate])
            let reduced =
                instance.cost[row * instance.width + place] - multipliers[row]
                + found.ratio[place] * instance.load[row]
            let value = max(found.value[place], found.relaxed[place] + max(0, reduced))
            let entry = value - (found.isOpen[place] ? found.value[place] : edge)
            if entry > left { closed.append(pair.column) }
        }
        return closed
    }

    /// The chosen candidates and who serves whom in the best choice.
    var choice: (chosen: [Int], assignment: [Int?])? {
        guard let plan = neighbourhood.best?.plan else { return nil }
        var assignment = [Int?](repeating: nil, count: formulation.problem.demandIDs.count)
        for (row, place) in plan.place.enumerated() {
            assignment[instance.demand[row]] = instance.sites[place]
        }
        let chosen = plan.isOpen.indices.filter { plan.isOpen[$0] }.map { instance.sites[$0] }
        return (chosen, assignment)
    }
}
