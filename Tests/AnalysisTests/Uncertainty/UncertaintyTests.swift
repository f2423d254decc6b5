import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct UncertaintyTests {
    private static let facilities: [Position] = {
        var random = SeededGenerator(seed: 621)
        return (0..<14).map { _ in random.position(127...127.5, 36...36.4) }
    }()
    private static let places: [Position] = {
        var random = SeededGenerator(seed: 622)
        return (0..<120).map { _ in random.position(127...127.5, 36...36.4) }
    }()

    /// Accuracies of some hundred metres, each its own.
    private static func accuracies(_ count: Int) -> [Double] {
        (0..<count).map { Double($0 * 7919 % 11) * 60 }
    }

    private static func batch(_ positions: [Position]) -> FeatureBatch {
        FeatureBatch(points: positions)
            .with("off", .double(accuracies(positions.count).map { $0 }))
    }

    /// Where things may truly lie.
    private static func moved(
        _ positions: [Position], _ random: inout SeededGenerator
    ) -> [Position] {
        zip(positions, accuracies(positions.count)).map { place, off in
            Geodesic.wgs84.direct(
                from: place, azimuth: Double.random(in: 0...360, using: &random),
                distance: off * Double.random(in: 0...1, using: &random).squareRoot()
            ).position
        }
    }

    private func proximity(
        _ facilities: FeatureBatch, _ places: FeatureBatch, k: Int, within limit: Double?,
        _ accuracy: PositionAccuracy?
    ) throws -> FeatureBatch {
        try Proximity(
            targets: [FacilityLayer(name: "labs", facilities)], k: k,
            within: limit.map { .metres($0) }, accuracy: accuracy
        ).measure(places, layer: "homes").batch
    }

    @Test(arguments: [nil, 6000.0])
    func `what is stable stays so wherever things truly lie`(limit: Double?) throws {
        let (facilities, places) = (Self.batch(Self.facilities), Self.batch(Self.places))
        let judged = try proximity(facilities, places, k: 3, within: limit, .field("off"))
        var random = SeededGenerator(seed: 623)
        var changed = Set<Int>()
        for _ in 0..<25 {
            let truth = try proximity(
                FeatureBatch(points: Self.moved(Self.facilities, &random)),
                FeatureBatch(points: Self.moved(Self.places, &random)), k: 3, within: limit, nil)
            for rank in 1...3 {
                let labels = judged.texts("labs_\(rank)_stability")
                let (ids, trueIDs) = (
                    judged.texts("labs_\(rank)_id"), truth.texts("labs_\(rank)_id")
                )
                let errors = judged.numbers("labs_\(rank)_plus_minus_m")
                let (metres, trueMetres) = (
                    judged.numbers("labs_\(rank)_m"), truth.numbers("labs_\(rank)_m")
                )
                for row in Self.places.indices {
                    let same = ids[row] == trueIDs[row]
                    #expect(same || labels[row] == "fragile", "row \(row), rank \(rank)")
                    if !same { changed.insert(row) }
                    guard same, let error = errors[row], let drawn = metres[row],
                        let truly = trueMetres[row]
                    else { continue }
                    #expect(abs(drawn - truly) <= error + 1e-5)
                }
            }
        }
        let labels = judged.texts("labs_1_stability")
        // Both happen, and the label is no mere excuse.
        #expect(changed.count > 5 && labels.count { $0 == "stable" } > 40)
    }

    @Test func `labels are those of all pairs`() throws {
        let judged = try proximity(
            Self.batch(Self.facilities), Self.batch(Self.places), k: 2, within: nil, .field("off"))
        let (own, others) = (
            Self.accuracies(Self.places.count), Self.accuracies(Self.facilities.count)
        )
        for (row, place) in Self.places.enumerated() {
            let order = scan(Self.facilities, from: place)
            for rank in 0..<2 {
                let one = order[rank]
                let fragile = order.contains {
                    $0.index != one.index
                        && abs($0.distance - one.distance)
                            < 2 * own[row] + others[one.index] + others[$0.index]
                }
                #expect(
                    judged.texts("labs_\(rank + 1)_stability")[row]
                        == (fragile ? "fragile" : "stable"))
                #expect(
                    judged.numbers("labs_\(rank + 1)_plus_minus_m")[row]
                        == own[row] + others[one.index])
            }
        }
    }

    @Test func `exact positions are stable, and less exact ones never more so`() throws {
        var last = [String?]()
        for metres in [0.0, 100, 400, 2000, 50_000] {
            let judged = try proximity(
                Self.batch(Self.facilities), Self.batch(Self.places), k: 1, within: nil,
                .metres(metres))
            let labels = judged.texts("labs_1_stability")
            if metres == 0 { #expect(labels.allSatisfy { $0 == "stable" }) }
            if metres == 50_000 { #expect(labels.allSatisfy { $0 == "fragile" }) }
            for (before, now) in zip(last, labels) {
                #expect(before == "stable" || now == "fragile")
            }
            last = labels
        }
    }

    @Test func `covered or not is stable where it is so wherever things truly lie`() throws {
        func coverage(_ facilities: FeatureBatch, _ accuracy: PositionAccuracy?) throws -> Coverage
        {
            try Coverage(
                by: FacilityLayer(name: "labs", facilities),
                within: [.kilometres(4), .kilometres(8)], accuracy: accuracy)
        }
        let operation = try coverage(Self.batch(Self.facilities), .field("off"))
        let measured = try operation.measure(Self.batch(Self.places), layer: "homes")
        var tally = CoverageTally(of: operation)
        tally.add(measured)
        let judged = measured.batch
        let (low, high) = (judged.numbers("nearest_low_m"), judged.numbers("nearest_high_m"))
        var random = SeededGenerator(seed: 624)
        for _ in 0..<25 {
            let truth = try coverage(
                FeatureBatch(points: Self.moved(Self.facilities, &random)), nil)
            let found = try truth.measure(
                FeatureBatch(points: Self.moved(Self.places, &random)), layer: "homes")
            var total = CoverageTally(of: truth)
            total.add(found)
            for (row, nearest) in found.batch.numbers("nearest_m").enumerated() {
                let nearest = try #require(nearest)
                #expect(try #require(low[row]) <= nearest + 1e-5)
                #expect(try #require(high[row]) >= nearest - 1e-5)
            }
            for (i, label) in ["4km", "8km"].enumerated() {
                let labels = judged.texts("covered_\(label)_stability")
                let (drawn, truly) = (
                    judged.truths("covered_\(label)"), found.batch.truths("covered_\(label)")
                )
                for row in Self.places.indices where labels[row] == "stable" {
                    #expect(drawn[row] == truly[row])
                }
                let range = try #require(tally.ranges?[i])
                #expect(range.leastCount <= total.coveredCounts[i])
                #expect(range.mostCount >= total.coveredCounts[i])
            }
        }
        let range = try #require(tally.ranges?[0])
        #expect(range.leastCount < tally.coveredCounts[0])
        #expect(range.mostCount > tally.coveredCounts[0])
        let areas = try operation.areas(tally)
        #expect(areas.numbers("covered_share_low")[0] == Double(range.leastCount) / 120)
        #expect(areas.numbers("covered_weight_share_high")[0] == range.mostWeight / 120)
    }

    @Test func `catchments are as stable as the nearest`() throws {
        let layer = try FacilityLayer(name: "labs", Self.batch(Self.facilities))
        let catchment = try Catchment(of: layer, accuracy: .field("off"))
        let assigned = try catchment.assign(Self.batch(Self.places), layer: "homes")
        let nearest = try proximity(
            Self.batch(Self.facilities), Self.batch(Self.places), k: 1, within: nil, .field("off"))
        let labels = assigned.batch.texts("stability")
        #expect(labels == nearest.texts("labs_1_stability"))
        var tally = CatchmentTally(of: catchment)
        try tally.add(assigned)
        #expect(tally.fragile == labels.count { $0 == "fragile" } && tally.fragile > 0)
    }

    @Test
    func `owners by weighted distance are stable where they stay so wherever things truly lie`()
        throws
    {
        let sizes = Self.facilities.indices.map { Double($0 % 4 + 1) * 0.7 }
        func owners(
            _ facilities: [Position], _ places: [Position], _ accuracy: PositionAccuracy?
        ) throws -> FeatureBatch {
            let layer = try FacilityLayer(
                name: "labs", Self.batch(facilities).with("size", .double(sizes.map { $0 })))
            return try Catchment(of: layer, accuracy: accuracy, dividingBy: "size")
                .assign(Self.batch(places), layer: "homes").batch
        }
        let judged = try owners(Self.facilities, Self.places, .field("off"))
        let (ids, labels) = (judged.texts("facility_id"), judged.texts("stability"))
        let errors = Self.accuracies(Self.facilities.count)
        for (row, own) in Self.accuracies(Self.places.count).enumerated() {
            let owner = try #require(ids[row].flatMap { Int($0) }) - 1
            #expect(judged.numbers("plus_minus_m")[row] == own + errors[owner])
            // As the definition says, over all facilities.
            let most =
                (karney(Self.places[row], Self.facilities[owner]) + own + errors[owner])
                / sizes[owner]
            let isSure = Self.facilities.indices.allSatisfy {
                $0 == owner
                    || (karney(Self.places[row], Self.facilities[$0]) - own - errors[$0])
                        / sizes[$0] >= most
            }
            #expect(labels[row] == (isSure ? "stable" : "fragile"))
        }
        var random = SeededGenerator(seed: 629)
        var changed = 0
        for _ in 0..<25 {
            let truth = try owners(
                Self.moved(Self.facilities, &random), Self.moved(Self.places, &random), nil)
            for (row, id) in truth.texts("facility_id").enumerated() where id != ids[row] {
                #expect(labels[row] == "fragile")
                changed += 1
            }
        }
        #expect(changed > 10 && labels.contains("stable"))
    }

    @Test func `the nearest of oneself is not made fragile by oneself`() throws {
        let places = [Position(127, 36), Position(127.1, 36), Position(127.5, 36)]
        let batch = FeatureBatch(points: places).with("off", .double([10, 10, nil]))
        let result = try Proximity(
            targets: [FacilityLayer(name: "labs", batch)], isOfThemselves: true,
            accuracy: .field("off")
        ).measure(batch, layer: "labs")
        #expect(result.batch.texts("labs_1_stability") == ["stable", "stable", "stable"])
        #expect(result.missingAccuracies == 1)
    }

    @Test func `each side may have an accuracy of its own kind`() throws {
        let batch = FeatureBatch(points: Self.places)
        let one = try proximity(
            Self.batch(Self.facilities), batch, k: 1, within: nil,
            .sides(moving: .metres(70), fixed: .field("off")))
        let nearest = Self.places.map { scan(Self.facilities, from: $0)[0].index }
        let off = Self.accuracies(Self.facilities.count)
        #expect(one.numbers("labs_1_plus_minus_m") == nearest.map { 70 + off[$0] })
    }

    @Test func `an accuracy that is none is an error`() throws {
        let layer = try FacilityLayer("labs", [Position(127, 36)])
        for accuracy in [PositionAccuracy.metres(-1), .metres(.nan), .field("off")] {
            #expect(throws: AnalysisError.self) {
                try Proximity(targets: [layer], accuracy: accuracy)
            }
        }
        let negative = FeatureBatch(points: [Position(127, 36)]).with("off", .double([-5]))
        let error = #expect(throws: AnalysisError.self) {
            try Coverage(
                by: FacilityLayer(name: "labs", negative), within: [.kilometres(1)],
                accuracy: .field("off"))
        }
        #expect(error?.code == .badField)
    }
}
