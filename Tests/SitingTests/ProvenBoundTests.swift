import Geometry
import TestSupport
import Testing

@testable import Siting

@Suite struct ProvenBoundTests {
    @Test func `what the proof shows is told apart from a solver's word`() throws {
        var generator = SeededGenerator(seed: 96)
        var problem = try ComposedProblem(&generator, for: "lscp", hasRequirements: false).problem
        while try problem.solve(.setCovering).objective ?? 0 < 3 {
            problem = try ComposedProblem(&generator, for: "lscp", hasRequirements: false).problem
        }
        let solution = try problem.solve(.setCovering)
        let bound = try #require(solution.bound)
        #expect(ProvenBound(of: solution, in: problem)?.value == bound)
        #expect(ProvenBound(of: solution, in: problem)?.word == nil)
        // Multipliers of 0 prove that no fewer than no sites are enough; the rest is a word.
        var weak = solution
        var node = BoundCertificate.Node()
        node.multipliers = [Array(repeating: 0, count: problem.demandIDs.count)]
        weak.certificate = SitingCertificate(proof: BoundCertificate(bound: 0, nodes: [node]))
        weak.certificate?.engine = "a solver"
        let proven = try #require(ProvenBound(of: weak, in: problem))
        #expect(proven.value == 0 && proven.word == "a solver")
        #expect(proven.gap(to: weak.objective) == 1)
        let check = try SitingVerification(of: .init(weak), .setCovering, problem)
        #expect(check.holds)
        let text = "0.0 proven (gap 100.0 %), \(bound) by a solver's word"
        #expect(check.checks.contains { $0.finding == text })
        // Without one who says so, it does not hold; nor does a word that the choice refutes.
        var claim = SitingVerification.Claim(weak)
        claim.certificate?.engine = nil
        #expect(try !SitingVerification(of: claim, .setCovering, problem).holds)
        claim = SitingVerification.Claim(weak)
        claim.bound = bound + 1
        #expect(try !SitingVerification(of: claim, .setCovering, problem).holds)
    }

    @Test func `the better of the own proof and the solver's dual is kept`() throws {
        guard hasSolver() else { return }
        var generator = SeededGenerator(seed: 97)
        // Coverings with a gap: each demand is reached by few of many sites.
        let table: [[Double?]] = (0..<70).map { _ in
            var row = [Double?](repeating: nil, count: 45)
            for _ in 0..<3 { row[Int.random(in: 0..<45, using: &generator)] = 1 }
            return row
        }
        let problem = try SitingProblem(
            demandIDs: (0..<70).map { "d\($0)" }, candidateIDs: (0..<45).map { "c\($0)" },
            costs: NeighbourRows(table))
        let whole = try problem.solve(.setCovering)
        let composed = try problem.composed(.setCovering, SitingOptions(), nil, whole: problem)
        #expect(whole.objective == composed.objective)
        for solution in [whole, composed] {
            let proven = try #require(ProvenBound(of: solution, in: problem))
            #expect(proven.value ?? 0 <= solution.bound ?? 0)
            #expect((proven.word == nil) == (proven.value == solution.bound))
            let check = try SitingVerification(of: .init(solution), .setCovering, problem)
            #expect(check.holds, "\(check.checks)")
        }
    }

    @Test func `that nothing is feasible is checked too`() throws {
        // Two demands that no candidate serves together, and one out of reach.
        let table: [[Double?]] = [[1, nil], [nil, 1]]
        func problem(_ table: [[Double?]]) throws -> SitingProblem {
            try SitingProblem(
                demandIDs: table.indices.map { "d\($0)" }, candidateIDs: ["c0", "c1"],
                costs: NeighbourRows(table))
        }
        let apart = try problem(table)
        for model in [SitingModel.pMedian(p: 1), .pCenter(p: 1)] {
            let solution = try apart.solve(model)
            #expect(solution.status == .infeasible)
            let check = try SitingVerification(of: .init(solution), model, apart)
            #expect(check.holds && check.checks[0].finding.contains("1 sites are proven"))
            // What can be reached is not infeasible.
            let both = try problem([[1, nil], [1, 1]])
            #expect(try !SitingVerification(of: .init(solution), model, both).holds)
        }
        let remote = try problem(table + [[nil, nil]])
        let solution = try remote.solve(.setCovering)
        let check = try SitingVerification(of: .init(solution), .setCovering, remote)
        #expect(check.holds && check.checks[0].finding == "d2 is out of reach of all candidates")
    }
}
