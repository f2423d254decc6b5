internal import Catalogue
internal import Formats

/// Texts that records hold in Korean and in English, found where they are first asked for.
final class CatalogueWords {
    private var known: [String: String]?

    /// Each text with the other, of several with the one that stands beside it most often; none where
    /// two do alike.
    func pairs(in catalogue: PlaceCatalogue) -> [String: String] {
        if let known { return known }
        var all: [String: [String: Int]] = [:]
        for layer in catalogue.layers {
            for record in (try? catalogue.records(of: layer)) ?? [] {
                for fact in record.facts where fact.name.hasSuffix("_ko") {
                    let other = fact.name.dropLast(3) + "_en"
                    guard let korean = fact.value.string,
                        let english = record.facts.first(where: { $0.name == other })?.value.string
                    else { continue }
                    all[korean, default: [:]][english, default: 0] += 1
                    all[english, default: [:]][korean, default: 0] += 1
                }
            }
        }
        let pairs = all.compactMapValues { others in
            let most = others.values.max()
            let usual = others.filter { $0.value == most }
            return usual.count == 1 ? usual.first?.key : nil
        }
        known = pairs
        return pairs
    }
}
