internal import Catalogue
internal import Formats

/// Texts that records hold in Korean and in English, found where they are first asked for.
final class CatalogueWords {
    private var known: [String: String]?

    /// Each text with the other; none that stands beside several.
    func pairs(in catalogue: PlaceCatalogue) -> [String: String] {
        if let known { return known }
        var all: [String: Set<String>] = [:]
        for layer in catalogue.layers {
            for record in (try? catalogue.records(of: layer)) ?? [] {
                for fact in record.facts where fact.name.hasSuffix("_ko") {
                    let other = fact.name.dropLast(3) + "_en"
                    guard let korean = fact.value.string,
                        let english = record.facts.first(where: { $0.name == other })?.value.string
                    else { continue }
                    all[korean, default: []].insert(english)
                    all[english, default: []].insert(korean)
                }
            }
        }
        let pairs = all.compactMapValues { $0.count == 1 ? $0.first : nil }
        known = pairs
        return pairs
    }
}
