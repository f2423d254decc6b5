import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct ExclusiveUncertaintyTests {
    private struct Case {
        let homes: [Position]
        let labs: [Position]
        let off: (homes: [Double], labs: [Double])

        init(_ homes: Int, _ labs: Int, seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            func places(_ count: Int) -> [Position] {
                (0..<count).map { _ in random.position(127...127.4, 36...36.3) }
            }
            let scale = [30.0, 120, 400][Int(seed) % 3]
            self.homes = places(homes)
            self.labs = places(labs)
            off = (
                (0..<homes).map { scale * Double($0 % 3) / 2 },
                (0..<labs).map { scale * Double($0 % 2) }
            )
        }

        private static func push(
            _ places: [Position], _ off: [Double], _ random: inout SeededGenerator
        ) -> [Position] {
            zip(places, off).map { place, off in
                Geodesic.wgs84.direct(
                    from: place, azimuth: Double.random(in: 0...360, using: &random),
                    distance: off * (Bool.random(using: &random) ? 0.999 : 0.5)
                ).position
            }
        }

        /// A truth within the errors, most of it as far off as can be.
        func truth(_ random: inout SeededGenerator) -> (homes: [Position], labs: [Position]) {
            (Self.push(homes, off.homes, &random), Self.push(labs, off.labs, &random))
        }

        func judged(
            _ method: ExclusiveProximity.Method, within limit: Double?
        ) throws -> Proximity.Measured {
            try ExclusiveUncertaintyTests.measure(
                FeatureBatch(points: homes).with("off", .double(off.homes.map { $0 })),
                FeatureBatch(points: labs).with("off", .double(off.labs.map { $0 })), method,
                within: limit, .field("off"))
        }
    }

    private static func measure(
        _ homes: FeatureBatch, _ labs: FeatureBatch, _ method: ExclusiveProximity.Method,
        within limit: Double? = nil, _ accuracy: PositionAccuracy?
    ) throws -> Proximity.Measured {
        try ExclusiveProximity(
            targets: [FacilityLayer(name: "labs", labs)], method: method,
            within: limit.map { .metres($0) }, accuracy: accuracy
        ).measure(homes, layer: "homes")
    }

    /// More or fewer facilities than features, within a limit or not.
    @Test(
        arguments: ExclusiveProximity.Method.allCases,
        [(12, 16, nil), (16, 12, nil), (20, 20, 4000.0), (14, 12, 9000)])
    func `a stable pair is that of every truth, and so is being left without`(
        method: ExclusiveProximity.Method, sizes: (homes: Int, labs: Int, limit: Double?)
    ) throws {
        var counts = (stable: 0, fragile: 0, moved: 0, without: 0)
        for seed in 0..<6 as Range<UInt64> {
            let one = Case(sizes.homes, sizes.labs, seed: 1400 + seed)
            let measured = try one.judged(method, within: sizes.limit)
            let judged = measured.batch
            let labels = judged.texts("labs_1_stability")
            let drawn = judged.texts("labs_1_id")
            for (row, id) in drawn.enumerated() {
                let error = id.flatMap(Int.init).map { one.off.homes[row] + one.off.labs[$0 - 1] }
                #expect(judged.numbers("labs_1_plus_minus_m")[row] == error)
                if id == nil, labels[row] == "stable" { counts.without += 1 }
            }
            let exact = try Self.measure(
                FeatureBatch(points: one.homes), FeatureBatch(points: one.labs), method,
                within: sizes.limit, nil)
            #expect(exact.batch.texts("labs_1_id") == drawn)
            #expect(try measured.pairs().count == drawn.count { $0 != nil })
            var random = SeededGenerator(seed: 1450 + seed)
            var isMoved = drawn.map { _ in false }
            for _ in 0..<12 {
                let truth = one.truth(&random)
                let found = try Self.measure(
                    FeatureBatch(points: truth.homes), FeatureBatch(points: truth.labs), method,
                    within: sizes.limit, nil)
                for (row, id) in found.batch.texts("labs_1_id").enumerated() where id != drawn[row]
                {
                    isMoved[row] = true
                    #expect(labels[row] == "fragile", "seed \(seed), row \(row)")
                }
            }
            counts.stable += labels.count { $0 == "stable" }
            counts.fragile += labels.count { $0 == "fragile" }
            counts.moved += isMoved.count { $0 }
        }
        #expect(counts.moved > 0 && counts.fragile >= counts.moved)
        #expect(counts.stable > 10)
        if sizes.limit != nil { #expect(counts.without > 0) }
    }

    /// Places on the equator, metres to the east.
    private func east(_ metres: [Double]) -> FeatureBatch {
        FeatureBatch(
            points: metres.map {
                Geodesic.wgs84.direct(from: Position(127, 0), azimuth: 90, distance: $0).position
            })
    }

    private func labels(
        _ homes: [Double], _ labs: [Double], _ method: ExclusiveProximity.Method,
        within limit: Double? = nil, _ metres: Double
    ) throws -> [String?] {
        try Self.measure(
            east(homes), east(labs), method, within: limit,
            .sides(moving: .metres(metres), fixed: .metres(0))
        ).batch.texts("labs_1_stability")
    }

    @Test func `the greedy pair is stable where nothing that may be nearer can be had`() throws {
        // 100 m and 900 m to the one facility: who comes first is sure up to 400 m each.
        #expect(try labels([100, 900], [0], .greedy, 390) == ["stable", "stable"])
        #expect(try labels([100, 900], [0], .greedy, 410) == ["fragile", "fragile"])
        // What the second would rather have, the first has in every truth.
        #expect(try labels([100, 1200], [0, 3000], .greedy, 390) == ["stable", "stable"])
        // Who of two has it is open, but never the third.
        #expect(
            try labels([100, 150, 5000], [0], .greedy, 30) == ["fragile", "fragile", "stable"])
        // Beyond the limit or within it: the facility may be left for the other.
        #expect(
            try labels([950, 1050], [0], .greedy, within: 1000, 20) == ["stable", "stable"])
        #expect(
            try labels([990, 1050], [0], .greedy, within: 1000, 20) == ["fragile", "stable"])
        #expect(
            try labels([990, 1010], [0], .greedy, within: 1000, 20) == ["fragile", "fragile"])
        #expect(
            try labels([100, 1010], [0], .greedy, within: 1000, 20) == ["stable", "stable"])
    }

    @Test(arguments: ExclusiveProximity.Method.allCases)
    func `exact positions are stable, ties or not, and no place has no label`(
        method: ExclusiveProximity.Method
    ) throws {
        #expect(try labels([100, 100, 7], [0, 0], method, 0) == ["stable", "stable", "stable"])
        #expect(try labels([100, 100], [0, 0], method, 1) == ["fragile", "fragile"])
        let homes: [Position?] = [nil, Position(127, 36)]
        let measured = try Self.measure(
            FeatureBatch(points: homes), FeatureBatch(points: [Position(127, 36)]), method,
            .metres(30))
        #expect(measured.batch.texts("labs_1_stability") == [nil, "stable"])
        #expect(measured.batch.numbers("labs_1_plus_minus_m") == [nil, 60])
    }
}
