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

struct HuffAreasTests {
    private static let region = Shape.polygon([box(126.5, 35.5, 128, 36.7)])

    private static let malls = [
        Position(126.9, 35.8), Position(127.5, 36.1), Position(127.2, 36.4), Position(127.7, 35.7),
    ]
    private static let sizes: [Double] = [1, 4, 0, 2.5]

    private func model(
        alpha: Double = 1.3, beta: Double = 1.8, within limit: Double? = nil
    ) throws -> HuffModel {
        try HuffModel(
            to: FacilityLayer(
                name: "malls",
                FeatureBatch(points: Self.malls, ids: .string(["a", "b", "c", "d"]))
                    .with("size", .double(Self.sizes.map { $0 }))),
            attractionField: "size", alpha: alpha, beta: beta, within: limit.map { .metres($0) })
    }

    /// The definition, written down again.
    private func probabilities(
        _ place: Position, alpha: Double = 1.3, beta: Double = 1.8, within limit: Double = .infinity
    ) -> [Double] {
        let terms = zip(Self.malls, Self.sizes).map { mall, size in
            let d = karney(place, mall)
            return size > 0 && d <= limit ? pow(size, alpha) * pow(max(100, d), -beta) : 0
        }
        let sum = terms.reduce(0, +)
        return terms.map { sum > 0 ? $0 / sum : 0 }
    }

    @Test func `within a contour the probability is at least its level`() async throws {
        let contours = try await HuffContours(
            of: model(), at: [0.6, 0.3], in: Self.region, cell: .kilometres(1))
        #expect(contours.rows.map(\.facility) == [0, 0, 1, 1, 3, 3])
        #expect(contours.rows.map(\.probability) == [0.3, 0.6, 0.3, 0.6, 0.3, 0.6])
        var random = SeededGenerator(seed: 596)
        let areas = try contours.rows.map { try PreparedArea($0.shape) }
        var checked = 0
        for _ in 0..<500 {
            let place = random.position(126.51...127.99, 35.51...36.69)
            let own = probabilities(place)
            for (row, area) in zip(contours.rows, areas) {
                // Half a kilometre away all are on the same side, or the drawing decides.
                let around = (0..<8).map {
                    probabilities(
                        Geodesic.wgs84.direct(
                            from: place, azimuth: Double($0) * 45, distance: 500
                        ).position)[row.facility] >= row.probability
                }
                let isIn = own[row.facility] >= row.probability
                guard around.allSatisfy({ $0 == isIn }) else { continue }
                checked += 1
                #expect(try area.covers(place) == isIn, "\(place), \(row.facility)")
            }
        }
        #expect(checked > 2000)
        let features = contours.features
        #expect(features.texts("facility_id") == ["a", "a", "b", "b", "d", "d"])
        for (row, size) in zip(contours.rows, features.numbers("area_km2")) {
            #expect(abs((size ?? 0) - row.shape.geodesicArea / 1e6) < 1e-5)
        }
    }

    @Test func `contours are the same on any number of threads, and end at a limit`() async throws {
        let limited = try model(within: 30_000)
        let one = try await HuffContours(
            of: limited, at: [0.5], in: Self.region, cell: .kilometres(2), tasks: 1)
        let many = try await HuffContours(
            of: limited, at: [0.5], in: Self.region, cell: .kilometres(2), tasks: 8)
        #expect(one.features == many.features && one.rows.count == 3)
        for row in one.rows {
            for place in row.shape.points {
                #expect(karney(place, Self.malls[row.facility]) < 30_000 + 2 * 2000)
            }
        }
    }

    @Test func `of two alike, four times as likely is the circle of Apollonius`() async throws {
        let malls = [Position(127, 36), Position(127.2, 36)]
        let model = try HuffModel(to: FacilityLayer("malls", malls))
        let contours = try await HuffContours(
            of: model, at: [0.8], in: Self.region, cell: .metres(500))
        // d₂² / (d₁² + d₂²) ≥ 0.8 where d₂ ≥ 2 d₁: a circle of radius 2/3 of the distance.
        let d = karney(malls[0], malls[1])
        #expect(contours.rows.count == 2)
        for row in contours.rows {
            let size = Double.pi * (2 * d / 3) * (2 * d / 3)
            #expect(abs(row.shape.geodesicArea / size - 1) < 3e-3)
        }
    }

    @Test func `areas hold the places for which a facility is the likeliest`() throws {
        let areas = try model().likeliestAreas(dividing: Self.region)
        #expect(areas.geometry.shapes.map { $0 != nil } == [true, true, false, true])
        let drawn = try areas.geometry.shapes.map { try $0.map { try PreparedArea($0) } }
        var random = SeededGenerator(seed: 597)
        for _ in 0..<400 {
            let place = random.position(126.51...127.99, 35.51...36.69)
            let own = probabilities(place)
            let best = own.indices.max { own[$0] < own[$1] }
            // Far from equal, the drawing may not decide.
            let ranked = own.sorted(by: >)
            guard ranked[0] - ranked[1] > 1e-3 else { continue }
            for (facility, area) in drawn.enumerated() {
                #expect(try area?.covers(place) ?? false == (facility == best))
            }
        }
        let sum = areas.numbers("area_km2").compactMap { $0 }.reduce(0, +)
        #expect(abs(sum / (Self.region.geodesicArea / 1e6) - 1) < 1e-6)
    }

    @Test func `what cannot be drawn is refused`() async throws {
        #expect(throws: AnalysisError.self) {
            try model(within: 1000).likeliestAreas(dividing: Self.region)
        }
        #expect(throws: AnalysisError.self) {
            try model(beta: -1).likeliestAreas(dividing: Self.region)
        }
        for levels in [[0], [1.1], [.nan]] {
            await #expect(throws: AnalysisError.self) {
                try await HuffContours(
                    of: model(), at: levels, in: Self.region, cell: .kilometres(1))
            }
        }
        await #expect(throws: AnalysisError.self) {
            try await HuffContours(of: model(), at: [0.5], in: Self.region, cell: .metres(1))
        }
    }
}
