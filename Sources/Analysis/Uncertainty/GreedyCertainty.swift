internal import Geometry

/// Whether each feature would get the same facility, or none, wherever things truly lie, where the
/// nearest pair is taken first.
///
/// A pair is taken in every truth where it lies within the limit in every one and whatever could be
/// taken in its stead, a pair of the same feature or the same facility, either is farther in every one
/// or has at its other end what another pair takes in every one. So pairs are proven one after another,
/// as each proof may free others. Distances count as if each were off by itself: `fragile` may be said
/// of what is not.
struct GreedyCertainty {
    /// For each feature; `nil` for one without a place.
    private(set) var labels: [Stability?]

    private let part: Allocation.Part
    /// For each feature the facility that it gets; -1 for none.
    private var facilityOf: [Int]
    /// For each facility the feature that gets it; -1 for none.
    private var featureOf: [Int]
    /// For each pair that may be taken, the least that its distance may be; infinite for others.
    private var least: [Double]
    /// For each feature the most that the distance to its facility may be.
    private var most: [Double]
    /// For each feature how many pairs may still be taken in the stead of its own.
    private var rivals: [Int]
    /// The pairs of each facility: where it begins in `entries`, which feature and which pair.
    private var starts: [Int]
    private var entries: [(row: Int, entry: Int)]

    /// Judges pairs.
    ///
    /// - Parameters:
    ///   - table: What each feature gets.
    ///   - part: The features, with the pairs that may be within the limit.
    ///   - errors: How far distances may be off.
    ///   - limit: The greatest distance that counts, in metres.
    /// - Complexity: O(n + r) for n features and r pairs.
    init(
        of table: NeighbourTable, _ part: Allocation.Part, _ errors: DistanceErrors,
        within limit: Double
    ) {
        let near = part.near
        let accuracies = part.accuracies ?? []
        self.part = part
        facilityOf = Array(repeating: -1, count: table.rows)
        featureOf = errors.facilities.map { _ in -1 }
        most = Array(repeating: .infinity, count: table.rows)
        rivals = most.map { _ in 0 }
        least = Array(repeating: .infinity, count: near.count)
        starts = Array(repeating: 0, count: errors.facilities.count + 1)
        entries = Array(repeating: (0, 0), count: near.count)
        labels = (0..<table.rows).map { part.places[$0] == nil ? nil : .fragile }
        if errors.isExact([accuracies]) {
            // Where nothing can be elsewhere, the pairs are those that are found, ties or not.
            labels = labels.map { $0.map { _ in .stable } }
            return
        }
        for row in 0..<table.rows {
            for entry in near.entries(of: row) {
                let column = Int(near.indices[entry])
                starts[column] += 1
                guard
                    let range = errors.range(
                        near.distances[entry], accuracies[row], column, within: limit)
                else { continue }
                least[entry] = range.low
                guard table[row, 0]?.index == column else { continue }
                facilityOf[row] = column
                featureOf[column] = row
                if range.isSure { most[row] = range.high }
            }
        }
        group()
        count()
        prove()
    }

    /// Groups pairs by their facility.
    private mutating func group() {
        var end = 0
        for column in starts.indices {
            end += starts[column]
            starts[column] = end
        }
        for row in facilityOf.indices.reversed() {
            for entry in part.near.entries(of: row).reversed() {
                let column = Int(part.near.indices[entry])
                starts[column] -= 1
                entries[starts[column]] = (row, entry)
            }
        }
    }

    /// Whether a pair may be taken in the stead of a feature's own.
    private func isRival(_ entry: Int, of row: Int) -> Bool {
        least[entry] < .infinity && least[entry] <= most[row]
    }

    /// Counts what may be taken in the stead of each pair.
    private mutating func count() {
        for row in facilityOf.indices {
            for entry in part.near.entries(of: row) {
                let column = Int(part.near.indices[entry])
                if column == facilityOf[row] { continue }
                if facilityOf[row] >= 0, isRival(entry, of: row) { rivals[row] += 1 }
                let other = featureOf[column]
                if other >= 0, isRival(entry, of: other) { rivals[other] += 1 }
            }
        }
    }

    /// Proves pair after pair, and then who is left without in every truth.
    private mutating func prove() {
        func isProven(_ row: Int) -> Bool { rivals[row] == 0 && most[row] < .infinity }
        var proven = facilityOf.indices.filter { facilityOf[$0] >= 0 && isProven($0) }
        while let row = proven.popLast() {
            labels[row] = .stable
            let column = facilityOf[row]
            // Nobody else can have its facility, and it can have no other.
            var freed: [Int] = []
            for (other, entry) in entries[starts[column]..<starts[column + 1]]
            where other != row && facilityOf[other] >= 0 && isRival(entry, of: other) {
                freed.append(other)
            }
            for entry in part.near.entries(of: row) {
                let other = featureOf[Int(part.near.indices[entry])]
                if other >= 0, other != row, isRival(entry, of: other) { freed.append(other) }
            }
            for other in freed where labels[other] == .fragile {
                rivals[other] -= 1
                if isProven(other) { proven.append(other) }
            }
        }
        for row in facilityOf.indices where facilityOf[row] < 0 && labels[row] != nil {
            let isSure = part.near.entries(of: row).allSatisfy { entry in
                guard least[entry] < .infinity else { return true }
                let other = featureOf[Int(part.near.indices[entry])]
                return other >= 0 && labels[other] == .stable
            }
            labels[row] = Stability(isStable: isSure)
        }
    }
}
