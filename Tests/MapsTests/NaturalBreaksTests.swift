import Maps
import TestSupport
import Testing

struct NaturalBreaksTests {
    /// The squared deviations of all classes that end at the places given.
    private func cost(_ values: [Double], _ weights: [Double], _ ends: [Int]) -> Double {
        var start = 0
        var sum = 0.0
        for end in ends {
            let range = start..<end
            let weight = range.reduce(0.0) { $0 + weights[$1] }
            let mean = range.reduce(0.0) { $0 + weights[$1] * values[$1] } / weight
            sum += range.reduce(0.0) {
                $0 + weights[$1] * (values[$1] - mean) * (values[$1] - mean)
            }
            start = end
        }
        return sum
    }

    /// All ways to end so many classes.
    private func ways(_ n: Int, _ classes: Int, from: Int = 1) -> [[Int]] {
        if classes == 1 { return [[n]] }
        guard from <= n - classes + 1 else { return [] }
        return (from...(n - classes + 1)).flatMap { end in
            ways(n, classes - 1, from: end + 1).map { [end] + $0 }
        }
    }

    @Test func `no other classes have a smaller sum of squares`() {
        var random = SeededGenerator(seed: 29)
        for _ in 0..<60 {
            let n = Int.random(in: 1...12, using: &random)
            let offset = Bool.random(using: &random) ? 1e6 : 0
            var values: Set<Double> = []
            while values.count < n {
                values.insert(offset + Double(Int.random(in: 0...60, using: &random)))
            }
            let sorted: [Double] = values.sorted()
            let weights: [Double] = sorted.map { _ in Double(Int.random(in: 1...4, using: &random))
            }
            for classes in 1...5 {
                let ends = NaturalBreaks.ends(of: sorted, weights: weights, classes: classes)
                #expect(ends.count == min(classes, n))
                #expect(ends.last == n)
                var best = Double.infinity
                for way in ways(n, min(classes, n)) { best = min(best, cost(sorted, weights, way)) }
                #expect(abs(cost(sorted, weights, ends) - best) < 1e-6)
            }
        }
    }

    @Test func `groups that lie apart become the classes`() {
        let values = [1.0, 2, 3, 20, 21, 22, 80, 81, 82, 83]
        let ends = NaturalBreaks.ends(
            of: values, weights: Array(repeating: 1, count: values.count), classes: 3)
        #expect(ends == [3, 6, 10])
    }

    @Test func `no numbers make no class`() {
        #expect(NaturalBreaks.ends(of: [], weights: [], classes: 4).isEmpty)
        #expect(ClassedNumbers([.nan], by: .jenks, count: 4).classes.isEmpty)
    }

    @Test func `every number is in one class, and equal numbers in the same`() {
        var random = SeededGenerator(seed: 30)
        for method in ClassMethod.allCases {
            for _ in 0..<40 {
                let numbers = (0..<50).map { _ in
                    Double(Int.random(in: -9...9, using: &random)) / 10
                }
                let classed = ClassedNumbers(numbers, by: method, count: 4)
                #expect(classed.classes.count <= 4)
                for number in numbers {
                    let index = classed.index(of: number)
                    let range = index.map { classed.classes[$0] }
                    #expect(range.map { $0.least <= number && number <= $0.greatest } == true)
                }
            }
        }
    }

    @Test func `quantiles hold as many numbers each, and equal classes are equally wide`() {
        let numbers = (1...20).map { Double($0 * $0) }
        let quantiles = ClassedNumbers(numbers, by: .quantile, count: 4)
        let counts = (0..<4).map { i in numbers.count { quantiles.index(of: $0) == i } }
        #expect(counts == [5, 5, 5, 5])
        let equal = ClassedNumbers([0, 1, 10], by: .equal, count: 5)
        #expect(equal.classes.map(\.greatest) == [2, 4, 6, 8, 10])
        #expect(ClassedNumbers([7, 7], by: .equal, count: 5).classes.count == 1)
    }
}
