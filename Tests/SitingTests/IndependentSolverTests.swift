import Foundation
import TestSupport
import Testing

@testable import Siting

@Suite struct IndependentSolverTests {
    /// All models as mixed integer programs, as the textbooks write them: SciPy's `milp`, which is HiGHS.
    static let script = """
        import json, sys
        import numpy as np
        from scipy import sparse as sp
        from scipy.optimize import Bounds, LinearConstraint, milp
        ask = json.load(sys.stdin)
        d, w, p, reach = np.array(ask["costs"]), np.array(ask["weights"]), ask["p"], ask["reach"]
        o = np.array(ask["opening"])
        n, m = d.shape
        def solve(c, rows, whole):
            found = milp(c, constraints=[LinearConstraint(sp.csr_matrix(a), l, u) for a, l, u in rows],
                         bounds=Bounds(0, np.where(whole, 1, np.inf)), integrality=whole,
                         options=dict(mip_rel_gap=0))
            print(repr(float(found.fun)))
        # Columns: y (m), x (n times m), and the radius.
        once = sp.hstack([sp.csr_matrix((n, m)), sp.kron(sp.eye(n), np.ones((1, m)))])
        link = sp.hstack([-sp.kron(np.ones((n, 1)), sp.eye(m)), sp.eye(n * m)])
        count = np.r_[np.ones(m), np.zeros(n * m)]
        serve = [(once, 1, 1), (link, -np.inf, 0)]
        whole = np.r_[np.ones(m), np.zeros(n * m)]
        cost = (d * w[:, None]).ravel()
        solve(np.r_[np.zeros(m), cost], serve + [(count, p, p)], whole)
        solve(np.r_[o, cost], serve, whole)
        far = sp.hstack([sp.csr_matrix((n, m)),
                         sp.block_diag([row[None, :] for row in d]), -np.ones((n, 1))])
        wide = [(sp.hstack([a, sp.csr_matrix((a.shape[0], 1))]), l, u) for a, l, u in serve]
        solve(np.r_[np.zeros(m + n * m), 1], wide + [(far, -np.inf, 0), (np.r_[count, 0], p, p)],
              np.r_[whole, 0])
        a = (d <= reach).astype(float)
        solve(np.ones(m), [(a, 1, np.inf)], np.ones(m))
        solve(np.r_[np.zeros(m), -w], [(np.hstack([-a, np.eye(n)]), -np.inf, 0),
              (np.r_[np.ones(m), np.zeros(n)], p, p), (np.hstack([np.zeros((n, m)), np.eye(n)]), 0, 1)],
              np.r_[np.ones(m), np.zeros(n)])
        """

    struct Question: Encodable {
        let costs: [[Double]]
        let weights: [Double]
        let opening: [Double]
        let p: Int
        let reach: Double
    }

    @Test(arguments: [UInt64(61), 62])
    func `an independent solver finds the same optima`(seed: UInt64) throws {
        guard let python = SharedData.tool("python3"),
            try SharedData.run(python, ["-c", "from scipy.optimize import milp"]).code == 0
        else {
            print("skipped: no SciPy")
            return
        }
        let problem = try RelationTests.plane(40, 15, seed: seed)
            .with(openingCosts: (0..<15).map { Double(400 + 37 * ($0 % 7)) })
        let question = Question(
            costs: problem.demandIDs.indices.map { demand in problem.reach(demand).map(\.cost) },
            weights: problem.weights, opening: problem.openingCosts, p: 4, reach: 48)
        let answer = try SharedData.run(
            python, ["-c", Self.script], input: try JSONEncoder().encode(question))
        let expected = String(decoding: answer.output, as: UTF8.self)
            .split(whereSeparator: \.isNewline).compactMap { Double($0) }
        try #require(expected.count == 5, "\(answer.errors)")
        let near = try problem.within(question.reach)
        try #require(near.unreachable.isEmpty)
        for (solution, optimum) in [
            (try problem.solve(.pMedian(p: 4)), expected[0]),
            (try problem.solve(.facilityLocation), expected[1]),
            (try problem.solve(.pCenter(p: 4)), expected[2]),
            (try near.solve(.setCovering), expected[3]),
            (try near.solve(.maximalCovering(p: 4)), -expected[4]),
        ] {
            #expect(solution.status == .optimal)
            let objective = try #require(solution.objective)
            // Its tolerances are a part in 10⁶.
            #expect(
                (objective - optimum).magnitude <= 1e-6 * optimum.magnitude,
                "\(solution.model.name): \(objective), not \(optimum)")
        }
    }
}
