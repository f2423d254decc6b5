import Foundation
import Geometry
import TestSupport
import Testing

/// The catalogue's records as its files have them, and figures counted from them without the
/// program.
private struct PlainCatalogue {
    struct Record {
        let id: String
        let position: Position?
        let facts: [String: Any]
        let province: String

        func number(_ fact: String) -> Double {
            let value = (facts[fact] as? [String: Any])?["value"]
            return (value as? NSNumber)?.doubleValue ?? 0
        }

        func year(_ fact: String) -> Int? {
            let value = (facts[fact] as? [String: Any])?["value"]
            return value.flatMap { Int("\($0)".prefix(4)) }
        }
    }

    private static let geodesic = Geodesic.wgs84

    static func layer(_ name: String) throws -> [Record] {
        let file = SharedData.packageRoot.appending(path: "GeoData/\(name).geojson")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        let features = (json as? [String: Any])?["features"] as? [[String: Any]] ?? []
        return features.compactMap { feature in
            guard let properties = feature["properties"] as? [String: Any],
                properties["listing"] as? String == "main"
            else { return nil }
            let geometry = feature["geometry"] as? [String: Any]
            let numbers = geometry?["coordinates"] as? [Double]
            return Record(
                id: feature["id"] as? String ?? "",
                position: numbers.map { Position($0[0], $0[1]) },
                facts: properties["facts"] as? [String: Any] ?? [:],
                province: properties["province"] as? String ?? "")
        }
    }

    static func distance(_ a: Record, _ b: Record) -> Double {
        guard let a = a.position, let b = b.position else { return .infinity }
        return geodesic.distance(from: a, to: b)
    }

    /// Distances from each of some records to each of others.
    static func table(_ from: [Record], _ to: [Record]) -> [[Double]] {
        from.map { a in to.map { distance(a, $0) } }
    }

    static func nearest(_ from: [Record], _ to: [Record]) -> [Double] {
        table(from, to).map { $0.min() ?? .infinity }
    }

    /// All ways to choose so many of a number of things.
    static func choices(_ count: Int, of all: Int) -> [[Int]] {
        if count == 0 { return [[]] }
        return (count - 1..<max(all, count - 1)).flatMap { last in
            choices(count - 1, of: last).map { $0 + [last] }
        }
    }

    /// The most weight that so many columns can have within a distance.
    static func mostWithin(
        _ metres: Double, _ table: [[Double]], _ weights: [Double], choosing p: Int
    ) -> Double {
        let columns = table.first?.count ?? 0
        if table.count <= 64, weights.allSatisfy({ $0 == 1 }) {
            let masks = (0..<columns).map { column in
                table.indices.reduce(UInt64(0)) {
                    table[$1][column] <= metres ? $0 | 1 << UInt64($1) : $0
                }
            }
            var most = 0
            for chosen in choices(p, of: columns) {
                var reached: UInt64 = 0
                for column in chosen { reached |= masks[column] }
                most = max(most, reached.nonzeroBitCount)
            }
            return Double(most)
        }
        let reach = (0..<columns).map { column in table.map { $0[column] <= metres } }
        return choices(p, of: columns).map { chosen in
            weights.indices.reduce(0) { sum, row in
                chosen.contains { reach[$0][row] } ? sum + weights[row] : sum
            }
        }.max() ?? 0
    }
}

