internal import Geometry

/// Whether each feature would get the same facility, or none, wherever things truly lie, where the
/// nearest pair is taken first.
///
/// A pair is *first* at its feature where the feature's others that may be taken at all are farther
/// in every truth: when its turn comes, the feature is free, so its facility is taken then if it was
/// not before, and no farther pair of that facility is ever taken. Likewise at its facility. A pair
/// that is first at both is taken in every truth, and no other of either. What is proven so strikes
/// out pairs, which makes others the first. Distances count as if each were off by itself: `fragile`
/// may be said of what is not.
struct GreedyCertainty {
    /// For each feature; `nil` for one without a place.
    private(set) var labels: [Stability?]

    /// A pair that may be within the limit.
    private struct Pair {
        let row: Int32
        let column: Int32
        /// Between which distances it truly lies, in metres; within any for one not surely within
        /// the limit.
        let low: Double
        let high: Double
        var isOut = false
    }

    /// The pairs of one feature or facility, those that may be the nearest before others.
    private struct Line {
        var pairs: [Int32] = []
        /// Where the first of those that are not out stands, and the next.
        var first = 0
        var next = 1
        /// Behind this all are out.
        var end = 0
    }

    private var pairs: [Pair] = []
    /// The features, then the facilities.
    private var lines: [Line]
    private let features: Int
    /// Lines of which a pair has gone out, to be looked at anew.
    private var waiting: [Int] = []
    private var isWaiting: [Bool]

    /// Judges pairs.
    ///
    /// - Parameters:
    ///   - table: What each feature gets.
    ///   - part: The features, with the pairs that may be within the limit.
    ///   - errors: How far distances may be off.
    ///   - limit: The greatest distance that counts, in metres.
    /// - Complexity: O(n + r log r) for n features and r pairs.
    init(
        of table: NeighbourTable, _ part: Allocation.Part, _ errors: DistanceErrors,
        within limit: Double
    ) {
        features = table.rows
        lines = Array(repeating: Line(), count: features + errors.facilities.count)
        isWaiting = lines.map { _ in true }
        labels = (0..<features).map { part.places[$0] == nil ? nil : .fragile }
        let accuracies = part.accuracies ?? []
        if errors.isExact([accuracies]) {
            // Where nothing can be elsewhere, the pairs are those that are found, ties or not.
            labels = labels.map { $0.map { _ in .stable } }
            return
        }
        for row in 0..<features {
            for entry in part.near.entries(of: row) {
                let column = part.near.indices[entry]
                guard
                    let range = errors.range(
                        part.near.distances[entry], accuracies[row], Int(column), within: limit)
                else { continue }
                lines[row].pairs.append(Int32(pairs.count))
                lines[features + Int(column)].pairs.append(Int32(pairs.count))
                pairs.append(
                    Pair(
                        row: Int32(row), column: column, low: range.low,
                        high: range.isSure ? range.high : .infinity))
            }
        }
        for line in lines.indices {
            lines[line].pairs.sort { (pairs[Int($0)].low, $0) < (pairs[Int($1)].low, $1) }
            lines[line].end = lines[line].pairs.count
        }
        waiting = Array(lines.indices)
        while let line = waiting.popLast() {
            isWaiting[line] = false
            look(at: line)
        }
        for row in 0..<features where labels[row] != nil && table[row, 0] == nil {
            labels[row] = Stability(isStable: lines[row].pairs.allSatisfy { pairs[Int($0)].isOut })
        }
    }

    /// The pair that is the first of a line in every truth.
    private mutating func first(of line: Int) -> Int? {
        func isOut(_ at: Int) -> Bool {
            at < lines[line].end && pairs[Int(lines[line].pairs[at])].isOut
        }
        while isOut(lines[line].first) { lines[line].first += 1 }
        lines[line].next = max(lines[line].next, lines[line].first + 1)
        while isOut(lines[line].next) { lines[line].next += 1 }
        guard lines[line].first < lines[line].end else { return nil }
        let first = Int(lines[line].pairs[lines[line].first])
        guard pairs[first].high < .infinity else { return nil }
        guard lines[line].next < lines[line].end else { return first }
        let next = Int(lines[line].pairs[lines[line].next])
        return pairs[next].low > pairs[first].high ? first : nil
    }

    /// Strikes out what cannot be taken because of the first pair of a line.
    private mutating func look(at line: Int) {
        guard let first = first(of: line) else { return }
        let (row, column) = (Int(pairs[first].row), features + Int(pairs[first].column))
        let other = line == row ? column : row
        if self.first(of: other) == first {
            labels[row] = .stable
            strike(row, after: -.infinity, but: first)
            strike(column, after: -.infinity, but: first)
        } else {
            strike(other, after: pairs[first].high, but: first)
        }
    }

    /// Strikes out the pairs of a line that are farther than some distance in every truth.
    private mutating func strike(_ line: Int, after distance: Double, but kept: Int) {
        while lines[line].first < lines[line].end {
            let at = Int(lines[line].pairs[lines[line].end - 1])
            if !pairs[at].isOut {
                guard at != kept, pairs[at].low > distance else { break }
                pairs[at].isOut = true
                wait(Int(pairs[at].row))
                wait(features + Int(pairs[at].column))
            }
            lines[line].end -= 1
        }
    }

    private mutating func wait(_ line: Int) {
        if isWaiting[line] { return }
        isWaiting[line] = true
        waiting.append(line)
    }
}
