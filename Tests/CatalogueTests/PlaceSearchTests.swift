import Catalogue
import Geometry
import TestSupport
import Testing

struct PlaceSearchTests {
    private static let search = Result { PlaceSearch(try BuiltIn.load().places.map(\.heading)) }

    private func first(_ text: String) throws -> String? {
        try Self.search.get().find(text, limit: 3).first?.place.id
    }

    @Test func `the name of a town finds the places in it`() throws {
        let ids = try Self.search.get().find("나주", limit: 4).map(\.place.id)
        #expect(ids.contains("ic-bitgaram") && ids.contains("sz-naju"))
    }

    @Test(arguments: [
        // Names, whole or begun, in both languages.
        ("Daedeok", "rz-daedeok"), ("대덕", "rz-daedeok"), ("KAIST", "un-kaist"),
        ("카이스트", "un-kaist"), ("빛가람", "ic-bitgaram"),
        ("gwangju innovation city", "ic-bitgaram"), ("ic-bitgaram", "ic-bitgaram"),
        ("bitgaram", "ic-bitgaram"), ("BITGARAM", "ic-bitgaram"), ("빛 가람", "ic-bitgaram"),
        ("Busan centum", "ic-busan-centum"), ("부산혁신도시", "ic-busan"),
        // Initials.
        ("ㅋㅇㅅㅌ", "un-kaist"), ("ㅂㄱㄹ", "ic-bitgaram"),
        // A syllable that is still being typed.
        ("빛가ㄹ", "ic-bitgaram"), ("빛갈", "ic-bitgaram"), ("카이ㅅ", "un-kaist"),
        // Other romanisations.
        ("Taedŏk", "rz-daedeok"), ("Taedok", "rz-daedeok"), ("Pusan centum", "ic-busan-centum"),
        // Abbreviations.
        ("SNU", "un-snu-gwanak"),
        // Errors of spelling.
        ("daedok", "rz-daedeok"), ("bitgarm", "ic-bitgaram"), ("카이스투", "un-kaist"),
        ("gimchon innovation city", "ic-gimcheon"),
    ])
    func `the place meant comes first`(text: String, id: String) throws {
        #expect(try first(text) == id)
    }

    @Test(arguments: [
        ("Taejŏn", "Daejeon"), ("Kwangju", "Gwangju"), ("Chonju", "Jeonju"), ("Pusan", "Busan"),
        ("Taegu", "Daegu"), ("Kangwon", "Gangwon"), ("Chinju", "Jinju"), ("Cheju", "Jeju"),
        ("대전", "Daejeon"), ("전주", "Jeonju"),
    ])
    func `romanisations of one name find the same places`(one: String, other: String) throws {
        let search = try Self.search.get()
        let found = Set(search.find(one, limit: 100).prefix(3).map(\.place.id))
        let expected = Set(search.find(other, limit: 100).map(\.place.id))
        #expect(!found.isEmpty)
        #expect(found.isSubset(of: expected), "\(found)")
    }

    @Test(arguments: ["", " ", "-", "!?", "xqzzyw", "ㅋㅋㅋㅋㅋㅋㅋㅋ", "🙂", "zzzzzzzzzzzzzzzzzzzzzzzz"])
    func `what is no name finds nothing`(text: String) throws {
        #expect(try first(text) == nil)
    }

    @Test func `every place is found by its names and its identifier`() throws {
        let builtIn = try BuiltIn.load()
        let search = try Self.search.get()
        for place in builtIn.layers.flatMap({ $0.places.prefix(12) }) {
            for name in [place.nameKO, place.nameEN, place.id] {
                let hits = search.find(name, limit: 5)
                #expect(hits.contains { $0.place.id == place.id }, "\(name)")
            }
        }
    }

    @Test func `scores fall from the first to the last`() throws {
        let scores = try Self.search.get().find("Daejeon", limit: 50).map(\.score)
        #expect(scores.count > 3)
        #expect(scores == scores.sorted(by: >))
        #expect(try Self.search.get().find("Daejeon", limit: 2).count == 2)
    }

    @Test func `places around a position come by their geodesic distance`() throws {
        let places = try BuiltIn.load().places
        let here = Position(127.37, 36.37)
        let found = try PlacesAround(places).find(here, limit: 5)
        let expected = places.compactMap(\.position).map {
            Geodesic.wgs84.distance(from: here, to: $0)
        }.sorted()
        for (near, distance) in zip(found, expected) {
            #expect(abs(near.distance - distance) <= 1e-6)
            #expect(0..<360 ~= near.azimuth)
        }
    }
}
