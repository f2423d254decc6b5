import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct CapacitatedTests {
    @Test func `the greatest gain of a knapsack is that of trying all`() {
        var generator = SeededGenerator(seed: 81)
        for _ in 0..<300 {
            let count = Int.random(in: 0...9, using: &generator)
            var items = (0..<count).map {
                Knapsack.Item(
                    row: $0, gain: Double(Int.random(in: 1...30, using: &generator)),
                    load: Double(Int.random(in: 0...12, using: &generator)))
            }
            let room = Double(Int.random(in: 12...30, using: &generator))
            let best = (0..<(1 << count)).reduce(0.0) { best, bits in
                let taken = items.indices.filter { bits >> $0 & 1 == 1 }
                let load = taken.reduce(0) { $0 + items[$1].load }
                return load > room ? best : max(best, taken.reduce(0) { $0 + items[$1].gain })
            }
            var knapsack = Knapsack()
            knapsack.fill(&items, room: room)
            knapsack.solve()
            #expect(knapsack.value >= best && knapsack.value <= best + 1e-9)
            #expect(knapsack.relaxed >= best)
            let gain = knapsack.taken.reduce(0) { $0 + knapsack.items[$1].gain }
            #expect((gain - best).magnitude < 1e-9)
        }
    }

    @Test(arguments: ["p-median", "uflp"])
    func `no multipliers prove more than what trying all finds`(name: String) throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 82)
        var seen = 0
        for _ in 0..<15 {
            let small = try ComposedProblem(
                &generator, for: name, hasRequirements: false, hasCapacities: true)
            let model = try ComposedTests.model(name, p: small.p)
            guard let best = small.best(model) else { continue }
            let solution = try small.problem.solve(model)
            guard let proof = solution.certificate?.linear else { continue }
            seen += 1
            let instance = CapacitatedInstance(small.problem, model)
            #expect(instance.bound(proof.multipliers + [1]) == nil)
            for scale in [0.0, 1, 10] {
                let changed = proof.multipliers.map {
                    $0 + scale * Double.random(in: -1...1, using: &generator)
                }
                #expect(try #require(instance.bound(changed)) <= best + 1e-9)
            }
            var claim = SitingVerification.Claim(solution)
            claim.certificate?.linear?.value = best * 1.01 + 1
            #expect(try !SitingVerification(of: claim, model, small.problem).holds)
        }
        #expect(seen > 5)
    }

    @Test func `where the forced sites are all there may be, they serve at least cost`() throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 84)
        var seen = 0
        for _ in 0..<25 {
            var small = try ComposedProblem(
                &generator, for: "p-median", hasRequirements: false, hasCapacities: true)
            small.problem = try small.problem.with(
                forced: Array(small.problem.candidateIDs.suffix(small.p)), forbidden: [])
            let model = SitingModel.pMedian(p: small.p)
            let solution = try small.problem.solve(model)
            let best = small.best(model)
            #expect(ComposedTests.isSame(solution.objective, best))
            #expect(solution.status == (best == nil ? .infeasible : .optimal))
            if small.p < small.problem.candidateIDs.count, best != nil { seen += 1 }
        }
        #expect(seen > 1)
    }

    @Test func `what the own search settles is not said to be the solver's word`() throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 85)
        var own = 0
        for _ in 0..<25 {
            let small = try ComposedProblem(
                &generator, for: "p-median", hasRequirements: false, hasCapacities: true)
            let model = SitingModel.pMedian(p: small.p)
            guard small.best(model) != nil else { continue }
            var options = SitingOptions()
            options.gap = 0.5
            let solution = try small.problem.solve(model, options)
            let proof = try #require(solution.certificate?.linear)
            #expect(solution.method.contains("CBC") == (proof.engine != nil))
            guard proof.engine == nil else { continue }
            own += 1
            var claim = SitingVerification.Claim(solution)
            #expect(try SitingVerification(of: claim, model, small.problem).holds)
            // Nobody's word stands for more than is proven.
            claim.bound = (claim.bound ?? 0) * (1 + 1e-7) + 1e-7
            #expect(try !SitingVerification(of: claim, model, small.problem).holds)
        }
        #expect(own > 3)
    }

    @Test func `the gap of sixty points in a square is small, and proven`() throws {
        guard hasSolver() else { return }
        let problem = try Self.square(60, room: 1.25, p: 5, seed: 83)
        var options = SitingOptions()
        options.gap = 0.02
        let solution = try problem.solve(.pMedian(p: 5), options)
        #expect(solution.status == .gap || solution.status == .optimal)
        #expect(solution.gap ?? 1 <= 0.02)
        #expect(solution.certificate?.linear?.multipliers.count == 60)
        let verification = try SitingVerification(of: .init(solution), .pMedian(p: 5), problem)
        #expect(verification.holds, "\(verification.checks)")
    }

    @Test func `a tree of parts keeps to the multipliers that a proof may hold`() throws {
        let problem = try Self.square(20, room: 1.05, p: 4, seed: 96)
        let formulation = try SitingFormulation(.pMedian(p: 4), problem)
        func tree(_ mostParts: Int) throws -> (count: Int, multipliers: Int) {
            var search = CapacitatedSearch(formulation)
            // Without room for triples, which may leave nothing to be divided.
            search.run(
                until: .now + .seconds(600), gap: 0, mostMultipliers: mostParts * 20)
            let tree = try #require(search.tree)
            let leaves = tree.certificate.nodes.map { $0.multipliers.joined().count }
            return (tree.count, leaves.reduce(0, +))
        }
        let (some, more) = (try tree(2), try tree(4))
        #expect(some.count == 3 && some.multipliers <= 2 * 20)
        #expect(more.count == 5 && more.multipliers <= 4 * 20)
    }

    /// Points in a square that are demand and candidates at once, with loads that fill what sites can serve.
    static func square(_ count: Int, room: Double, p: Int, seed: UInt64) throws -> SitingProblem {
        var generator = SeededGenerator(seed: seed)
        let points = (0..<count).map { _ in
            (
                Double.random(in: 0...100, using: &generator),
                Double.random(in: 0...100, using: &generator)
            )
        }
        let table: [[Double?]] = points.map { a in
            points.map { b in
                let (x, y) = (a.0 - b.0, a.1 - b.1)
                return (x * x + y * y).squareRoot()
            }
        }
        let ids = points.indices.map(String.init)
        var asked = SitingRequirements()
        asked.loads = points.map { _ in Double.random(in: 1...20, using: &generator) }
        let capacity = asked.loads.reduce(0, +) * room / Double(p)
        asked.capacities = Array(repeating: capacity, count: count)
        return try SitingProblem(
            demandIDs: ids, candidateIDs: ids, weights: nil, costs: NeighbourRows(table)
        ).with(asked)
    }

    @Test(arguments: ["p-median", "uflp"])
    func `a tree of parts proves no more than the best, and more than one list`(
        name: String
    ) throws {
        var generator = SeededGenerator(seed: 95)
        var (seen, raised) = (0, 0)
        for draw in 0..<120 {
            let small = try ComposedProblem(
                &generator, for: name, hasRequirements: draw % 4 == 0, hasCapacities: true)
            let model = try ComposedTests.model(name, p: small.p)
            guard let best = small.best(model) else { continue }
            seen += 1
            let instance = CapacitatedInstance(small.problem, model)
            let multipliers = [Double](repeating: 5, count: instance.rows)
            let root = try #require(instance.bound(multipliers))
            var tree = CapacitatedTree(small.problem, model, multipliers, bound: root)
            for _ in 0..<12 {
                guard tree.divide(best: best, enough: best + 1, until: nil) != nil else { break }
            }
            #expect(tree.bound >= root && tree.bound <= best + 1e-9 * max(1, best))
            if tree.bound > root + 1e-6 { raised += 1 }
            let proof = tree.certificate
            let proven = try #require(CapacitatedTree.bound(proof.nodes, small.problem, model))
            #expect(proven <= best + 1e-9 * max(1, best), "draw \(draw)")
            #expect(proven >= tree.bound - 1e-6 * max(1, tree.bound.magnitude), "draw \(draw)")
            // A part that is left out, or divided in a circle, proves nothing.
            var broken = proof.nodes
            guard broken[0].site != nil else { continue }
            broken[0].closed = broken.count
            #expect(CapacitatedTree.bound(broken, small.problem, model) == nil)
            broken[0].closed = 0
            #expect(CapacitatedTree.bound(broken, small.problem, model) ?? -1 <= best + 1e-9)
        }
        #expect(seen > 10 && raised > 5)
    }
}
