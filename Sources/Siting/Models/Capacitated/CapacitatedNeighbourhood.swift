internal import Analysis

/// Looks for better choices of a capacitated problem by taking apart some sites that lie together and
/// what they serve, and building them anew.
///
/// What is built is taken where it costs less, or little more the longer nothing was found: large
/// neighbourhood search, P. Shaw, 1998, https://doi.org/10.1007/3-540-49481-2_30. The draws are the
/// same on every run.
struct CapacitatedNeighbourhood {
    let descent: CapacitatedDescent
    private var instance: CapacitatedInstance { descent.instance }
    private var random = SplitMix64(seed: 1)
    private(set) var best: (plan: CapacitatedPlan, cost: Double)?
    private var current: (plan: CapacitatedPlan, cost: Double)?
    private var warmth = 0.0

    init(_ instance: CapacitatedInstance) { descent = CapacitatedDescent(instance) }

    /// Takes sites, assigns all rows to them and makes that better.
    mutating func start(_ isOpen: [Bool]) {
        var plan = CapacitatedPlan(instance, isOpen)
        guard descent.assign(Array(0..<instance.rows), &plan) else { return }
        descent.descend(&plan)
        keep(plan, plan.cost(instance))
    }

    private mutating func keep(_ plan: CapacitatedPlan, _ cost: Double) {
        if cost < (best?.cost ?? .infinity) * (1 - 1e-12) { best = (plan, cost) }
        if current == nil || cost < (current?.cost ?? 0) * (1 + warmth * random.unit()) {
            current = (plan, cost)
        }
    }

    /// Goes on from the best choice, and takes what costs a part more.
    mutating func warm(_ warmth: Double) { self.warmth = warmth }

    mutating func restart() { current = best }

    /// Takes some sites apart and builds them anew.
    mutating func step() {
        guard var plan = current?.plan, instance.rows > 0 else { return }
        let places = apart(plan)
        let closing = places.filter { !instance.isForced[$0] }
        var rows: [Int] = []
        for place in places { rows += plan.members[place] }
        for row in rows { plan.take(row, instance.load[row]) }
        for place in closing { plan.isOpen[place] = false }
        var count = closing.count
        if instance.p == nil { count = max(0, count - 1 + random.below(3)) }
        open(count, closing, rows, &plan)
        guard descent.assign(rows, &plan) else { return }
        for place in closing where !plan.isOpen[place] { plan.isDirty[place] = false }
        descent.descend(&plan)
        keep(plan, plan.cost(instance))
    }

    /// The open places that are nearest to a row.
    private mutating func apart(_ plan: CapacitatedPlan) -> [Int] {
        let row = random.below(instance.rows)
        let count = 2 + random.below(4)
        var found: [Int] = []
        for place in descent.near[row] where plan.isOpen[Int(place)] {
            found.append(Int(place))
            if found.count == count { break }
        }
        return found
    }

    /// Opens so many places: most that were open before, or others near the rows.
    private mutating func open(
        _ count: Int, _ before: [Int], _ rows: [Int], _ plan: inout CapacitatedPlan
    ) {
        var left = count
        var kept = before
        random.shuffle(&kept)
        let others = random.below(2) == 0 ? 1 : 1 + random.below(max(1, count))
        for place in kept.prefix(max(0, min(left, kept.count - others))) {
            plan.isOpen[place] = true
            left -= 1
        }
        var tries = 0
        while left > 0, tries < 40 {
            tries += 1
            var place = random.below(instance.width)
            if !rows.isEmpty, tries < 30 {
                let line = descent.near[rows[random.below(rows.count)]]
                place = Int(line[min(line.count - 1, random.below(4))])
            }
            if plan.isOpen[place] { continue }
            plan.isOpen[place] = true
            left -= 1
        }
        for place in 0..<instance.width where left > 0 && !plan.isOpen[place] {
            plan.isOpen[place] = true
            left -= 1
        }
        for place in 0..<instance.width where plan.isOpen[place] && plan.members[place].isEmpty {
            plan.isDirty[place] = true
        }
    }
}
