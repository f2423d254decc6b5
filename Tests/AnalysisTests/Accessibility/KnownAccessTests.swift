import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

/// The answers of PySAL's `access` and of plain definitions, as `Tests/Fixtures/accessibility` keeps
/// them.
struct KnownAccess {
    let demand: [[String]]
    let supply: [[String]]
    let metres: [String: Double]
    let expected: [[String]]

    init() throws {
        func rows(_ name: String) throws -> [[String]] {
            let file = CommandRunner.fixtures.appending(path: "accessibility/\(name).csv")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
                .map { line in Self.fields(line) }
        }
        demand = try rows("demand")
        supply = try rows("supply")
        expected = try rows("expected")
        var metres: [String: Double] = [:]
        for row in try rows("costs") {
            metres["\(row[0]) \(row[1])"] = Double(row[2])
        }
        self.metres = metres
    }

    /// The fields of a line, of which those with commas stand in quotation marks.
    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    func batch(_ rows: [[String]], _ name: String) throws -> FeatureBatch {
        let points = try rows.map {
            Position(try #require(Double($0[1])), try #require(Double($0[2])))
        }
        return FeatureBatch(points: points, ids: .string(rows.map { $0[0] }))
            .with(name, .int(rows.map { Int($0[3]) }))
    }

    /// The distances of the file themselves, as a metric.
    var table: TableMetric {
        TableMetric(
            origins: Dictionary(
                uniqueKeysWithValues: demand.map { ("\($0[1]) \($0[2])", $0[0]) }.map { key, id in
                    (key, supply.map { metres["\(id) \($0[0])"] ?? .nan })
                }))
    }
}

/// A metric whose distances stand in a table, by the position of the origin.
struct TableMetric: Metric, FacilityFinder {
    let name = "table"
    let origins: [String: [Double]]

    func prepare(_ shapes: [Shape?]) -> any FacilityFinder { self }

    func nearest(
        longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        var table = NeighbourTable(rows: longitudes.count, k: k)
        for row in longitudes.indices {
            let distances = try #require(origins["\(longitudes[row]) \(latitudes[row])"])
            let found = distances.enumerated().filter { $0.element <= limit?.metres ?? .infinity }
                .sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
            for (rank, one) in found.prefix(k).enumerated() {
                table.set(row, rank, .init(index: one.offset, distance: one.element))
            }
        }
        return table
    }
}

struct KnownAccessTests {
    private static let limit = Distance.kilometres(20)

    @Test func `every method and every kind of decay is kept`() throws {
        let known = try KnownAccess().expected
        #expect(
            Set(known.map { $0[0] })
                == Set(AccessibilityMethod.all.map(\.name) + [RationalAgentModel.name]))
        let kinds = DistanceDecay.forms.compactMap { $0.split(separator: ":").first }
        #expect(kinds.count > 7)
        for kind in kinds {
            #expect(
                known.contains { ($0[1] + ":").hasPrefix(kind + ":") }, "no answer with \(kind)")
        }
    }

    /// Answers from the distances of the file agree to rounding; from our own, which are right to a
    /// micrometre, as far as that lets them.
    @Test(arguments: [1e-12, 1e-9])
    func `access is what other programs and the definitions say`(
        tolerance: Double
    ) async throws {
        let known = try KnownAccess()
        let metric: any Metric = tolerance == 1e-12 ? known.table : GeodesicMetric()
        let supply = try FacilityLayer(
            name: "supply", known.batch(known.supply, "capacity"), metric: metric)
        let demand = try known.batch(known.demand, "persons")
        let cases = Dictionary(grouping: known.expected) { "\($0[0]) \($0[1])" }
        #expect(cases.count == 17)
        for (name, rows) in cases {
            let (method, decay) = (rows[0][0], rows[0][1])
            let found: [Double?]
            if method == RationalAgentModel.name {
                let model = try RationalAgentModel(
                    to: supply, within: Self.limit, tau: .kilometres(10), weightField: "persons",
                    capacityField: "capacity")
                let part = try model.part(of: demand, layer: "demand")
                found = try await model.solve([part]).batches[0].numbers("access_cost")
            } else {
                let decay: DistanceDecay = try #require(DistanceDecay(decay))
                let operation = try Accessibility(
                    to: supply, method: try #require(AccessibilityMethod(named: method)),
                    within: Self.limit, decay: decay,
                    weightField: "persons", capacityField: "capacity")
                found = try access(operation, [demand]).batches[0].numbers("access")
            }
            for (row, expected) in rows.enumerated() {
                #expect(
                    isClose(found[row], Double(expected[4]), tolerance), "\(name), \(expected[3])")
            }
        }
    }
}
