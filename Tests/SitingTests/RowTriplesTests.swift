import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct RowTriplesTests {
    @Test func `the greatest gain with penalties of triples is that of trying all`() throws {
        var generator = SeededGenerator(seed: 97)
        var penalised = 0
        for _ in 0..<300 {
            let count = Int.random(in: 3...9, using: &generator)
            var items = (0..<count).map {
                Knapsack.Item(
                    row: $0, gain: Double(Int.random(in: 1...30, using: &generator)),
                    load: Double(Int.random(in: 0...12, using: &generator)))
            }
            let room = Double(Int.random(in: 12...30, using: &generator))
            let triples = (0..<4).map { _ in
                Array(Array(0..<count).shuffled(using: &generator).prefix(3))
            }
            let penalties = triples.map { _ in Double.random(in: 0...20, using: &generator) }
            func gain(_ taken: [Int]) -> Double {
                zip(triples, penalties).reduce(taken.reduce(0) { $0 + items[$1].gain }) {
                    $1.0.count { taken.contains($0) } > 1 ? $0 - $1.1 : $0
                }
            }
            let sets = (0..<(1 << count)).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
            let best = sets.reduce(0.0) { best, taken in
                taken.reduce(0) { $0 + items[$1].load } > room ? best : max(best, gain(taken))
            }
            let given = items
            var knapsack = Knapsack()
            knapsack.triples = try #require(RowTriples(triples, rows: count))
            knapsack.penalties = penalties
            knapsack.fill(&items, room: room)
            knapsack.solve()
            items = given
            #expect(knapsack.value >= best && knapsack.value <= best + 1e-9)
            let taken = knapsack.taken.map { knapsack.items[$0].row }
            #expect((gain(taken) - best).magnitude < 1e-9)
            if best < taken.reduce(0, { $0 + items[$1].gain }) - 1e-9 { penalised += 1 }
        }
        #expect(penalised > 20)
    }

    @Test(arguments: ["p-median", "uflp"])
    func `no triples prove more than what trying all finds`(name: String) throws {
        var generator = SeededGenerator(seed: 98)
        var seen = 0
        for _ in 0..<60 {
            let small = try ComposedProblem(
                &generator, for: name, hasRequirements: false, hasCapacities: true)
            let model = try ComposedTests.model(name, p: small.p)
            let instance = CapacitatedInstance(small.problem, model)
            guard let best = small.best(model), instance.rows > 2 else { continue }
            seen += 1
            let triples = (0..<5).map { _ in
                Array((0..<instance.rows).shuffled(using: &generator).prefix(3))
            }
            for scale in [1.0, 5, 20] {
                let multipliers = (0..<instance.rows + 5).map { _ in
                    scale * Double.random(in: 0...2, using: &generator)
                }
                let bound = instance.bound(multipliers, triples: triples)
                if small.problem.requirements.isSplit {
                    #expect(bound == nil)
                } else {
                    #expect(try #require(bound) <= best + 1e-9 * max(1, best))
                }
            }
        }
        #expect(seen > 10)
    }

    @Test
    func `triples raise the bound of points in a square, and a proof that was changed is refused`()
        throws
    {
        let model = SitingModel.pMedian(p: 8)
        let problem = try CapacitatedTests.square(40, room: 1.08, p: 8, seed: 3)
        let formulation = try SitingFormulation(model, problem)
        var search = CapacitatedSearch(formulation)
        search.run(until: nil, gap: 0, mostMultipliers: 100_000)
        let (rows, tree) = (try #require(search.proof()), try #require(search.tree))
        #expect(tree.count == 1 && tree.triples.count > 3)
        #expect(tree.bound > rows.value * 1.002)
        let choice = try #require(search.choice)
        var proof = tree.certificate
        func bound(_ proof: BoundCertificate) -> Double? {
            CapacitatedTree.bound(proof.nodes, triples: proof.triples, problem, model)
        }
        #expect(bound(proof) == tree.bound)
        var cost = 0.0
        for (demand, site) in choice.assignment.enumerated() {
            let site = try #require(site)
            cost += try #require(problem.cost(demand, site))
        }
        #expect(tree.bound <= cost)
        let whole = proof
        proof.nodes[0].multipliers[0][40] = -1
        #expect(bound(proof) == nil)
        for triple in [[0, 0, 1], [0, 1], [0, 1, 2, 3], [0, 1, 40], [-1, 0, 1]] {
            proof = whole
            proof.triples[0] = triple
            #expect(bound(proof) == nil, "\(triple)")
        }
        proof = whole
        proof.triples.removeLast()
        #expect(bound(proof) == nil)
        var asked = problem.requirements
        asked.isSplit = true
        let divided = try problem.with(asked)
        #expect(CapacitatedTree.bound(whole.nodes, triples: whole.triples, divided, model) == nil)
    }

    @Test func `what was served in halves is found`() {
        var columns = ServedColumns()
        // Each of three sites serves two of three rows half of the time; a fourth row is always alone.
        for _ in 0..<100 { columns.add([[0, 1], [3]]) }
        #expect(columns.triples(atMost: 9, besides: RowTriples(rows: 4)).isEmpty)
        columns = ServedColumns()
        for round in 0..<300 {
            columns.add([
                [[0, 1], [1, 2], [2, 0]][round % 3], [[1, 2], [2, 0], [0, 1]][round % 3],
            ])
        }
        #expect(columns.triples(atMost: 9, besides: RowTriples(rows: 4)) == [[0, 1, 2]])
        var known = RowTriples(rows: 4)
        known.add([0, 1, 2])
        #expect(columns.triples(atMost: 9, besides: known).isEmpty)
    }
}
