/// Which site serves which row of a capacitated problem, and what that costs.
struct CapacitatedPlan {
    /// The place that serves each row; -1 where none does yet.
    var place: [Int]
    var isOpen: [Bool]
    /// What each place can still serve.
    var room: [Double]
    /// The rows of each place.
    var members: [[Int]]
    /// Places whose rows have changed since rows were exchanged, and since sites were moved.
    var isDirty: [Bool]
    var isStale: [Bool]

    init(_ instance: CapacitatedInstance, _ isOpen: [Bool]) {
        self.isOpen = isOpen
        place = Array(repeating: -1, count: instance.rows)
        room = instance.capacity.map { $0 * (1 + 1e-12) }
        members = Array(repeating: [], count: instance.width)
        (isDirty, isStale) = (isOpen, isOpen)
    }

    /// What opening and serving costs.
    func cost(_ instance: CapacitatedInstance) -> Double {
        var sum = 0.0
        for place in isOpen.indices where isOpen[place] { sum += instance.opening[place] }
        for row in place.indices { sum += instance.cost[row * instance.width + place[row]] }
        return sum
    }

    mutating func give(_ row: Int, to other: Int, _ load: Double) {
        let old = place[row]
        if old >= 0 { take(row, load) }
        place[row] = other
        room[other] -= load
        members[other].append(row)
        (isDirty[other], isStale[other]) = (true, true)
    }

    mutating func take(_ row: Int, _ load: Double) {
        let old = place[row]
        room[old] += load
        if let at = members[old].firstIndex(of: row) {
            members[old].swapAt(at, members[old].count - 1)
            members[old].removeLast()
        }
        (isDirty[old], isStale[old]) = (true, true)
        place[row] = -1
    }
}
