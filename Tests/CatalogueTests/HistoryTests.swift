import Catalogue
import Features
import Formats
import Foundation
import TestSupport
import Testing

struct PartialDateTests {
    @Test(arguments: ["2007", "2007-03", "2007-03-07", "2024-02-29", "2000-02-29", "0618"])
    func `years, months and days are dates`(text: String) {
        #expect(PartialDate(text)?.description == text)
    }

    @Test(arguments: [
        "", "07", "20007", "2007-3", "2007-13", "2007-00", "2007-02-29", "1900-02-29",
        "2007-04-31", "2007-03-07-01", "2007-", "-2007", "2007/03", "２００７", "2007-03-00", "year",
    ])
    func `anything else is none`(text: String) {
        #expect(PartialDate(text) == nil)
    }

    @Test func `a year or a month stands for its last day`() throws {
        let rising = [
            "2006", "2007-02", "2007-03-07", "2007-03", "2007-04-01", "2007-12-30", "2007",
            "2008-01",
        ]
        let dates = try rising.map { try #require(PartialDate($0)) }
        for (a, b) in zip(dates, dates.dropFirst()) { #expect(a < b, "\(a) \(b)") }
        let month = try #require(PartialDate("2007-03"))
        let day = try #require(PartialDate("2007-03-31"))
        #expect(!(month < day) && !(day < month))
    }
}

/// The catalogue as it stood on a date: a made-up one, and the built-in one.
struct HistoryTests {
    private let made: PlaceCatalogue
    private let builtIn: PlaceCatalogue

    init() throws {
        made = try PlaceCatalogue(
            folder: CommandRunner.fixtures.appending(path: "catalogue").path)
        builtIn = try BuiltIn.load().catalogue
    }

    private func place(
        _ id: String, in catalogue: PlaceCatalogue, asOf date: String
    ) throws -> Place? {
        let date = try #require(PartialDate(date))
        let layers = catalogue.layers.filter { $0.prefix.map(id.hasPrefix) ?? false }
        return try layers.flatMap { try catalogue.records(of: $0, asOf: date) }
            .first { $0.id == id }
    }

    @Test(arguments: [
        ("2012-04", false), ("2012-05-30", false), ("2012-05-31", true), ("2012-05", true),
        ("2026", true),
    ])
    func `a place begins with its designation`(date: String, isThere: Bool) throws {
        #expect(try (place("nt-dallim-east", in: made, asOf: date) != nil) == isThere)
    }

    @Test func `a place without a date has always been there`() throws {
        #expect(try place("nt-dallim", in: made, asOf: "1900") != nil)
        #expect(try place("sc-byeol", in: made, asOf: "1970") == nil)
        #expect(try place("sc-byeol", in: made, asOf: "1971") != nil)
    }

    @Test func `status, name, area and events are those of the day`() throws {
        let early = try #require(try place("nt-dallim-east", in: made, asOf: "2013"))
        #expect(early.status == "designated")
        #expect(early.nameKO == "달님지구" && early.nameEN == "Dallim District")
        #expect(early.areaKM2 == 0.75)
        #expect(early.events.map(\.name) == ["designated"])
        let late = try #require(try place("nt-dallim-east", in: made, asOf: "2018-03-02"))
        #expect(late.status == "operating")
        #expect(late.nameKO == "달님신도시(동지구)")
        #expect(late.areaKM2 == 1.25)
        #expect(late.events.count == 3)
    }

    @Test(arguments: [
        ("2009", "광주광역시"), ("2011-06-30", "광주광역시"), ("2011-07-01", "전라남도"), ("2026", "전라남도"),
    ])
    func `a municipality that changed hands is where it was`(date: String, province: String) throws
    {
        #expect(try place("nt-haetnim", in: made, asOf: date)?.province == province)
    }

    @Test func `surroundings bear the names of the day`() throws {
        let school = try #require(try place("sc-gureum", in: made, asOf: "2009-12-31"))
        #expect(school.municipality == "초승구" && school.province == "대전광역시")
        let province = try #require(try place("pv-daejeon", in: made, asOf: "1994"))
        #expect(province.nameKO == "대전직할시")
        #expect(province.nameEN == "Daejeon")
    }

    @Test func `figures that are dated later are left out`() throws {
        let district = try #require(try place("mu-byeol", in: made, asOf: "2023"))
        #expect(district.fact("population")?.value == .int(12500))
        #expect(try place("mu-byeol", in: made, asOf: "2020")?.fact("population") == nil)
    }

    @Test func `Gangwon is no R&D zone in 2024`() throws {
        #expect(try place("rz-gangwon", in: builtIn, asOf: "2024") == nil)
        #expect(try place("rz-gangwon", in: builtIn, asOf: "2026-01") != nil)
        let date = try #require(PartialDate("2024-12-31"))
        let zones = try builtIn.features(of: "research-zones", PlaceView(date: date))
        #expect(zones.count == 5)
    }

    @Test(arguments: [
        ("pv-gangwon", "2023-06-10", "강원도"), ("pv-gangwon", "2023-06-11", "강원특별자치도"),
        ("pv-jeonbuk", "2024-01-17", "전라북도"), ("pv-jeonbuk", "2024-01-18", "전북특별자치도"),
    ])
    func `provinces bear the names they had`(id: String, date: String, name: String) throws {
        #expect(try place(id, in: builtIn, asOf: date)?.nameKO == name)
    }

    @Test func `places lie in the provinces of the day`() throws {
        #expect(try place("ic-wonju", in: builtIn, asOf: "2020")?.province == "강원도")
        #expect(try place("mu-daegu-gunwi", in: builtIn, asOf: "2023-06-30")?.province == "경상북도")
        #expect(try place("mu-daegu-gunwi", in: builtIn, asOf: "2023-07-01")?.province == "대구광역시")
    }

    @Test func `today is as the records are written`() throws {
        for layer in builtIn.layers where layer.kind != "relocated-institution" {
            let written = try builtIn.records(of: layer)
            let now = try builtIn.records(of: layer, asOf: try #require(PartialDate("2099")))
            let gone = written.filter { place in
                place.events.contains { ["lifted", "closed"].contains($0.name) }
            }
            #expect(now.count == written.count - gone.count, "\(layer.name)")
        }
    }
}
