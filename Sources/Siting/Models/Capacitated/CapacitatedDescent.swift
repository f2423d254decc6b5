/// Makes choices of a capacitated problem better: rows go to other sites, alone or in chains, and sites
/// go to better places.
///
/// The moves are those of F. Stefanello, O. C. B. de Araújo, F. M. Müller, 2015,
/// https://doi.org/10.1111/itor.12103.
struct CapacitatedDescent {
    let instance: CapacitatedInstance
    /// The places of each row, the nearest first.
    let near: [[Int32]]

    init(_ instance: CapacitatedInstance) {
        self.instance = instance
        near = (0..<instance.rows).map { row in
            let line = row * instance.width
            return (0..<instance.width).filter { instance.cost[line + $0] < .infinity }
                .sorted { (instance.cost[line + $0], $0) < (instance.cost[line + $1], $1) }
                .map { Int32($0) }
        }
    }

    /// Assigns rows with the greatest regret first, then by the greatest load; whether that goes up.
    func assign(_ rows: [Int], _ plan: inout CapacitatedPlan) -> Bool {
        for byLoad in [false, true] {
            var left = rows
            if byLoad {
                left.sort { (instance.load[$1], $0) < (instance.load[$0], $1) }
                for row in left {
                    guard let place = nearest(row, plan) else { break }
                    plan.give(row, to: place, instance.load[row])
                }
                if rows.allSatisfy({ plan.place[$0] >= 0 }) { return true }
            } else if regret(&left, &plan) {
                return true
            }
            for row in rows where plan.place[row] >= 0 { plan.take(row, instance.load[row]) }
        }
        return false
    }

    private func nearest(_ row: Int, _ plan: CapacitatedPlan) -> Int? {
        for place in near[row] {
            let place = Int(place)
            if plan.isOpen[place], plan.room[place] >= instance.load[row] { return place }
        }
        return nil
    }

    private func regret(_ left: inout [Int], _ plan: inout CapacitatedPlan) -> Bool {
        /// The two nearest places with room for a row.
        func two(_ row: Int) -> (first: Int, second: Int, regret: Double) {
            var first = -1
            for place in near[row] {
                let place = Int(place)
                guard plan.isOpen[place], plan.room[place] >= instance.load[row] else { continue }
                if first < 0 {
                    first = place
                } else {
                    let line = row * instance.width
                    return (first, place, instance.cost[line + place] - instance.cost[line + first])
                }
            }
            return (first, -1, .infinity)
        }
        var found = left.map { two($0) }
        while !left.isEmpty {
            var at = 0
            for place in left.indices {
                if found[place].first < 0 { return false }
                if found[place].regret > found[at].regret { at = place }
            }
            let (row, place) = (left[at], found[at].first)
            plan.give(row, to: place, instance.load[row])
            left.swapAt(at, left.count - 1)
            found.swapAt(at, left.count - 1)
            left.removeLast()
            found.removeLast()
            for other in left.indices
            where (found[other].first == place || found[other].second == place)
                && plan.room[place] < instance.load[left[other]]
            {
                found[other] = two(left[other])
            }
        }
        return true
    }

    /// Moves rows and sites as long as that costs less.
    func descend(_ plan: inout CapacitatedPlan) {
        repeat {
            exchange(&plan)
        } while relocate(&plan)
    }

    /// Gives rows to nearer places, alone or by making room, as long as that costs less.
    func exchange(_ plan: inout CapacitatedPlan) {
        let width = instance.width
        for _ in 0..<40 {
            let wasDirty = plan.isDirty
            plan.isDirty = Array(repeating: false, count: width)
            for row in 0..<instance.rows {
                better(row, wasDirty, &plan)
            }
            if !plan.isDirty.contains(true) { return }
        }
    }

    /// Gives a row to a nearer place that has room, or makes room by one row that leaves it.
    private func better(_ row: Int, _ wasDirty: [Bool], _ plan: inout CapacitatedPlan) {
        let (width, load) = (instance.width, instance.load)
        let x = plan.place[row]
        let now = instance.cost[row * width + x]
        for y in near[row] {
            let y = Int(y)
            let saved = now - instance.cost[row * width + y]
            if saved <= 1e-12 * now { return }
            guard plan.isOpen[y] else { continue }
            let isNew = wasDirty[x] || wasDirty[y] || plan.isDirty[x] || plan.isDirty[y]
            guard isNew else { continue }
            if plan.room[y] >= load[row] {
                plan.give(row, to: y, load[row])
                plan.isDirty[x] = true
                return
            }
            var best = (saved: 1e-12 * now, row: -1, place: -1)
            for other in plan.members[y] where plan.room[y] + load[other] >= load[row] {
                let its = instance.cost[other * width + y]
                for z in near[other] {
                    let z = Int(z)
                    let all = saved + its - instance.cost[other * width + z]
                    if all <= best.saved { break }
                    guard z != y, plan.isOpen[z] else { continue }
                    if plan.room[z] + (z == x ? load[row] : 0) >= load[other] {
                        best = (all, other, z)
                        break
                    }
                }
            }
            if best.row >= 0 {
                plan.take(row, load[row])
                plan.give(best.row, to: best.place, load[best.row])
                plan.give(row, to: y, load[row])
                return
            }
        }
    }

    /// Moves sites whose rows have changed to the best place for these; whether any moved.
    private func relocate(_ plan: inout CapacitatedPlan) -> Bool {
        let width = instance.width
        var hasMoved = false
        for old in 0..<width
        where plan.isOpen[old] && plan.isStale[old] && !instance.isForced[old] {
            plan.isStale[old] = false
            let own = plan.members[old]
            if own.isEmpty, instance.p == nil, instance.opening[old] > 0 {
                plan.isOpen[old] = false
                continue
            }
            var need = 0.0
            for row in own { need += instance.load[row] }
            var now = instance.opening[old]
            for row in own { now += instance.cost[row * width + old] }
            var (least, at) = (now * (1 - 1e-12), old)
            for place in 0..<width
            where !plan.isOpen[place] && instance.capacity[place] * (1 + 1e-12) >= need {
                var its = instance.opening[place]
                for row in own {
                    its += instance.cost[row * width + place]
                    if its >= least { break }
                }
                if its < least { (least, at) = (its, place) }
            }
            if at != old {
                plan.isOpen[at] = true
                for row in own { plan.give(row, to: at, instance.load[row]) }
                plan.isOpen[old] = false
                plan.isDirty[old] = false
                hasMoved = true
            }
        }
        return hasMoved
    }
}
