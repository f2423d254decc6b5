import Analysis
import Features
import Geometry
import TestSupport
import Testing

/// How far apart two ways of adding up the same numbers may come out.
private let rounding = 1e-9

private func near(_ a: Double, _ b: Double, _ tolerance: Double = rounding) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
}

/// What PySAL and scikit-learn find of made-up places; see Tests/Fixtures/concentration.
struct KnownConcentration {
    let places: [Position]
    let values: [Double]
    private let expected: [[String: String]]
    private let whole: [[String: String]]

    init() throws {
        let rows = try knownRows("concentration/places.csv")
        places = try rows.map { row in
            Position(
                try #require(Double(row["lon"] ?? "")), try #require(Double(row["lat"] ?? "")))
        }
        values = try rows.map { try #require(Double($0["value"] ?? "")) }
        expected = try knownRows("concentration/places-expected.csv")
        whole = try knownRows("concentration/whole-expected.csv")
    }

    func column(_ name: String) throws -> [Double] {
        try expected.map { try #require(Double($0[name] ?? "")) }
    }

    func whole(_ neighbours: String, _ measure: String) throws -> Double {
        let row = whole.first { $0["neighbours"] == neighbours && $0["measure"] == measure }
        return try #require(row.flatMap { Double($0["value"] ?? "") })
    }

    /// The neighbourhoods for which there are known answers.
    static let neighbourhoods: [(String, SpatialWeights.Neighbourhood)] = [
        ("nearest6", .nearest(6)), ("within15km", .within(.kilometres(15))),
    ]
}

struct SpatialStatisticsTests {
    @Test(arguments: KnownConcentration.neighbourhoods.indices)
    func `Moran and Getis-Ord are those of PySAL`(which: Int) async throws {
        let known = try KnownConcentration()
        let (name, neighbourhood) = KnownConcentration.neighbourhoods[which]
        let weights = try SpatialWeights(of: known.places, neighbourhood)
        let sizes = (0..<weights.count).map {
            Double(weights.starts[$0 + 1] - weights.starts[$0])
        }
        #expect(sizes == (try known.column("\(name)_neighbours")))
        let moran = try await MoranStatistic(
            of: known.values, weights, permutations: 999, seed: 3, tasks: 2)
        #expect(near(moran.value, try known.whole(name, "moran")))
        #expect(near(moran.expected, try known.whole(name, "expected")))
        #expect(near(moran.score, try known.whole(name, "z")))
        #expect(abs(moran.probability - (try known.whole(name, "p"))) < 1e-12)
        #expect(moran.significance == 1.0 / 1000)
        let quadrants: [MoranStatistic.Quadrant] = [.highHigh, .lowHigh, .lowLow, .highLow]
        for (row, local) in moran.local.enumerated() {
            #expect(near(local.value, try known.column("\(name)_local")[row]))
            guard sizes[row] > 0 else {
                #expect(local.significance == nil)
                continue
            }
            let quadrant = Int(try known.column("\(name)_quadrant")[row])
            #expect(local.quadrant == quadrants[quadrant - 1])
            // Both are shares of random draws: 5 standard deviations of the smaller number.
            let p = try known.column("\(name)_local_p")[row]
            #expect(
                abs((local.significance ?? 0) - p) < 5 * (p * (1 - p) / 999).squareRoot() + 2e-3)
        }
        let hot = try await GetisOrdStatistic(
            of: known.values, weights, permutations: 999, seed: 3, tasks: 2)
        for row in known.values.indices {
            // esda has no score for a place without neighbours where we have its own.
            guard sizes[row] > 0 else { continue }
            #expect(near(hot.scores[row], try known.column("\(name)_gi_z")[row]))
            #expect(near(hot.probabilities[row], try known.column("\(name)_gi_p")[row]))
            let p = try known.column("\(name)_gi_p_sim")[row]
            #expect(
                abs((hot.significances[row] ?? 0) - p) < 5 * (p * (1 - p) / 999).squareRoot()
                    + 2e-3)
        }
    }

    @Test func `any number of tasks gives the same bits, another seed others`() async throws {
        let known = try KnownConcentration()
        let weights = try SpatialWeights(of: known.places, .nearest(5))
        func measure(_ tasks: Int, seed: UInt64 = 9) async throws -> [Double?] {
            let moran = try await MoranStatistic(
                of: known.values, weights, permutations: 99, seed: seed, tasks: tasks)
            let hot = try await GetisOrdStatistic(
                of: known.values, weights, permutations: 99, seed: seed, tasks: tasks)
            return moran.local.map(\.significance) + [moran.significance, moran.value]
                + hot.significances + hot.scores.map { $0 }
        }
        let one = try await measure(1)
        #expect(try await measure(2) == one)
        #expect(try await measure(8) == one)
        #expect(try await measure(1, seed: 10) != one)
    }

    @Test func `too few, all alike, none near: an error says so`() async throws {
        let places = (0..<6).map { Position(127 + Double($0) * 0.1, 36) }
        let weights = try SpatialWeights(of: places, .nearest(2))
        let far = try SpatialWeights(of: places, .within(.metres(10)))
        #expect(far.islands == 6)
        await #expect(throws: AnalysisError.self) {
            try await MoranStatistic(of: Array(repeating: 3, count: 6), weights)
        }
        await #expect(throws: AnalysisError.self) {
            try await MoranStatistic(of: [1, 2, 3, 4, 5, 6], far)
        }
        let few = try SpatialWeights(of: Array(places.prefix(3)), .nearest(2))
        await #expect(throws: AnalysisError.self) {
            try await GetisOrdStatistic(of: [1, 2, 3], few)
        }
        #expect(throws: AnalysisError.self) { try SpatialWeights(of: places, .nearest(0)) }
        #expect(try SpatialWeights(of: [], .nearest(3)).count == 0)
    }

    @Test func `coincident places are neighbours, a place never of itself`() throws {
        let place = Position(127, 36)
        let places = [place, place, place, Position(127.1, 36)]
        for neighbourhood in [
            SpatialWeights.Neighbourhood.nearest(2), .within(.kilometres(1)),
        ] {
            let weights = try SpatialWeights(of: places, neighbourhood)
            for row in 0..<3 {
                let found = weights.neighbours[weights.starts[row]..<weights.starts[row + 1]]
                #expect(Array(found) == [0, 1, 2].filter { $0 != row })
            }
        }
    }

    @Test func `what is the same in all permutations is not significant`() async throws {
        // All but one have the same value: wherever it is not a neighbour, nothing can differ much.
        let places = (0..<40).map { Position(127 + Double($0) * 0.1, 36) }
        let values = places.indices.map { $0 == 0 ? 7.3 : 0.1 }
        let weights = try SpatialWeights(of: places, .nearest(2))
        let hot = try await GetisOrdStatistic(of: values, weights, permutations: 99)
        let moran = try await MoranStatistic(of: values, weights, permutations: 99)
        for row in 5..<40 {
            #expect(hot.significances[row] ?? 0 > 0.8)
            #expect(moran.local[row].significance ?? 0 > 0.8)
        }
        let alike = LocationQuotients(
            regions: ["a", "b", "b"], kinds: ["x", "x", "x"], amounts: [1.1, 2.3, 3.7],
            permutations: 99)
        #expect(alike.rows.map(\.significance) == [1, 1])
    }

    @Test func `location quotients are those worked out by hand`() {
        // Of 10 in all, 4 are in a, 6 in b; 5 are x, 5 are y; 3 of the 4 in a are x.
        let regions: [String?] = ["a", "a", "a", "a", "b", "b", "b", "b", "b", "b", nil]
        let kinds: [String?] = ["x", "x", "x", "y", "x", "x", "y", "y", "y", "y", "x"]
        let found = LocationQuotients(
            regions: regions, kinds: kinds, amounts: regions.map { _ in 1 })
        #expect(found.uncounted == 1)
        #expect(found.rows.map(\.quotient) == [1.5, 0.5, (2.0 / 6) / 0.5, (4.0 / 6) / 0.5])
        #expect(found.rows.map(\.amount) == [3, 1, 2, 4])
        // Of the 210 ways to choose the four in a, 55 have three or more x.
        let tested = LocationQuotients(
            regions: regions, kinds: kinds, amounts: regions.map { _ in 1 }, permutations: 4000,
            seed: 2)
        #expect(tested.rows.map(\.quotient) == found.rows.map(\.quotient))
        let exact = 55.0 / 210
        let spread = (exact * (1 - exact) / 4000).squareRoot()
        for row in [0, 3] {
            #expect(abs((tested.rows[row].significance ?? 0) - exact) < 5 * spread)
        }
        #expect(found.rows.allSatisfy { $0.significance == nil })
        let weighted = LocationQuotients(
            regions: ["a", "b"], kinds: ["x", "y"], amounts: [0, 2])
        #expect(weighted.rows.map(\.quotient) == [nil, nil, nil, 1])
        #expect(LocationQuotients(regions: [], kinds: [], amounts: []).rows.isEmpty)
    }
}
