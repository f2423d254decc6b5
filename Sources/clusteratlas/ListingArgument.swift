import ArgumentParser
import Catalogue

/// Which records of a layer are meant, as words: `main,part` or `all`.
struct ListingArgument: ExpressibleByArgument, Sendable {
    /// The words as they were given.
    let text: String
    /// What they mean.
    let listings: Set<PlaceCatalogue.Listing>

    init?(argument: String) {
        text = argument
        if argument == "all" {
            listings = Set(PlaceCatalogue.Listing.allCases)
            return
        }
        let words = argument.split(separator: ",").map(String.init)
        let found = words.compactMap(PlaceCatalogue.Listing.init)
        guard !words.isEmpty, found.count == words.count else { return nil }
        listings = Set(found)
    }

    static var allValueStrings: [String] {
        PlaceCatalogue.Listing.allCases.map(\.rawValue) + ["all"]
    }
}
