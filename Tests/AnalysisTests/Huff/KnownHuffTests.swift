import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

/// The answers that `Tests/Fixtures/huff` keeps.
struct KnownHuffTests {
    private static func rows(_ name: String) throws -> [[String]] {
        let file = CommandRunner.fixtures.appending(path: "\(name).csv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private static func batch(_ name: String, _ field: String) throws -> FeatureBatch {
        let rows = try rows("accessibility/\(name)")
        return FeatureBatch(
            points: try rows.map {
                Position(try #require(Double($0[1])), try #require(Double($0[2])))
            }, ids: .string(rows.map { $0[0] })
        ).with(field, .double(rows.map { Double($0[3]) }))
    }

    private static func model(_ alpha: Double, _ beta: Double) throws -> HuffModel {
        try HuffModel(
            to: FacilityLayer(name: "supply", batch("supply", "capacity")),
            attractionField: "capacity", alpha: alpha, beta: beta, within: .kilometres(20),
            floor: .metres(100), weightField: "persons")
    }

    @Test func `probabilities are those that are kept`() throws {
        var expected: [String: [String: Double]] = [:]
        for row in try Self.rows("huff/expected") {
            expected["\(row[0]) \(row[1])", default: [:]]["\(row[2]) \(row[3])"] = Double(row[4])
        }
        #expect(expected.count == 4)
        for (exponents, kept) in expected {
            let values = exponents.split(separator: " ").compactMap { Double($0) }
            let model = try Self.model(values[0], values[1])
            let flows = try model.measure(Self.batch("demand", "persons"), layer: "demand")
                .flows(of: model)
            #expect(flows.count == kept.count)
            for row in 0..<flows.count {
                let (from, to) = (flows["from_id"]?[row].text, flows["to_id"]?[row].text)
                let probability = try #require(kept["\(from ?? "") \(to ?? "")"])
                let found = try #require(flows["probability"]?.number(row))
                #expect(abs(found - probability) < 1e-10)
            }
        }
    }

    @Test func `the exponents of the kept flows are those that are kept`() throws {
        let kept = try #require(try Self.rows("huff/calibration").first).compactMap { Double($0) }
        let flows = try Self.rows("huff/flows")
        let table = FeatureBatch(points: flows.map { _ in nil })
            .with("from_id", .string(flows.map { $0[0] }))
            .with("to_id", .string(flows.map { $0[1] }))
            .with("flow", .int(flows.map { Int($0[2]) }))
        let model = try Self.model(1, 2)
        let found = try model.calibrated(
            to: ObservedFlows(table, layer: "flows"),
            [model.measure(Self.batch("demand", "persons"), layer: "demand")])
        #expect(abs(try #require(found.alpha) - kept[0]) < 1e-6)
        #expect(abs(found.beta - kept[1]) < 1e-6)
        #expect(abs(try #require(found.alphaError) / kept[2] - 1) < 1e-6)
        #expect(abs(found.betaError / kept[3] - 1) < 1e-6)
        #expect(abs(found.logLikelihood / kept[4] - 1) < 1e-12)
        #expect(abs(found.nullLogLikelihood / kept[5] - 1) < 1e-12)
        // Drawn with 0.8 and 1.3.
        #expect(abs(kept[0] - 0.8) < 3 * kept[2] && abs(kept[1] - 1.3) < 3 * kept[3])
    }
}
