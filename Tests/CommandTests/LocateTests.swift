import TestSupport
import Testing

/// How places of the built-in catalogue are found; the search itself is tested with the catalogue.
struct LocateTests {
    @Test(arguments: [
        ("daedok", "rz-daedeok"), ("ㅋㅇㅅㅌ", "un-kaist"), ("Pusan centum", "ic-busan-centum"),
        ("빛가ㄹ", "ic-bitgaram"), ("KAIST", "un-kaist"), ("카이스트가", "un-kaist"),
        ("POSTECH", "un-postech"), ("포스텍", "un-postech"), ("LH", "pi-lh"),
        ("KEPCO", "pi-kepco"), ("한전", "pi-kepco"), ("한구전력공사", "pi-kepco"),
        ("판교에서", "dd-pangyo"), ("내포", "ic-naepo"), ("빛가람", "ic-bitgaram"),
        ("나주 혁신도시", "ic-bitgaram"), ("대덕특구는", "rz-daedeok"), ("오송으로", "co-osong"),
        ("인천공하", "ap-incheon"), ("캠코", "pi-kamco"), ("Suseong alpha", "dd-suseong-alpha"),
        ("ETRI", "ri-etri"), ("기초과학연구원", "ri-ibs"), ("서울역", "st-seoul"),
    ])
    func `the place meant comes first`(text: String, id: String) throws {
        let outcome = try CommandRunner().run(
            ["locate"] + text.split(separator: " ").map(String.init) + ["--json"])
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        let found = try ParsedJSON(outcome.output)
        #expect(found[0]["id"].string == id)
        for place in found.array {
            #expect(
                place.names.isSuperset(of: ["id", "kind", "name_ko", "name_en", "lon", "lat"]))
            // A programme or an indicator has no place of its own.
            guard let lon = place["lon"].number, let lat = place["lat"].number else {
                #expect(["programme", "indicator", "collaboration"].contains(place["kind"].string))
                continue
            }
            #expect(124...132 ~= lon && 33...39 ~= lat)
        }
    }

    @Test func `what nobody has heard of is an empty array and a note`() throws {
        let outcome = try CommandRunner().run("locate", "xqzzyw", "--json")
        #expect(outcome.code == 0)
        #expect(outcome.output == "[]\n")
        #expect(outcome.errors == "note: no place is called \"xqzzyw\" or nearly so\n")
    }

    @Test func `places around a position come by distance`() throws {
        let outcome = try CommandRunner().run("locate", "--at", "127.37,36.37", "--json")
        let zones = try CommandRunner().run(
            "locate", "--at", "127.37,36.37", "--json", "--kind", "research-zone", "--limit", "40")
        let zone = try ParsedJSON(zones.output).array.first { $0["id"].string == "rz-daedeok" }
        #expect(zone?["inside_indicative"].bool == true)
        let found = try ParsedJSON(outcome.output).array
        let distances = found.compactMap { $0["distance_m"].number }
        #expect(distances.count == 10)
        #expect(distances == distances.sorted())
        #expect(found.allSatisfy { 0...360 ~= $0["azimuth_deg"].number ?? -1 })
        #expect(found.contains { $0["id"].string == "un-kaist" })
        let table = try CommandRunner().run("locate", "--at", "127.37,36.37").output
        #expect(table.hasPrefix("In 유성구 Yuseong-gu, 대전광역시 (mu-daejeon-yuseong)\n"))
    }
}
