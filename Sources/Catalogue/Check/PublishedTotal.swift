internal import Formats

/// A total or count that somebody published, and the records that ought to give it: one entry of
/// `totals.json`.
struct PublishedTotal {
    let subject: String
    let layer: String
    /// The fact that is summed; records are counted where there is none.
    let fact: String?
    let listings: Set<String>?
    let facts: [(name: String, value: String)]
    let events: [(name: String, date: String)]
    let links: [(relation: String, target: String)]
    let unlinked: String?
    let value: Double
    let tolerance: Double
    let source: String

    /// Reads an entry; `nil` where it lacks its subject, layer, value or source.
    ///
    /// - Parameter json: The entry.
    init?(_ json: LocatedJSON) {
        guard let subject = json["subject"]?.string, let layer = json["layer"]?.string,
            let value = json["value"]?.number, let source = json["source"]?.string
        else { return nil }
        self.subject = subject
        self.layer = layer
        self.value = value
        self.source = source
        fact = json["sum"]?.string
        tolerance = json["tolerance"]?.number ?? 0
        let filter = json["where"]
        listings = (filter?["listing"]?.array?.compactMap(\.string)).map(Set.init)
        facts = (filter?["fact"]?.members ?? []).compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
        events = (filter?["event"]?.members ?? []).compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
        links = (filter?["link"]?.members ?? []).compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
        unlinked = filter?["without_link"]?.string
    }

    /// The catalogue's own figure.
    func found(in places: [Place]) -> Double {
        let meant = places.filter { place in
            (listings?.contains(place.listing.rawValue) ?? true)
                && facts.allSatisfy { place.fact($0.name)?.value.string == $0.value }
                && events.allSatisfy { wanted in
                    place.events.contains {
                        $0.name == wanted.name && $0.date.hasPrefix(wanted.date)
                    }
                }
                && links.allSatisfy { wanted in
                    place.links.contains {
                        $0.relation == wanted.relation && $0.target == wanted.target
                    }
                }
                && !place.links.contains { $0.relation == unlinked }
        }
        guard let fact else { return Double(meant.count) }
        return meant.reduce(0) { $0 + ($1.fact(fact)?.value.number ?? 0) }
    }
}