/// The studies that come with the catalogue, and their key figures counted by other means.
@Suite("Studies of the catalogue") struct StudyTests {
    private func run(_ study: String) throws -> CommandRunner {
        let runner = try CommandRunner()
        let outcome = try runner.run(["run", study, "-o", "out", "--jobs", "2", "--quiet"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        let report = try runner.run(["report", "out", "--lang", "en"])
        #expect(report.code == 0, "\(report.errors)")
        let page = try runner.text(of: "out/report.html")
        #expect(page.contains("id=\"provenance\"") && page.contains("class=\"map\""))
        #expect(try runner.run("report", "out", "--lang", "ko", "-o", "ko.html").code == 0)
        let foreign = Self.englishWords(try runner.text(of: "ko.html"))
        #expect(foreign.isEmpty, "\(foreign)")
        return runner
    }

    /// English words that a Korean page says itself: not names, which have capitals, nor code, nor the
    /// titles of publications.
    private static func englishWords(_ page: String) -> Set<String> {
        let said = page.components(separatedBy: "<h2 id=\"sources\">")[0].replacing(
            #/<(style|script|code|pre)\b(?s:.*?)<\/\1>|<p class="(other|about)">.*?<\/p>|<span lang="en">[A-Z][^<]*|<[^>]*>/#,
            with: "\n")
        let words = said.matches(of: #/[\p{L}\d.\-_]+/#).map { String($0.0) }
            .filter { $0.wholeMatch(of: #/[a-z]{2,}/#) != nil }
        return Set(words).subtracting(["km", "amp"])
    }

    /// Rows of a CSV whose cells hold no line ends, by the names of the columns.
    private func rows(_ runner: CommandRunner, _ file: String) throws -> [[String: String]] {
        let lines = try runner.text(of: "out/\(file)").split(separator: "\n")
        func cells(_ line: Substring) -> [String] {
            var cells = [""]
            var isQuoted = false
            for character in line {
                if character == "\"" {
                    isQuoted.toggle()
                } else if character == ",", !isQuoted {
                    cells.append("")
                } else {
                    cells[cells.count - 1].append(character)
                }
            }
            return cells
        }
        let names = cells(lines[0])
        return lines.dropFirst().map { line in
            Dictionary(zip(names, cells(line))) { first, _ in first }
        }
    }

    private func features(_ runner: CommandRunner, _ file: String) throws -> [ParsedJSON] {
        try ParsedJSON(runner.text(of: "out/\(file)"))["features"].array
    }

    private func chosen(_ runner: CommandRunner, _ file: String) throws -> [String] {
        try features(runner, file).compactMap { $0["id"].string }.sorted()
    }

    @Test func `innovation-cities: reach, the farthest, and where Biz Parks would add`() throws {
        let runner = try run("innovation-cities")
        let cities = try PlainCatalogue.layer("innovation-cities")
        #expect(cities.count == 15)
        for (layer, within10) in [
            ("universities", 90), ("industrial-complexes", 62), ("research-institutes", 47),
            ("stations", 19),
        ] {
            let nearest = PlainCatalogue.nearest(try PlainCatalogue.layer(layer), cities)
            let found = try rows(runner, "\(layer)-covered.csv")
            #expect(found.count == nearest.count)
            for metres in [5000.0, 10000, 20000] {
                let recount = nearest.count { $0 <= metres }
                let told = found.count {
                    Double($0["nearest_m"] ?? "").map { $0 <= metres } ?? false
                }
                #expect(told == recount)
                if metres == 10000 { #expect(recount == within10, "\(layer)") }
            }
        }
        // The institution that is farthest from any university.
        let institutions = try PlainCatalogue.layer("relocated-institutions")
        let far = PlainCatalogue.nearest(institutions, try PlainCatalogue.layer("universities"))
        let told = try rows(runner, "institutions-to-universities.csv")
            .compactMap { $0["universities_1_m"].flatMap(Double.init) }
        #expect(abs((told.max() ?? 0) - (far.filter(\.isFinite).max() ?? 0)) < 0.001)
        #expect(Int(told.max() ?? 0) == 20507)
        // Three high-tech complexes that bring a Biz Park to most cities without one.
        let parks = PlainCatalogue.nearest(cities, try PlainCatalogue.layer("biz-parks"))
        let without = zip(cities, parks).filter { $0.1 > 20000 }.map(\.0)
        #expect(without.count == 11)
        let complexes = try PlainCatalogue.layer("industrial-complexes").filter {
            ($0.facts["complex_type"] as? [String: Any])?["value"] as? String == "urban-high-tech"
        }
        let most = PlainCatalogue.mostWithin(
            20000, PlainCatalogue.table(without, complexes), without.map { _ in 1 }, choosing: 3)
        #expect(most == 6)
        #expect(
            try chosen(runner, "park-sites.geojson") == [
                "co-busan-eco-delta", "co-daejeon-jangdae", "co-gwangju-namgu",
            ])
        let crate = try ParsedJSON(runner.text(of: "out/ro-crate-metadata.json"))
        try CrateCheck.check(crate, in: runner, "out")
        #expect(try runner.run("replay", "out/park-sites.geojson", "--whole").code == 0)
        try comparePicture(runner)
    }

    /// Draws the README's picture from the results, and compares what it says with the committed one.
    private func comparePicture(_ runner: CommandRunner) throws {
        guard let bash = SharedData.tool("bash") else { return }
        let drawn = runner.folder.appending(path: "그림.svg")
        let outcome = try SharedData.run(
            bash,
            [SharedData.packageRoot.appending(path: "Scripts/picture-study").path, drawn.path],
            environment: [
                "PROGRAM": CommandRunner.program.path, "CLUSTERATLAS_DATA": "",
                "RESULTS": runner.folder.appending(path: "out").path,
            ])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let committed = SharedData.packageRoot.appending(
            path: "Sources/ClusterAtlas.docc/Resources/study.svg")
        // Libraries of other versions may order vertices in other ways; words, classes and how many
        // features there are stay.
        let said = try [drawn, committed].map { picture in
            let text = try String(contentsOf: picture, encoding: .utf8)
            let words = text.matches(of: #/<text[^>]*>([^<]*)<\/text>|<desc[^>]*>([^<]*)</#)
                .map { String($0.1 ?? $0.2 ?? "") }
            let fills = text.matches(of: #/ fill="([^"]*)"/#).map { String($0.1) }
            return words.sorted() + fills.sorted()
        }
        #expect(said[0] == said[1], "the committed picture is old; run Scripts/picture-study")
    }

    @Test func `second-relocation: the best portfolios of all there are`() throws {
        let runner = try run("second-relocation")
        let cities = try PlainCatalogue.layer("innovation-cities")
        let places = try PlainCatalogue.layer("municipalities")
        let people = places.map { $0.number("population") }
        let table = PlainCatalogue.table(places, cities)
        var least: (cost: Double, cities: [Int]) = (.infinity, [])
        var leastGreatest: (cost: Double, cities: [Int]) = (.infinity, [])
        for choice in PlainCatalogue.choices(5, of: cities.count) {
            var sum = 0.0
            var greatest = 0.0
            for (row, weight) in zip(table, people) {
                var distance = Double.infinity
                for city in choice where row[city] < distance { distance = row[city] }
                sum += distance * weight
                greatest = max(greatest, distance)
            }
            if sum < least.cost { least = (sum, choice) }
            if greatest < leastGreatest.cost { leastGreatest = (greatest, choice) }
        }
        let best = least.cities.map { cities[$0].id }.sorted()
        #expect(try chosen(runner, "portfolio-p-median.geojson") == best)
        // Naju is in the best portfolio anyway.
        #expect(best.contains("ic-bitgaram"))
        #expect(try chosen(runner, "naju-portfolio.geojson") == best)
        #expect(Int(leastGreatest.cost.rounded()) == 255_678)
        let report = try runner.text(of: "out/portfolio-p-center.txt")
        #expect(report.contains("greatest cost 255,678 m"))
        // The people within 20 km of each city.
        for feature in try features(runner, "people.geojson") {
            let city = try #require(cities.firstIndex { $0.id == feature["id"].string })
            let recount = zip(table, people).reduce(0) { $1.0[city] <= 20000 ? $0 + $1.1 : $0 }
            #expect(feature["properties"]["access"].number == recount)
        }
    }

    @Test func `national-clusters: the rule, the sets, and the firms around`() throws {
        let runner = try run("national-clusters")
        let clusters = try PlainCatalogue.layer("national-clusters")
        let complexes = try PlainCatalogue.layer("industrial-complexes")
        let judged = try ParsedJSON(runner.text(of: "out/rule.json"))["clusters"].array
        #expect(judged.compactMap { $0["id"].string }.sorted() == clusters.map(\.id).sorted())
        for cluster in judged {
            guard let radius = cluster["radius_m"].number, let limit = cluster["limit_m"].number
            else { continue }
            #expect((radius <= limit) == (cluster["radius"].string != "breaks"))
        }
        let nearest = PlainCatalogue.nearest(complexes, clusters)
        let firms = zip(complexes, nearest).reduce(0) {
            $1.1 <= 20000 ? $0 + $1.0.number("tenants") : $0
        }
        #expect(nearest.count { $0 <= 20000 } == 182)
        #expect(Int(firms) == 32118)
        #expect(try runner.text(of: "out/firms.txt").contains("182  584  31.2 %   32,118"))
        // No set reaches farther than the rule lets it.
        let hubs = try ["innovation-cities", "small-research-zones", "biz-parks"]
            .flatMap { try PlainCatalogue.layer($0) }
        let sets = try ParsedJSON(runner.text(of: "out/possible.json"))["sets"].array
        #expect(!sets.isEmpty)
        for set in sets {
            let members = set["hubs"].array.compactMap { hub in
                hubs.first { $0.id == hub.string }
            }
            #expect(members.count == set["hubs"].array.count)
            let limit = try #require(set["limit_m"].number)
            for a in members {
                for b in members { #expect(PlainCatalogue.distance(a, b) <= 2 * limit + 0.001) }
            }
        }
    }

    @Test func `digital-districts: who is served, and the next two of all pairs`() throws {
        let runner = try run("digital-districts")
        let districts = try PlainCatalogue.layer("digital-districts")
        let places = try PlainCatalogue.layer("municipalities")
        let nearest = PlainCatalogue.nearest(places, districts)
        #expect(districts.count == 4)
        #expect(nearest.count { $0 <= 40000 } == 59)
        #expect(
            try runner.text(of: "out/served-municipalities.txt").contains(" 59  252  23.4 %"))
        let capital = ["서울특별시", "경기도", "인천광역시"]
        let outside = zip(places, nearest).filter {
            $0.1 > 40000 && !capital.contains($0.0.province)
        }.map(\.0)
        let stations = try PlainCatalogue.layer("stations")
        let most = PlainCatalogue.mostWithin(
            40000, PlainCatalogue.table(outside, stations),
            outside.map { $0.number("population") }, choosing: 2)
        #expect(Int(most) == 3_975_869)
        #expect(
            try runner.text(of: "out/next-for-people.txt").contains(
                "weight within reach 3,975,869, bound 3,975,869"))
        #expect(try ParsedJSON(runner.text(of: "out/four.json"))["profiles"].array.count == 4)
    }

    @Test func `busan-industry-academia: universities beside complexes and districts`() throws {
        let runner = try run("busan-industry-academia")
        func busan(_ layer: String) throws -> [PlainCatalogue.Record] {
            try PlainCatalogue.layer(layer).filter { $0.province == "부산광역시" }
        }
        let universities = try busan("universities")
        let complexes = try busan("industrial-complexes")
        #expect(universities.count == 32)
        for (name, others, count) in [
            ("complexes", complexes, 22), ("districts", try busan("innovation-cities"), 14),
        ] {
            let nearest = PlainCatalogue.nearest(universities, others)
            #expect(nearest.count { $0 <= 5000 } == count)
            let told = try rows(runner, "universities-by-\(name).csv")
                .compactMap { $0["nearest_m"].flatMap(Double.init) }
            #expect(told.count { $0 <= 5000 } == count)
        }
        let most = PlainCatalogue.mostWithin(
            5000, PlainCatalogue.table(complexes, universities), complexes.map { _ in 1 },
            choosing: 3)
        #expect(most == 6)
        #expect(
            try runner.text(of: "out/campus-hubs-reach.txt").contains("weight within reach 6,"))
    }

    @Test func `daedeok: institutes around it over time, and the people of the small zones`()
        throws
    {
        let runner = try run("daedeok")
        let zones = try PlainCatalogue.layer("research-zones")
        let small = try PlainCatalogue.layer("small-research-zones")
        let places = try PlainCatalogue.layer("municipalities")
        let daedeok = try #require(zones.first { $0.id == "rz-daedeok" })
        let institutes = try PlainCatalogue.layer("research-institutes")
        let now = institutes.count { PlainCatalogue.distance($0, daedeok) <= 30000 }
        func told(_ year: Int) throws -> Double {
            try features(runner, "institutes-\(year).geojson").filter {
                $0["properties"]["facility_id"].string == "rz-daedeok"
            }.compactMap { $0["properties"]["demand_count"].number }.reduce(0, +)
        }
        #expect(now == 42)
        #expect(try told(2026) == 42)
        let early = try told(1974)
        let later = try told(2005)
        #expect(early == 11)
        #expect(later == 38)
        for (file, others, people, written) in [
            ("reach", zones, 13_269_361, "13,269,361"),
            ("reach-with-small", zones + small, 42_740_731, "42,740,731"),
        ] {
            let nearest = PlainCatalogue.nearest(places, others)
            let recount = zip(places, nearest).reduce(0) {
                $1.1 <= 30000 ? $0 + $1.0.number("population") : $0
            }
            #expect(Int(recount) == people)
            #expect(try runner.text(of: "out/\(file).txt").contains(written))
        }
    }
}

/// What RO-Crate 1.1 asks of its metadata (https://www.researchobject.org/ro-crate/1.1/).
enum CrateCheck {
    static func check(_ crate: ParsedJSON, in runner: CommandRunner, _ folder: String) throws {
        let graph = crate["@graph"].array
        func entity(_ id: String) -> ParsedJSON? { graph.first { $0["@id"].string == id } }
        let ids = graph.compactMap { $0["@id"].string }
        #expect(ids.count == graph.count)
        #expect(Set(ids).count == ids.count)
        let descriptor = try #require(entity("ro-crate-metadata.json"))
        #expect(descriptor["@type"].string == "CreativeWork")
        #expect(descriptor["conformsTo"]["@id"].string == "https://w3id.org/ro/crate/1.1")
        #expect(descriptor["about"]["@id"].string == "./")
        let root = try #require(entity("./"))
        for member in ["name", "description", "datePublished"] {
            #expect(root[member].string?.isEmpty == false, "\(member)")
        }
        #expect(root["license"]["@id"].string != nil)
        let parts = root["hasPart"].array.compactMap { $0["@id"].string }
        #expect(Set(parts).count == parts.count)
        for part in parts {
            let file = try #require(entity(part), "\(part)")
            let bytes = try Data(contentsOf: runner.folder.appending(path: "\(folder)/\(part)"))
            #expect(file["contentSize"].string == String(bytes.count))
        }
        // Every reference leads to something that is described.
        for action in graph where action["@type"].string == "CreateAction" {
            for member in ["object", "result", "instrument"] {
                // One alone stands without brackets.
                let list = action[member].array
                #expect(list.count > 1 || action[member]["@id"].string != nil)
                for reference in list.isEmpty ? [action[member]] : list {
                    #expect(entity(reference["@id"].string ?? "") != nil)
                }
            }
        }
    }
}
