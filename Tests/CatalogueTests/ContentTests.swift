import Catalogue
import Features
import Formats
import Foundation
import Geometry
import TestSupport
import Testing

/// That the built-in catalogue holds what it is for, and says true things about it.
struct ContentTests {
    private let builtIn: BuiltIn

    init() throws { builtIn = try BuiltIn.load() }

    @Test func `there are the twelve innovation cities`() {
        let cities = builtIn.places(of: "innovation-cities")
        let isPart = { (place: Place) in place.links.contains { $0.relation == "part-of" } }
        // A whole counts once, and its parts not again.
        #expect(cities.filter { !isPart($0) && $0.listing != .reference }.count == 12)
        #expect(cities.filter { $0.listing == .main }.count == 15)
        let wholes = cities.filter { $0.listing == .whole }
        #expect(Set(wholes.map(\.id)) == ["ic-busan", "ic-daejeon"])
        for (whole, districts) in [
            ("ic-busan", ["ic-busan-centum", "ic-busan-dongsam", "ic-busan-munhyeon"]),
            ("ic-daejeon", ["ic-daejeon-station", "ic-daejeon-yeonchuk"]),
        ] {
            let parts = cities.filter {
                $0.listing == .main
                    && $0.links.contains { $0.relation == "part-of" && $0.target == whole }
            }
            #expect(parts.map(\.id) == districts)
        }
    }

    @Test func `the areas of the ten cities of the first round add up`() {
        let first = builtIn.places(of: "innovation-cities").filter { city in
            !city.links.contains { $0.relation == "part-of" }
                && city.events.contains { $0.name == "designated" && $0.date.hasPrefix("2007") }
        }
        #expect(first.count == 10)
        let areas = first.compactMap(\.areaKM2)
        #expect(areas.count == 10)
        // 44.95 km², the Ministry of Land, Infrastructure and Transport's sum.
        let sum = areas.reduce(0, +)
        #expect(abs(sum - 44.95) <= 0.01 * 44.95, "\(sum)")
    }

    @Test func `the other layers are as large as they should be`() {
        let zones = builtIn.places(of: "research-zones").filter { $0.listing == .main }
        #expect(zones.count == 6)
        #expect(zones.contains { $0.nameKO == "대덕연구개발특구" })
        #expect(
            builtIn.places(of: "digital-districts").filter { $0.listing == .main }.count == 4)
        #expect(!builtIn.places(of: "biz-parks").isEmpty)
        #expect(builtIn.places(of: "universities").count >= 40)
        #expect(builtIn.places(of: "industrial-complexes").count >= 40)
    }

    @Test func `universities stand where the reference has them`() throws {
        guard let file = SharedData.file("universities.csv") else { return }
        var source: any FeatureSource = try openSource(file.path)
        let batch = try source.readAll()
        let names = try #require(batch["name_ko"])
        let campuses = try #require(batch["campus"])
        let reference = (0..<batch.count).compactMap { row -> (String, Bool, Position)? in
            guard case .point(let position)? = batch.geometry[row] else { return nil }
            let campus = campuses[row].text ?? ""
            return (Self.plain(names[row].text ?? ""), campus.isEmpty || campus == "본교", position)
        }
        var compared = 0
        var near = 0
        for university in builtIn.places(of: "universities") {
            guard let position = university.position else { continue }
            let named = Set(([university.nameKO] + university.aliases).map(Self.plain))
            let campus = university.fact("campus")?.value.string
            let distances = reference.filter { named.contains($0.0) && $0.1 == (campus == "main") }
                .map { Geodesic.wgs84.distance(from: position, to: $0.2) }
            guard let distance = distances.min() else { continue }
            compared += 1
            if distance <= university.accuracy ?? 0 {
                near += 1
            } else {
                print(
                    "\(university.id) is \(Int(distance)) m from the reference, beyond its "
                        + "\(Int(university.accuracy ?? 0)) m")
            }
        }
        print("universities within their stated accuracy: \(near) of \(compared) compared")
        #expect(compared >= 80)
        #expect(Double(near) >= 0.97 * Double(compared))
    }

    /// A university's name without what tells campuses apart and without 국립 (national).
    private static func plain(_ name: String) -> String {
        let first = name.split { $0 == " " || $0 == "(" }.first.map(String.init) ?? ""
        return first.hasPrefix("국립") ? String(first.dropFirst(2)) : first
    }
}
