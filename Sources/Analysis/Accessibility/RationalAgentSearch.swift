#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The rounds in which everybody moves towards what is cheapest; see ``RationalAgentModel``.
///
/// Every expression is written as in PySAL's `access` 1.1 (`raam.py`), so that what is cut to whole
/// persons is cut alike.
struct RationalAgentSearch {
    private static let rounds = 150
    private static let firstStep = 0.2
    private static let leastStep = 0.005
    private static let halfLife = 50.0
    /// In the first rounds no facility may be mobbed.
    private static let guardedRounds = 20

    private let capacities: [Double]
    private let tau: Double
    /// Entries of rows that take part, in compressed rows.
    private var starts = [0]
    private var facilities: [Int32] = []
    private var travel: [Double] = []
    private var persons: [Double] = []
    /// The place of each row that takes part among all rows.
    private var origins: [Int] = []
    private var rows = 0
    /// The persons of all places, those included that reach nothing.
    private var everybody = 0.0
    /// How many each facility serves.
    private(set) var served: [Double]

    init(capacities: [Double], tau: Double) {
        self.capacities = capacities
        self.tau = tau
        served = Array(repeating: 0, count: capacities.count)
    }

    /// Appends a place; it takes part where there are persons and a facility that offers anything.
    mutating func append(
        persons count: Double, _ reached: ArraySlice<Int32>, _ distances: ArraySlice<Double>
    ) {
        rows += 1
        guard count > 0 else { return }
        everybody += count
        for (facility, distance) in zip(reached, distances) where capacities[Int(facility)] > 0 {
            facilities.append(facility)
            travel.append(distance / tau)
        }
        if facilities.count == starts[starts.count - 1] { return }
        starts.append(facilities.count)
        persons.append(count)
        origins.append(rows - 1)
    }

    /// Runs all rounds.
    ///
    /// - Returns: The cost of each place; NaN for one that takes no part.
    mutating func run() -> [Double] {
        var costs = [Double](repeating: .nan, count: rows)
        guard !persons.isEmpty else { return costs }
        let rho = everybody / capacities.reduce(0, +)
        let supply = capacities.map { $0 * rho }
        var assigned = [Double](repeating: 0, count: facilities.count)
        for row in persons.indices {
            assigned[least(of: row) { travel[$0] }] = persons[row]
        }
        var total = [Double](repeating: 0, count: facilities.count)
        for round in 0..<Self.rounds {
            addUp(assigned)
            for entry in facilities.indices {
                let facility = Int(facilities[entry])
                total[entry] = served[facility] / supply[facility] + travel[entry]
            }
            move(&assigned, total, supply, round)
        }
        addUp(assigned)
        for row in persons.indices {
            let entries = starts[row]..<starts[row + 1]
            costs[origins[row]] =
                entries.reduce(0) { $0 + total[$1] * assigned[$1] }
                / entries.reduce(0) { $0 + assigned[$1] }
        }
        return costs
    }

    private mutating func addUp(_ assigned: [Double]) {
        for facility in served.indices { served[facility] = 0 }
        for entry in facilities.indices { served[Int(facilities[entry])] += assigned[entry] }
    }

    /// The first entry of a row with the least value.
    private func least(of row: Int, _ value: (Int) -> Double) -> Int {
        var best = starts[row]
        for entry in starts[row]..<starts[row + 1] where value(entry) < value(best) { best = entry }
        return best
    }

    private func move(
        _ assigned: inout [Double], _ total: [Double], _ supply: [Double], _ round: Int
    ) {
        let share = max(
            Self.firstStep * pow(0.5, Double(round) / Self.halfLife), Self.leastStep)
        var cheapest = [Int](repeating: 0, count: persons.count)
        var dearest = cheapest
        var moving = [Double](repeating: 0, count: persons.count)
        for row in persons.indices {
            let low = least(of: row) { total[$0] }
            // Of those that serve anybody here.
            let high = least(of: row) { assigned[$0] == 0 ? .infinity : -total[$0] }
            cheapest[row] = low
            dearest[row] = high
            if low == high { continue }
            let slmin = supply[Int(facilities[low])]
            let slmax = supply[Int(facilities[high])]
            let dr = assigned[low] + assigned[high]
            let otherLow = served[Int(facilities[low])] - assigned[low]
            let otherHigh = served[Int(facilities[high])] - assigned[high]
            let wanted =
                ((slmin * slmax) / (slmin + slmax))
                * ((travel[high] - travel[low]) + (dr + otherHigh) / slmax - otherLow / slmin)
            let delta = min(wanted - assigned[low], assigned[high])
            moving[row] = min(delta, share * persons[row]).rounded(.towardZero)
        }
        if round < Self.guardedRounds {
            var arriving = [Double](repeating: 0, count: supply.count)
            for row in persons.indices {
                arriving[Int(facilities[cheapest[row]])] += moving[row]
            }
            for row in persons.indices {
                let facility = Int(facilities[cheapest[row]])
                let crowd = max(arriving[facility] / supply[facility], 1)
                moving[row] = (moving[row] / crowd).rounded(.toNearestOrEven)
            }
        }
        for row in persons.indices {
            assigned[cheapest[row]] += moving[row]
            assigned[dearest[row]] -= moving[row]
        }
    }
}
