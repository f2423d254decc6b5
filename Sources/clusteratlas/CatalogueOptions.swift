import ArgumentParser
import Catalogue

/// Which catalogue is read, and as of which date.
struct CatalogueOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of own records, beside the built-in ones or instead of them.",
            valueName: "folder"))
    var data: String?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "See the catalogue as it stood on a date: 2019, 2019-06 or 2019-06-30.",
            valueName: "date"))
    var date: DateArgument?

    /// The date on which the catalogue is seen.
    var asOf: PartialDate? { date?.date }

    /// Opens the catalogue.
    func open() throws -> PlaceCatalogue { try PlaceCatalogue(folder: data) }

    /// A record as of the date.
    func place(_ id: String, in catalogue: PlaceCatalogue) throws -> Place {
        let place = try catalogue.place(id)
        guard let asOf else { return place }
        let layer = catalogue.layers.first { $0.name == place.layer }
        let then = place.asOf(
            asOf, names: try catalogue.namesOfPlaces(), beginning: layer?.beginning)
        guard let then else {
            let start = place.start(with: layer?.beginning).map { " It begins in \($0)." } ?? ""
            throw ValidationError(
                "\(id) (\(place.nameEN)) was not there as of \(asOf).\(start)")
        }
        return then
    }

    /// The records of a layer as of the date.
    func records(of layer: LayerInfo, in catalogue: PlaceCatalogue) throws -> [Place] {
        if let asOf { return try catalogue.records(of: layer, asOf: asOf) }
        return try catalogue.records(of: layer)
    }

    /// What the records of a layer are called and where they lie as of the date.
    func headings(of layer: LayerInfo, in catalogue: PlaceCatalogue) throws -> [PlaceHeading] {
        if asOf != nil { return try records(of: layer, in: catalogue).map(\.heading) }
        return try catalogue.headings(of: layer)
    }
}

/// A date as a word of the command line.
struct DateArgument: ExpressibleByArgument, Sendable {
    let date: PartialDate

    init?(argument: String) {
        guard let date = PartialDate(argument) else { return nil }
        self.date = date
    }
}
