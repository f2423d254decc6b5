import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

struct HuffCalibrationTests {
    private static let demand: [Position] = {
        var random = SeededGenerator(seed: 601)
        return random.korea(25)
    }()
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 602)
        return random.korea(6)
    }()
    private static let sizes: [Double] = [3, 10, 1, 6, 25, 4]

    private func model(
        _ alpha: Double, _ beta: Double, sizes: [Double] = sizes, within limit: Double? = nil
    ) throws -> HuffModel {
        let batch = FeatureBatch(points: Self.facilities).with("size", .double(sizes.map { $0 }))
        return try HuffModel(
            to: FacilityLayer(name: "malls", batch), attractionField: "size", alpha: alpha,
            beta: beta, within: limit.map { .metres($0) }, weightField: "n")
    }

    private static let batch = FeatureBatch(points: demand)
        .with("n", .double(demand.indices.map { Double(100 + 20 * $0) }))

    /// Flows as a table, each changed by a rule.
    private func flows(
        of model: HuffModel, _ change: (Int, Double) -> Double = { $1 }
    ) throws -> FeatureBatch {
        var table = try model.measure(Self.batch, layer: "homes").flows(of: model)
        let changed = table.numbers("flow").enumerated().map { change($0, $1 ?? 0) }
        table.set("flow", .double(changed.map { $0 }))
        return table
    }

    private func calibrated(
        _ table: FeatureBatch, _ model: HuffModel
    ) throws -> HuffCalibration {
        try model.calibrated(
            to: ObservedFlows(table, layer: "flows"),
            Self.batch.cut(into: 9).map { try model.measure($0, layer: "homes") })
    }

    @Test func `exponents by which flows were made are found again`() throws {
        for (alpha, beta) in [(1.0, 2.0), (0.4, 0.9), (-0.3, 3.1), (0, 0)] {
            let made = try flows(of: model(alpha, beta))
            let found = try calibrated(made, model(1, 2))
            #expect(abs(try #require(found.alpha) - alpha) < 1e-8)
            #expect(abs(found.beta - beta) < 1e-8)
            #expect(found.misplacedShare < 1e-9 && found.unused < 1e-6)
            #expect(found.iterations < 20)
        }
    }

    @Test func `the maximum and its errors are those of SciPy and of second differences`() throws {
        let truth = try model(0.8, 1.4)
        let table = try flows(of: truth) { row, flow in
            (flow * (1 + 0.6 * Double(row % 7 - 3) / 3)).rounded()
        }
        let found = try calibrated(table, truth)
        guard let python = SharedData.tool("python3"),
            try SharedData.run(python, ["-c", "import scipy"]).code == 0
        else {
            print("skipped: no SciPy")
            return
        }
        let costs = Self.demand.map { a in Self.facilities.map { karney(a, $0) } }
        let counts = Self.demand.indices.map { i in
            Self.facilities.indices.map { table.numbers("flow")[i * 6 + $0] ?? 0 }
        }
        let script = """
            import numpy as np
            from scipy.optimize import minimize
            d, n, s = np.array(\(costs)), np.array(\(counts)), np.array(\(Self.sizes))
            def f(x):
                u = x[0] * np.log(s) - x[1] * np.log(d)
                u = u - u.max(axis=1, keepdims=True)
                return -(n * (u - np.log(np.exp(u).sum(axis=1, keepdims=True)))).sum()
            r = minimize(f, [0.5, 1.0], method="Nelder-Mead",
                         options=dict(xatol=1e-10, fatol=1e-12, maxiter=5000))
            h = 1e-4
            def second(i, j):
                e = np.eye(2) * h
                return (f(r.x+e[i]+e[j]) - f(r.x+e[i]-e[j])
                        - f(r.x-e[i]+e[j]) + f(r.x-e[i]-e[j])) / (4*h*h)
            c = np.linalg.inv([[second(0,0), second(0,1)], [second(1,0), second(1,1)]])
            print(*map(repr, map(float, [r.x[0], r.x[1], c[0,0]**.5, c[1,1]**.5, -r.fun, -f([0,0])])))
            """
        let outcome = try SharedData.run(python, ["-c", script])
        let expected = String(decoding: outcome.output, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        try #require(expected.count == 6, "\(outcome.errors)")
        #expect(abs(try #require(found.alpha) - expected[0]) < 1e-5)
        #expect(abs(found.beta - expected[1]) < 1e-5)
        #expect(abs(try #require(found.alphaError) / expected[2] - 1) < 1e-3)
        #expect(abs(found.betaError / expected[3] - 1) < 1e-3)
        #expect(abs(found.logLikelihood / expected[4] - 1) < 1e-9)
        #expect(abs(found.nullLogLikelihood / expected[5] - 1) < 1e-12)
        #expect(found.pseudoR2 > 0.1 && found.pseudoR2 < 1)
        #expect(found.r2 > 0.8 && found.misplacedShare > 0.05 && found.standardisedError > 0)
    }

    @Test func `where all attract alike only the distance is learned`() throws {
        let alike = try model(1, 1.7, sizes: [5, 5, 5, 5, 5, 5])
        let found = try calibrated(try flows(of: alike), alike)
        #expect(found.alpha == nil && found.alphaError == nil)
        #expect(abs(found.beta - 1.7) < 1e-8)
    }

    @Test func `flows that are not within reach are told and not used`() throws {
        let model = try model(1, 2, within: 150_000)
        var table = try flows(of: model)
        let known = table.numbers("flow").reduce(0) { $0 + ($1 ?? 0) }
        let stranger = try flows(of: self.model(1, 2)).taking([0]).with("from_id", .string(["?"]))
            .with("flow", .double([77]))
        table = .joining([table, stranger])
        let found = try calibrated(table, model)
        #expect(abs(found.unused - 77) < 1e-6 && abs(found.total - known) < 1e-6)
        #expect(abs(found.beta - 2) < 1e-8)
    }

    @Test func `flows that tell nothing are an error`() throws {
        let model = try model(1, 2)
        let none = try flows(of: model) { _, _ in 0 }
        // Everybody to the nearest without exception: the exponent would be infinite.
        let nearest = Self.demand.flatMap { place -> [Double] in
            let first = scan(Self.facilities, from: place)[0].index
            return Self.facilities.indices.map { $0 == first ? 10 : 0 }
        }
        let all = try flows(of: model) { row, _ in nearest[row] }
        for table in [none, all] {
            let error = #expect(throws: AnalysisError.self) { try calibrated(table, model) }
            #expect(error?.code == .badArgument && error?.place == "flows")
        }
        // One who always goes to the nearest leaves a likelihood that only grows, too.
        let one = try flows(of: model) { row, _ in row < Self.facilities.count ? nearest[row] : 0 }
        #expect(throws: AnalysisError.self) { try calibrated(one, model) }
        #expect(throws: AnalysisError.self) {
            try ObservedFlows(FeatureBatch(points: [nil]), layer: "flows")
        }
        #expect(throws: AnalysisError.self) {
            try ObservedFlows(try flows(of: model) { _, _ in -1 }, layer: "flows")
        }
    }
}
