/// Classes of numbers with the least sum of squared deviations from the means of their classes.
///
/// G. F. Jenks's natural breaks (1967) in the exact form of W. D. Fisher, On grouping for maximum
/// homogeneity, 1958, https://doi.org/10.1080/01621459.1958.10501479: dynamic programming over the
/// sorted numbers. The best beginning of the last class never falls as numbers are added, by which
/// each step halves its search.
public enum NaturalBreaks {
    /// Returns where classes end.
    ///
    /// - Parameters:
    ///   - values: Finite numbers, ascending, each once.
    ///   - weights: How often each occurs, above 0.
    ///   - count: How many classes; no more than there are numbers.
    /// - Returns: The index behind the last number of each class, ascending, the last one
    ///   `values.count`. Among equally good classes, those that begin earliest from the end.
    /// - Complexity: O(k · n log n) for n numbers and k classes.
    public static func ends(
        of values: [Double], weights: [Double], classes count: Int
    ) -> [Int] {
        let n = values.count
        let classes = min(count, n)
        guard classes > 1 else { return n == 0 ? [] : [n] }
        let search = Search(values, weights)
        var cost = (0..<n).map { search.cost(0, $0) }
        var starts: [[Int]] = []
        for number in 1..<classes {
            var next = [Double](repeating: .infinity, count: n)
            var start = [Int](repeating: number, count: n)
            search.step(number, cost, &next, &start, number...(n - 1), number...(n - 1))
            cost = next
            starts.append(start)
        }
        var ends = [n]
        for start in starts.reversed() { ends.append(start[ends[ends.count - 1] - 1]) }
        return ends.reversed()
    }

    /// Sums over runs of the numbers.
    private struct Search {
        /// Sums of weights, of numbers and of their squares before each index.
        private var sums: [(weight: Double, value: Double, square: Double)] = [(0, 0, 0)]

        init(_ values: [Double], _ weights: [Double]) {
            // Numbers around their mean lose no digits to a common offset.
            var total = 0.0
            var weight = 0.0
            for i in values.indices {
                total += weights[i] * values[i]
                weight += weights[i]
            }
            let mean = total / weight
            sums.reserveCapacity(values.count + 1)
            var last = sums[0]
            for i in values.indices {
                let value = values[i] - mean
                last.weight += weights[i]
                last.value += weights[i] * value
                last.square += weights[i] * value * value
                sums.append(last)
            }
        }

        /// The squared deviations of a class from its mean, both ends included.
        func cost(_ first: Int, _ last: Int) -> Double {
            let (a, b) = (sums[first], sums[last + 1])
            let value = b.value - a.value
            return max(0, b.square - a.square - value * value / (b.weight - a.weight))
        }

        /// Finds the best beginning of a class that ends at each index of a range.
        func step(
            _ number: Int, _ before: [Double], _ cost: inout [Double], _ start: inout [Int],
            _ range: ClosedRange<Int>, _ candidates: ClosedRange<Int>
        ) {
            let middle = (range.lowerBound + range.upperBound) / 2
            var best = candidates.lowerBound
            var least = Double.infinity
            for first in candidates.lowerBound...min(candidates.upperBound, middle) {
                let sum = before[first - 1] + self.cost(first, middle)
                if sum < least {
                    least = sum
                    best = first
                }
            }
            cost[middle] = least
            start[middle] = best
            if middle > range.lowerBound {
                step(
                    number, before, &cost, &start, range.lowerBound...(middle - 1),
                    candidates.lowerBound...best)
            }
            if middle < range.upperBound {
                step(
                    number, before, &cost, &start, (middle + 1)...range.upperBound,
                    best...candidates.upperBound)
            }
        }
    }
}
