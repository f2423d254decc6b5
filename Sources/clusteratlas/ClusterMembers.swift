import Analysis
import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry

/// The clusters of a layer of the catalogue with the hubs that their records link as members.
struct ClusterMembers {
    /// A cluster with what is known of its hubs.
    struct Cluster {
        let place: Place
        let hubs: [Hub]
        /// The members without a place.
        let unlocated: [String]
        /// The members that lie inside another one and are not counted again.
        let inside: [String]
        /// The names of hubs that the sources give, whether or not there is a record of each.
        let named: [String]

        /// How many hubs it is known to have beside those with a place.
        var missing: Int { max(unlocated.count, named.count - hubs.count) }
    }

    let clusters: [Cluster]

    init(of layer: LayerInfo, _ options: CatalogueOptions, in catalogue: PlaceCatalogue) throws {
        let records = try options.records(of: layer, in: catalogue).filter { $0.listing == .main }
        let wanted = Set(records.flatMap(\.members))
        let layers = catalogue.layers.filter { info in
            wanted.contains { id in info.prefix.map { id.hasPrefix($0) } ?? true }
        }
        var places: [String: Place] = [:]
        for place in try layers.flatMap({ try options.records(of: $0, in: catalogue) })
        where wanted.contains(place.id) {
            places[place.id] = place
        }
        clusters = records.map { Self.cluster($0, places) }
    }

    private static func cluster(_ place: Place, _ places: [String: Place]) -> Cluster {
        let members = place.members.compactMap { places[$0] }
        let ids = Set(members.map(\.id))
        let inside = members.filter { member in
            member.links.contains { $0.relation == "part-of" && ids.contains($0.target) }
        }
        let counted = members.filter { member in !inside.contains { $0.id == member.id } }
        return Cluster(
            place: place, hubs: counted.compactMap(\.hub),
            unlocated: counted.filter { $0.position == nil }.map(\.id), inside: inside.map(\.id),
            named: place.fact("hubs_ko")?.value.array?.compactMap(\.string) ?? [])
    }
}

extension Place {
    /// The identifiers of the records that are its members.
    fileprivate var members: [String] {
        links.filter { $0.relation == "member" }.map(\.target)
    }

    /// Whether it lies in a metropolitan city.
    var isMetropolitan: Bool {
        heading.province.flatMap(Province.init(named:))?.isMetropolitanCity ?? false
    }

    /// The place as a hub of a cluster; `nil` for one without a position.
    var hub: Hub? {
        heading.position.map { position in
            Hub(
                id: heading.id, name: heading.nameKO, layer: heading.layer, position: position,
                accuracy: heading.accuracy, areaKM2: areaKM2, province: heading.province,
                isMetropolitan: isMetropolitan)
        }
    }
}
