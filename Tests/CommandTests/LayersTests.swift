import TestSupport
import Testing

struct LayersTests {
    @Test func `the built-in layers are listed with their sizes`() throws {
        let outcome = try CommandRunner().run("layers", "--json")
        #expect(outcome.code == 0)
        let layers = try ParsedJSON(outcome.output).array
        #expect(
            Set(layers.compactMap { $0["name"].string }).isSuperset(of: [
                "innovation-cities", "research-zones", "digital-districts", "biz-parks",
                "universities", "industrial-complexes",
            ]))
        for layer in layers {
            let count = try #require(layer["count"].number)
            #expect(count > 0)
            #expect(try #require(layer["records"].number) >= count)
            for name in ["kind", "title_ko", "title_en", "description"] {
                #expect(layer[name].string?.isEmpty == false)
            }
        }
    }

    @Test func `the version is three numbers`() throws {
        let outcome = try CommandRunner().run("--version")
        #expect(outcome.code == 0)
        #expect(outcome.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
    }
}
