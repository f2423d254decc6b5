import Analysis
import Features
import Geometry
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct PointPatternTests {
    private static let square = Shape.polygon([box(127, 36, 127.5, 36.4)])
    private static let distances = [2.0, 5, 10].map { Distance.kilometres($0) }

    /// Places thrown at random, in clumps, or on a lattice.
    private static func places(_ kind: String) -> [Position] {
        var random = SeededGenerator(seed: 501)
        switch kind {
        case "clumps":
            return (0..<8).flatMap { _ in
                let centre = random.position(127.05...127.45, 36.05...36.35)
                return (0..<10).map { _ in
                    Position(
                        centre.x + Double.random(in: -0.01...0.01, using: &random),
                        centre.y + Double.random(in: -0.01...0.01, using: &random))
                }
            }
        case "lattice":
            return (0..<80).map {
                Position(127.025 + 0.05 * Double($0 % 10), 36.025 + 0.05 * Double($0 / 10))
            }
        default: return (0..<80).map { _ in random.position(127...127.5, 36...36.4) }
        }
    }

    private func judge(
        _ places: [Position], _ region: Shape = square,
        _ correction: PointPattern.EdgeCorrection = .none, simulations: Int = 39, seed: UInt64 = 7,
        tasks: Int = 2
    ) async throws -> PointPattern.Findings {
        try await PointPattern(places, in: StudyRegion(region)).judge(
            within: Self.distances, correction: correction, simulations: simulations, seed: seed,
            tasks: tasks)
    }

    @Test(arguments: ["random", "clumps", "lattice"])
    func `the figures are those of a full scan`(kind: String) async throws {
        let places = Self.places(kind)
        let found = try await judge(places)
        let area = Self.square.geodesicArea
        let n = Double(places.count)
        let nearest =
            places.map { scan(places, from: $0)[1].distance }.reduce(0, +) / n
        #expect(abs(found.nearest.observed - nearest) < 1e-5)
        #expect(abs(found.clarkEvans - nearest / (0.5 * (area / n).squareRoot())) < 1e-9)
        for row in found.rows {
            var pairs = 0
            for (i, a) in places.enumerated() {
                for (j, b) in places.enumerated()
                where i != j && karney(a, b) <= row.distance.metres {
                    pairs += 1
                }
            }
            let k = area * Double(pairs) / (n * (n - 1))
            #expect(abs(row.k - k) <= 1e-9 * k)
            #expect(abs(row.l.observed - (k / .pi).squareRoot()) < 1e-6)
        }
    }

    @Test func `the border correction looks around places that lie far enough inside`() async throws
    {
        let places = Self.places("random")
        let found = try await judge(places, Self.square, .border, simulations: 9)
        let area = Self.square.geodesicArea
        // The border as points some metres apart.
        let border = box(127, 36, 127.5, 36.4, step: 0.0002)
        let borders = places.map { place in
            border.lazy.filter { abs($0.x - place.x) < 0.12 && abs($0.y - place.y) < 0.1 }
                .map { karney(place, $0) }.min() ?? .infinity
        }
        for row in found.rows {
            let metres = row.distance.metres
            #expect(borders.allSatisfy { abs($0 - metres) > 1 })
            let centres = places.indices.filter { borders[$0] >= metres }
            let pairs = centres.reduce(0) { sum, i in
                sum + places.indices.count { $0 != i && karney(places[$0], places[i]) <= metres }
            }
            let k = area * Double(pairs) / Double(centres.count * places.count)
            #expect(abs(row.k - k) <= 1e-9 * k)
        }
    }

    @Test func `clumps cluster, a lattice keeps apart, and what was thrown is chance`() async throws
    {
        let clumps = try await judge(Self.places("clumps"))
        #expect(clumps.clarkEvans < 0.5 && clumps.z < -5 && clumps.nearest.verdict == .below)
        #expect(clumps.rows[0].l.verdict == .above && clumps.p == 1.0 / 40)
        let lattice = try await judge(Self.places("lattice"))
        #expect(lattice.clarkEvans > 1.5 && lattice.z > 5 && lattice.nearest.verdict == .above)
        #expect(lattice.rows[0].l.verdict == .below)
        let thrown = try await judge(Self.places("random"))
        #expect(thrown.nearest.verdict == .chance && thrown.p > 0.05)
        #expect(abs(thrown.z) < 2 && thrown.rows.allSatisfy { $0.l.verdict == .chance })
    }

    @Test func `Donnelly's mean is that of simulations, and L about the distance`() async throws {
        let found = try await judge(Self.places("random"), simulations: 120)
        let edged = found.nearest.observed / found.donnelly
        #expect(abs(found.nearest.mean / edged - 1) < 0.03)
        // Without a correction some are missed at the border, the more the farther.
        #expect(abs(found.rows[0].l.mean / 2000 - 1) < 0.06)
        let bordered = try await judge(
            Self.places("random"), Self.square, .border, simulations: 120)
        for row in bordered.rows { #expect(abs(row.l.mean / row.distance.metres - 1) < 0.03) }
    }

    @Test func `places are thrown as the ellipsoid's area lies`() throws {
        // From the equator to the far north a degree of longitude shrinks to nothing.
        let region = try StudyRegion(.polygon([box(20, 0, 30, 80, step: 0.5)]))
        var random = SplitMix64(seed: 3)
        let thrown = try StudyRegion.Thrower(region).positions(20_000, &random)
        for band in stride(from: 0.0, to: 80, by: 10) {
            let share =
                try StudyRegion(.polygon([box(20, band, 30, band + 10, step: 0.5)])).area
                / region.area
            let found = Double(thrown.count { $0.y >= band && $0.y < band + 10 }) / 20_000
            // Four standard errors.
            #expect(abs(found - share) < 4 * (share * (1 - share) / 20_000).squareRoot())
        }
        let west = Double(thrown.count { $0.x < 25 }) / 20_000
        #expect(abs(west - 0.5) < 0.015)
    }

    @Test func `tasks change nothing, seeds do, and the globe may be turned`() async throws {
        let places = Self.places("random")
        let one = try await judge(places, tasks: 1)
        for tasks in [2, 8] { #expect(try await judge(places, tasks: tasks) == one) }
        #expect(try await judge(places, seed: 8) != one)
        let turned = try await judge(
            places.map { Position(east($0.x, 90), $0.y) },
            Self.square.mapPositions { Position(east($0.x, 90), $0.y) })
        #expect(abs(turned.nearest.observed - one.nearest.observed) < 1e-5)
        #expect(abs(turned.clarkEvans - one.clarkEvans) < 1e-9)
        for (a, b) in zip(turned.rows, one.rows) { #expect(abs(a.k / b.k - 1) < 1e-9) }
    }

    @Test func `all at one place could not be nearer, and two are enough`() async throws {
        let place = Position(127.2, 36.2)
        let found = try await judge(Array(repeating: place, count: 5))
        #expect(found.nearest.observed == 0 && found.clarkEvans == 0)
        let area = Self.square.geodesicArea
        #expect(found.rows.allSatisfy { abs($0.k / area - 1) < 1e-12 })
        #expect(try await judge([place, Position(127.3, 36.2)]).rows[0].k == 0)
    }

    @Test func `what lies outside does not count, and too few is an error`() throws {
        let region = try StudyRegion(Self.square)
        let pattern = try PointPattern(
            [Position(127, 36.2), Position(126, 36), Position(127.3, 36.3)], in: region)
        #expect(pattern.positions.count == 2 && pattern.outside == 1)
        for places in [[], [Position(127.2, 36.2)], [Position(120, 30), Position(121, 30)]] {
            let error = #expect(throws: AnalysisError.self) {
                try PointPattern(places, in: region)
            }
            #expect(error?.code == .empty)
        }
        #expect(throws: AnalysisError.self) { try StudyRegion(.point(Position(127, 36))) }
    }

    @Test func `no distance and no simulation are refused`() async throws {
        let pattern = try PointPattern(Self.places("random"), in: StudyRegion(Self.square))
        await #expect(throws: AnalysisError.self) { try await pattern.judge(within: []) }
        await #expect(throws: AnalysisError.self) {
            try await pattern.judge(within: [.metres(0)])
        }
        await #expect(throws: AnalysisError.self) {
            try await pattern.judge(within: [.kilometres(1)], simulations: 0)
        }
    }
}
