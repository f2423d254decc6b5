internal import Features
internal import Geometry

/// Finds the municipality of a position or of an address.
final class PlaceLocator {
    private let areas: [Area]
    private let municipalities: [PlaceHeading]

    private struct Area {
        let place: PlaceHeading
        let shape: Shape
        let box: Envelope
        let area: PreparedArea
    }
    private let byCode: [String: PlaceHeading]

    /// Creates a locator from the catalogue's municipalities.
    ///
    /// - Parameter catalogue: A catalogue with municipalities and their outlines.
    /// - Throws: What reading them throws.
    init(_ catalogue: PlaceCatalogue) throws {
        var municipalities: [PlaceHeading] = []
        var areas: [Area] = []
        for layer in catalogue.layers where layer.kind == "municipality" {
            let headings = try catalogue.headings(of: layer)
            municipalities += headings
            guard layer.outlines != nil else { continue }
            let outlines = try catalogue.outlines(of: layer).0
            for place in headings {
                guard let shape = outlines[place.id], let box = shape.envelope else { continue }
                areas.append(
                    Area(place: place, shape: shape, box: box, area: try PreparedArea(shape)))
            }
        }
        self.municipalities = municipalities
        self.areas = areas
        byCode = Dictionary(
            municipalities.compactMap { place in place.code.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The municipality whose outline covers a position.
    func municipality(at position: Position) throws(GeometryError) -> PlaceHeading? {
        for candidate in areas where candidate.box.covers(position) {
            if try candidate.area.covers(position) { return candidate.place }
        }
        return nil
    }

    /// Within how many metres of a municipality a position lies: the least of some round distances;
    /// `nil` beyond the largest.
    func reach(
        from position: Position, to municipality: PlaceHeading
    ) throws(GeometryError) -> Double? {
        guard let shape = areas.first(where: { $0.place.id == municipality.id })?.shape else {
            return nil
        }
        for metres in [500.0, 1_000, 2_000, 5_000, 10_000, 20_000] {
            let around = try PreparedArea(try shape.buffered(by: Distance(metres: metres)))
            if try around.covers(position) { return metres }
        }
        return nil
    }

    /// How far a municipality reaches from the point that stands for it, in metres; `nil` where its
    /// outline is not known.
    func extent(of municipality: PlaceHeading) -> Double? {
        guard let middle = municipality.position,
            let shape = areas.first(where: { $0.place.id == municipality.id })?.shape
        else { return nil }
        var extent = 0.0
        shape.forEachPosition { position in
            extent = max(extent, Geodesic.wgs84.distance(from: middle, to: position))
        }
        return (extent / 100).rounded(.up) * 100
    }

    /// The municipality of a legal code, or of a longer code that begins with one.
    func municipality(code: String) -> PlaceHeading? {
        byCode[String(code.filter(\.isNumber).prefix(5))]
    }

    /// The municipality that an address begins with: `전남 나주시 …`, `경기도 수원시 영통구 …`.
    ///
    /// - Parameter address: The address; without a province it must mean one municipality alone.
    /// - Returns: The municipality; `nil` where none or several are meant.
    func municipality(address: String) -> PlaceHeading? {
        var words = address.split { $0.isWhitespace || $0 == "," || $0 == "(" }.map(String.init)
        var province: Province?
        if let first = words.first, let found = Province(named: first) {
            province = found
            words.removeFirst()
        }
        let near = municipalities.filter { place in
            guard let province else { return true }
            return place.municipalityCode?.hasPrefix(province.rawValue) ?? false
        }
        // A district of a city is one word in the catalogue (수원시영통구).
        for length in [2, 1] where words.count >= length {
            let name = words.prefix(length).joined()
            let found = near.filter { Self.plain($0.nameKO) == name }
            let main = found.filter { $0.listing == .main }
            if main.count == 1 { return main[0] }
            if main.isEmpty, found.count == 1 { return found[0] }
        }
        // Sejong is a province without municipalities; its one record bears its name.
        return province != nil && near.count == 1 ? near[0] : nil
    }

    private static func plain(_ name: String) -> String { name.filter { !$0.isWhitespace } }
}
