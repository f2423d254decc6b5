import Catalogue
import Features
import Formats
import Geometry
import TestSupport
import Testing

/// What every record of the built-in catalogue has to hold.
struct RecordTests {
    private let builtIn: BuiltIn

    init() throws { builtIn = try BuiltIn.load() }

    @Test func `the folder is found from where the tests were built`() throws {
        let found = try CatalogueFolder.find()
        #expect(try PlaceCatalogue(folder: found).layerNames == builtIn.catalogue.layerNames)
    }

    @Test func `identifiers are unique and begin as their layer says`() throws {
        let manifest = try JSONValue.read(builtIn.catalogue.folder + "/datapackage.json")
        var seen: Set<String> = []
        for (info, places) in builtIn.layers {
            let resource = manifest["resources"]?.array?.first { $0["name"]?.string == info.name }
            let prefix = try #require(resource?["prefix"]?.string)
            for place in places {
                #expect(seen.insert(place.id).inserted, "\(place.id) twice")
                #expect(place.id.hasPrefix(prefix) && place.id.count > prefix.count, "\(place.id)")
                #expect(
                    place.id.allSatisfy {
                        $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
                    },
                    "\(place.id)")
            }
        }
    }

    @Test func `kinds are those of the manifest`() {
        for (info, places) in builtIn.layers {
            #expect(!places.isEmpty)
            for place in places {
                #expect(place.kind == info.kind, "\(place.id)")
                #expect(place.layer == info.name)
            }
        }
    }

    @Test func `groups name layers that are there`() {
        #expect(!builtIn.catalogue.groups.isEmpty)
        for group in builtIn.catalogue.groups {
            #expect(builtIn.catalogue.layers(named: group.name)?.map(\.name) == group.layers)
        }
    }

    @Test func `every place has its names and its province`() {
        for place in builtIn.places {
            #expect(place.nameKO.contains { "가"..."힣" ~= $0 }, "\(place.id): \(place.nameKO)")
            #expect(place.nameEN.allSatisfy { $0.isASCII }, "\(place.id): \(place.nameEN)")
            #expect(!place.nameEN.isEmpty)
            let province = place.province.flatMap(Province.init(named:))
            #expect(province?.names.first == place.province, "\(place.id): \(place.province ?? "")")
            #expect(place.municipality?.isEmpty == false, "\(place.id)")
            #expect(
                place.municipalityCode?.wholeMatch(of: #/\d{5}/#) != nil
                    && place.municipalityCode?.hasPrefix(province?.rawValue ?? "?") == true,
                "\(place.id)")
        }
    }

    @Test func `every position is in Korea and says how well it is known`() {
        for place in builtIn.places {
            #expect(place.position.isOnGlobe)
            #expect(124.5...131 ~= place.position.x && 33...38.7 ~= place.position.y, "\(place.id)")
            #expect((place.accuracy ?? 0) > 0, "\(place.id)")
            #expect(place.basis?.isEmpty == false, "\(place.id)")
            #expect(!place.positionSources.isEmpty, "\(place.id)")
        }
    }

    @Test func `every source that is cited is listed`() throws {
        let list = try JSONValue.read(builtIn.catalogue.folder + "/sources.json")
        let sources = (list["sources"]?.array ?? []).compactMap { $0["id"]?.string }
        #expect(!sources.isEmpty)
        #expect(Set(sources).count == sources.count)
        for place in builtIn.places {
            let cited =
                [place.positionSources] + place.facts.map(\.sources) + place.events.map(\.sources)
            for one in cited {
                #expect(!one.isEmpty, "\(place.id) states something without a source")
                #expect(Set(one).isSubset(of: sources), "\(place.id) cites \(one)")
            }
            let grades = place.facts.map(\.confidence) + place.events.map(\.confidence)
            #expect(grades.allSatisfy { ["high", "medium", "low"].contains($0) }, "\(place.id)")
        }
    }

    @Test func `links lead to other records`() {
        let ids = Set(builtIn.places.map(\.id))
        for place in builtIn.places {
            for link in place.links {
                #expect(ids.contains(link.target) && link.target != place.id, "\(place.id)")
                #expect(
                    [
                        "part-of", "inside", "overlaps", "near", "campus-of", "member",
                        "anchored-by",
                    ].contains(link.relation))
            }
        }
    }

    @Test func `dates are ISO 8601, as precise as they are known`() {
        let form = #/(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?/#
        for place in builtIn.places {
            for event in place.events {
                #expect(event.date.wholeMatch(of: form) != nil, "\(place.id): \(event.date)")
            }
            for date in place.facts.compactMap(\.date) {
                #expect(date.wholeMatch(of: form) != nil, "\(place.id): \(date)")
            }
        }
    }

    @Test func `features of a layer are its main records`() throws {
        for (info, places) in builtIn.layers {
            let batch = try builtIn.catalogue.features(of: info.name)
            let main = places.filter { $0.listing == .main }
            #expect((0..<batch.count).map { batch.id($0) } == main.map(\.id))
            let all = try builtIn.catalogue.features(
                of: info.name, listings: Set(PlaceCatalogue.Listing.allCases))
            #expect(all.count == places.count)
        }
    }

    @Test func `a layer that is not there is answered with the nearest name`() {
        let error = #expect(throws: CatalogueError.self) {
            try builtIn.catalogue.features(of: "universitys")
        }
        #expect(error?.code == .unknownName)
        #expect(error?.remedy?.contains("did you mean universities?") == true)
    }
}
