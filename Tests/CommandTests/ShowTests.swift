import TestSupport
import Testing

struct ShowTests {
    @Test func `a built-in place is shown with all its sources`() throws {
        let runner = try CommandRunner()
        let outcome = try runner.run("show", "ic-bitgaram", "--json")
        #expect(outcome.code == 0)
        let place = try ParsedJSON(outcome.output)
        #expect(place["id"].string == "ic-bitgaram")
        #expect(place["municipality"].string == "나주시")
        let facts = place["facts"].array
        #expect(facts.contains { $0["name"].string == "area_km2" })
        let named = Set(
            (facts + facts.flatMap { $0["earlier"].array } + place["events"].array).flatMap {
                $0["sources"].array.compactMap(\.string)
            }
                + place["position_sources"].array.compactMap(\.string))
        #expect(Set(place["sources"].array.compactMap { $0["id"].string }) == named)
        let text = try runner.run("show", "ic-bitgaram").output
        for source in place["sources"].array {
            #expect(text.contains(try #require(source["publisher"].string)))
        }
    }

    @Test func `an unknown identifier is answered with the nearest`() throws {
        let outcome = try CommandRunner().run("show", "ic-bitgram")
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("ic-bitgaram"))
    }
}
