import Analysis
import Features
import Geometry
import TestSupport
import Testing

struct CoverageByFacilityTests {
    private static let sites: [Position?] = {
        var random = SeededGenerator(seed: 691)
        return (0..<12).map { $0 == 4 ? nil : random.position(127...127.5, 36...36.4) }
    }()
    private static let homes: [Position?] = {
        var random = SeededGenerator(seed: 692)
        return (0..<200).map { $0 == 9 ? nil : random.position(127...127.5, 36...36.4) }
    }()
    private static let people = homes.indices.map { 0.1 + Double($0 % 7) }

    private func areas(cut: Int) throws -> FeatureBatch {
        let coverage = try Coverage(
            by: FacilityLayer(name: "labs", FeatureBatch(points: Self.sites)),
            within: [.metres(12_000), .metres(6000)], weightField: "n")
        var sums = CoverageByFacility(of: coverage)
        let demand = FeatureBatch(points: Self.homes).with("n", .double(Self.people.map { $0 }))
        for batch in demand.cut(into: cut) {
            sums.add(try sums.part(of: coverage.measure(batch, layer: "homes")))
        }
        return try sums.areas()
    }

    @Test func `each facility covers what lies within its distance, and alone what no other does`()
        throws
    {
        let found = try areas(cut: 1000)
        #expect(try areas(cut: 17) == found)
        var (row, lone) = (0, 0)
        for radius in [6000.0, 12_000] {
            let near = Self.homes.map { home in
                Self.sites.indices.filter { site in
                    guard let home, let place = Self.sites[site] else { return false }
                    return karney(home, place) <= radius
                }
            }
            for (site, place) in Self.sites.enumerated() {
                guard let place else { continue }
                let mine = near.indices.filter { near[$0].contains(site) }
                let only = mine.filter { near[$0].count == 1 }
                #expect(found.texts("facility_id")[row] == String(site + 1))
                #expect(found.numbers("within_m")[row] == radius)
                #expect(found.numbers("covered_count")[row] == Double(mine.count))
                #expect(found.numbers("only_count")[row] == Double(only.count))
                #expect(
                    found.numbers("covered_weight")[row]
                        == mine.reduce(0) { $0 + Self.people[$1] })
                #expect(
                    found.numbers("only_weight")[row] == only.reduce(0) { $0 + Self.people[$1] })
                lone += only.count
                // A disc is 2πR²(1 − cos(r/R)), for the radius of curvature there within a thousandth.
                let area = try #require(found.numbers("area_km2")[row])
                #expect(abs(area / (.pi * radius * radius / 1e6) - 1) < 1e-3)
                let shape = try #require(found.geometry[row])
                #expect(try shape.intersects(.point(place)))
                row += 1
            }
        }
        #expect(row == found.count && lone > 0)
    }

    @Test func `without demand each has its area and covers nothing`() throws {
        let coverage = try Coverage(
            by: FacilityLayer("labs", [Position(127, 36)]), within: [.metres(1000)])
        let found = try CoverageByFacility(of: coverage).areas()
        #expect(found.numbers("covered_count") == [0] && found.numbers("only_weight") == [0])
        #expect(found.count == 1)
    }
}
