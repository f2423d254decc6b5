import Catalogue
import Features
import Formats
import Geometry

/// The detective of reference systems, with what the catalogue knows of Korea.
enum KoreanDetective {
    /// Prepares the detective: places of the catalogue with their names, and the outlines of the
    /// provinces where the catalogue has them.
    static func make(_ options: CatalogueOptions) throws -> CRSDetective {
        let catalogue = try options.open()
        let landmarks = try catalogue.layers.flatMap { layer in
            try catalogue.records(of: layer).compactMap { place in
                place.position.map {
                    Landmark(
                        names: [place.nameKO, place.nameEN] + place.aliases, position: $0,
                        accuracy: place.accuracy ?? 500)
                }
            }
        }
        var outlines: [Shape] = []
        if let file = catalogue.layers.first(where: { $0.name == "provinces" })?.outlines {
            var source = try openSource(file)
            outlines = try source.readAll().geometry.shapes.compactMap { $0 }
        }
        return try CRSDetective(landmarks: landmarks, outlines: outlines)
    }

    /// An error that a system is missing or doubtful, with the candidates for the one it may be.
    static func explained(
        _ error: FormatError, path: String, options: ReadingOptions,
        catalogue: CatalogueOptions
    ) -> FormatError {
        let codes: [FormatError.Code] = [.projected, .swappedAxes, .badPosition, .crs]
        guard codes.contains(error.code), path != "-",
            let sample = try? CoordinateSample.reading(path, options: options),
            let candidates = try? make(catalogue).candidates(for: sample),
            let best = candidates.first
        else { return error }
        // Degrees the wrong way round say all there is to say themselves.
        if best.isSwapped, best.system.projection == nil { return error }
        let lines = CRSCandidate.lines(candidates).map { "\n  \($0)" }.joined()
        let problem =
            "\(error.problem)\n  By where the numbers lie, they are in:\(lines)"
        let name = best.system.definition
        let title = name.hasPrefix("EPSG:") ? name : "'\(name)'"
        let remedy =
            best.isSwapped
            ? "put the easting (x) before the northing (y), and name the system: "
                + "--assume-crs \(title)"
            : error.code == .crs
                ? error.remedy : "if the first is right, say so: --assume-crs \(title)"
        return FormatError(error.code, at: error.place, problem, remedy: remedy)
    }
}

/// A source whose errors about its reference system name the likely ones.
struct ExplainingSource: FeatureSource {
    private var base: any FeatureSource
    private let explain: (FormatError) -> FormatError

    init(_ base: any FeatureSource, explain: @escaping (FormatError) -> FormatError) {
        self.base = base
        self.explain = explain
    }

    var collection: CollectionInfo { base.collection }

    mutating func next() throws -> FeatureBatch? {
        do {
            return try base.next()
        } catch let error as FormatError {
            throw explain(error)
        }
    }
}
