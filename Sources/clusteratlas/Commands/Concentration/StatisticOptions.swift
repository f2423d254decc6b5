import Analysis
import ArgumentParser
import Features
import Formats
import Geometry

/// What a spatial statistic is made from: values, neighbours, permutations.
struct StatisticOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The field that is looked at.", valueName: "field"))
    var value: String

    @Option(
        help: ArgumentHelp("Divide the value by this field, such as area_km2.", valueName: "field"))
    var per: String?

    @Option(help: ArgumentHelp("Neighbours are so many nearest; 8 by default.", valueName: "n"))
    var nearest: Int?

    @Option(
        help: ArgumentHelp("Neighbours are all within this distance.", valueName: "distance"))
    var within: DistanceArgument?

    @OptionGroup var drawing: PermutationOptions

    func validate() throws {
        if nearest != nil, within != nil {
            throw ValidationError(
                "--nearest and --within are two ways to be neighbours; choose one")
        }
        if let nearest, nearest < 1 {
            throw ValidationError("--nearest takes a number of at least 1, not \(nearest)")
        }
    }

    var neighbourhood: SpatialWeights.Neighbourhood {
        within.map { .within($0.distance) } ?? .nearest(nearest ?? 8)
    }

    /// Takes the values of a layer, and says what is left out.
    func places(of whole: InputOptions.Whole, _ input: InputOptions) throws -> ValuedPlaces {
        let places = try ValuedPlaces(of: whole.batch, layer: whole.title, field: value, per: per)
        input.noteRepresented(places.represented, of: whole.name)
        if places.unlocated > 0 {
            input.note(
                "\(Figures.count(places.unlocated, "feature")) of \(whole.name) without a place, "
                    + "left out")
        }
        if places.unvalued > 0 {
            input.note(
                "\(Figures.count(places.unvalued, "feature")) of \(whole.name) without "
                    + "\(title), left out")
        }
        return places
    }

    /// What the values are called.
    var title: String { per.map { "\(value) per \($0)" } ?? value }

    func weights(_ places: ValuedPlaces, _ input: InputOptions) throws -> SpatialWeights {
        let weights = try SpatialWeights(of: places.places, neighbourhood)
        if weights.islands > 0 {
            input.note("\(Figures.count(weights.islands, "feature")) without a neighbour")
        }
        return weights
    }

    func describe(in provenance: inout Provenance) {
        provenance.set("value", value)
        provenance.set("per", per)
        switch neighbourhood {
        case .nearest(let k): provenance.set("nearest", .int(Int64(k)))
        case .within(let limit): provenance.set("within_m", .double(limit.metres))
        }
        drawing.describe(in: &provenance)
    }

    /// How the neighbours are told in words.
    var words: String {
        switch neighbourhood {
        case .nearest(let k): "\(k) nearest"
        case .within(let limit): "within \(limit)"
        }
    }

    /// A probability to three digits.
    static func probability(_ value: Double?) -> String {
        guard let value else { return "–" }
        return value < 0.001 ? "<0.001" : Figures.number(value, decimals: 3)
    }
}
