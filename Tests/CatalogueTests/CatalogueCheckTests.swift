import Catalogue
import Foundation
import TestSupport
import Testing

struct CatalogueCheckTests {
    @Test func `the built-in catalogue has no faults`() throws {
        let report = try CatalogueCheck.run(try BuiltIn.load().catalogue)
        for fault in report.faults {
            Issue.record("\(fault.file):\(fault.line): \(fault.id ?? "") \(fault.message)")
        }
        #expect(report.layers.count == (try BuiltIn.load().layers.count))
        #expect(report.layers.allSatisfy { $0.records > 0 })
        #expect(report.comparisons.count >= 5)
        #expect(report.sources > 500)
    }

    /// A change of one file of a sound catalogue, the word the fault must hold and the text on whose
    /// line it must stand.
    struct Change: CustomTestStringConvertible, Sendable {
        let file: String
        let old: String
        let new: String
        let word: String
        let at: String
        var testDescription: String { word }

        init(_ file: String, _ old: String, _ new: String, _ word: String, at: String? = nil) {
            self.file = file
            self.old = old
            self.new = new
            self.word = word
            self.at = at ?? new
        }
    }

    static let changes: [Change] = [
        // Identity.
        Change("schools.geojson", #""id": "sc-byeol""#, #""id": "xx-byeol""#, "begin with sc-"),
        Change("schools.geojson", #""id": "sc-byeol""#, #""id": "sc-Byeol""#, "a-z"),
        Change(
            "schools.geojson", #""id": "sc-byeol""#, #""id": "sc-zzz""#, "not sorted",
            at: "sc-gureum"),
        Change("schools.geojson", #""kind": "school""#, #""kind": "shool""#, "shool"),
        // Members and names.
        Change(
            "schools.geojson", #""aliases": ["별대""#, #""alias": ["별대""#, "did you mean aliases?"),
        Change("schools.geojson", #""name_en": "Byeolnim"#, #""name_en": "별님 Byeolnim"#, "Hangul"),
        Change("schools.geojson", #"["별대", "BNU"]"#, #"["별대", "별대"]"#, "twice"),
        Change("schools.geojson", #""name_ko": "별님대학교""#, #""name_ko": """#, "Korean name"),
        Change(
            "new-towns.geojson", #""name_ko": "달님신도시(동지구)""#, #""name_ko": "달님신도시""#,
            "bears the name"),
        // Words.
        Change("schools.geojson", #""listing": "main""#, #""listing": "mane""#, "mane"),
        Change(
            "schools.geojson", #""status": "operating""#, #""status": "operatng""#,
            "did you mean operating?"),
        Change("schools.geojson", #""basis": "estimated""#, #""basis": "guessed""#, "guessed"),
        Change(
            "new-towns.geojson", #""relation": "part-of""#, #""relation": "partof""#,
            "did you mean part-of?"),
        Change(
            "new-towns.geojson", #""event": "extended""#, #""event": "extend""#,
            "did you mean extended?"),
        // Places.
        Change("schools.geojson", "[126.8400, 35.0500]", "[35.0500, 126.8400]", "swapped"),
        Change("schools.geojson", "[126.8400, 35.0500]", "[139.7, 35.6]", "not in South Korea"),
        Change(
            "schools.geojson", "[126.8400, 35.0500]", "[127.3700, 36.3500]", "in 달빛구",
            at: #""municipality": "별구""#),
        Change(
            "schools.geojson", "[126.8400, 35.0500]", "[126.8000, 35.0500]", "in 가상군",
            at: #""municipality": "별구""#),
        Change(
            "schools.geojson", #""municipality": "별구""#, #""municipality": "별시""#, "is called 별구"),
        Change(
            "schools.geojson", #""municipality_code": "29999""#, #""municipality_code": "30999""#,
            "is not in"),
        Change(
            "schools.geojson", #""province": "광주광역시""#, #""province": "광주""#, "did you mean 광주광역시?"),
        Change("schools.geojson", #""accuracy_m": 500"#, #""accuracy_m": 0"#, "accuracy_m"),
        // Sources, dates and figures.
        Change(
            "schools.geojson", #"1971, "source": "invented""#, #"1971, "source": "inventd""#,
            "did you mean invented?"),
        Change(
            "schools.geojson", #""value": 1971, "source": "invented", "#, #""value": 1971, "#,
            "no source"),
        Change("schools.geojson", #""date": "2003""#, #""date": "2003-13""#, "2003-13"),
        Change("schools.geojson", #""value": 1971"#, #""value": 971"#, "no year"),
        Change(
            "schools.geojson", #"1971, "source": "invented", "confidence": "low""#,
            #"1971, "source": "invented", "confidence": "sure""#, "sure"),
        Change("new-towns.geojson", #""value": 7.5"#, #""value": -7.5"#, "square kilometres"),
        Change(
            "new-towns.geojson", #""date": "2012-05", "event""#, #""date": "2016-05", "event""#,
            "follow by date", at: #""event": "extended""#),
        Change(
            "new-towns.geojson", #""date": "2015-07", "confidence""#,
            #""date": "2011-07", "confidence""#, "not younger"),
        Change("sources.json", #""title": "Inventions""#, #""title": """#, "no title"),
        // References and totals.
        Change(
            "new-towns.geojson", #""to": "nt-dallim""#, #""to": "nt-dalim""#,
            "did you mean nt-dallim?"),
        Change("new-towns.geojson", #""to": "nt-dallim""#, #""to": "nt-dallim-east""#, "itself"),
        Change(
            "totals.json", #""value": 8.8"#, #""value": 9.8"#, "8.75 in the records, 9.8 published"),
        Change(
            "totals.json", #""layer": "new-towns", "sum""#, #""layer": "towns", "sum""#,
            "a layer that is there"),
    ]

    @Test(arguments: changes)
    func `a fault is found and named with its line`(change: Change) throws {
        let runner = try CommandRunner()
        let text = try runner.text(of: "catalogue/\(change.file)")
        let range = try #require(text.range(of: change.old), "\(change.old)")
        let changed = text.replacingCharacters(in: range, with: change.new)
        try runner.write(changed, to: "catalogue/\(change.file)")
        let outcome = try runner.run("check", "catalogue")
        #expect(outcome.code == 1)
        let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = lines.indices.filter { lines[$0].contains(change.at) }.map { $0 + 1 }
        #expect(!expected.isEmpty)
        let faults = outcome.output.split(separator: "\n").filter {
            $0.hasPrefix("catalogue/\(change.file):")
        }
        #expect(
            faults.contains { fault in
                fault.contains(change.word) && expected.contains { fault.contains(":\($0): ") }
            }, "lines \(expected): \(faults)")
        // One change is answered with one fault, or with few that follow from it.
        #expect(faults.count <= 3, "\(faults)")
    }

    @Test func `a sound catalogue passes, and one of its files too`() throws {
        let runner = try CommandRunner()
        for path in ["catalogue", "catalogue/", "catalogue/schools.geojson"] {
            let outcome = try runner.run("check", path)
            #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("no faults"))
        }
    }

    @Test func `an identifier that is used twice is named with both lines`() throws {
        let runner = try CommandRunner()
        let text = try runner.text(of: "catalogue/schools.geojson")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let second = try #require(lines.firstIndex { $0.contains("\"sc-gureum\"") }) + 1
        let first = try #require(lines.firstIndex { $0.contains("\"sc-byeol\"") }) + 1
        let changed = text.replacingOccurrences(of: "\"sc-gureum\"", with: "\"sc-byeol\"")
        try runner.write(changed, to: "catalogue/schools.geojson")
        let output = try runner.run("check", "catalogue").output
        #expect(
            output.contains(
                "schools.geojson:\(second): sc-byeol: the id is used before, in schools.geojson "
                    + "line \(first)"), "\(output)")
    }

    @Test func `two records of one place are found`() throws {
        let runner = try CommandRunner()
        let text = try runner.text(of: "catalogue/schools.geojson")
        let moved = text.replacingOccurrences(
            of: "[126.8400, 35.0500]", with: "[127.3710, 36.3600]"
        )
        .replacingOccurrences(of: "구름과학원", with: "별님대학")
        .replacingOccurrences(of: "광주광역시", with: "대전광역시")
        .replacingOccurrences(of: "별구", with: "달빛구")
        .replacingOccurrences(of: "29999", with: "30999")
        try runner.write(moved, to: "catalogue/schools.geojson")
        let outcome = try runner.run("check", "catalogue")
        #expect(outcome.output.contains("lies 89 m from sc-byeol"), "\(outcome.output)")
    }

    @Test func `as JSON it says the same`() throws {
        let runner = try CommandRunner()
        let json = try ParsedJSON(try runner.run("check", "catalogue", "--json").output)
        #expect(json["faults"].array.isEmpty)
        #expect(json["layers"][0]["records"].number == 3)
        #expect(json["totals"][0]["found"].number == 8.75)
    }
}
