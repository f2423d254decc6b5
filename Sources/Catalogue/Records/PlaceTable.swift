internal import Features
internal import Formats
internal import Geometry

/// Places as features with flat attributes, for map tools and analyses.
enum PlaceTable {
    /// Lays places out in columns.
    ///
    /// - Parameter places: The places, in order.
    /// - Returns: One feature a place; facts and events become columns in the order in which they
    ///   first occur, lists become texts joined with `; `.
    static func features(of places: [Place]) -> FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn(places.map { $0.position.map(Shape.point) }),
            ids: .string(places.map(\.id)))
        func text(_ name: String, _ value: (Place) -> String?) {
            batch.set(name, .string(places.map(value)))
        }
        text("kind") { $0.kind }
        text("name_ko") { $0.nameKO }
        text("name_en") { $0.nameEN }
        text("aliases") { $0.aliases.isEmpty ? nil : $0.aliases.joined(separator: "; ") }
        text("status") { $0.status }
        text("province") { $0.province }
        text("municipality") { $0.municipality }
        text("municipality_code") { $0.municipalityCode }
        batch.set("position_accuracy_m", .double(places.map(\.accuracy)))
        text("position_basis") { $0.basis }
        for name in inOrder(places.flatMap { $0.facts.map(\.name) }) {
            var column = ColumnBuilder()
            for place in places {
                column.append(value(place.facts.first { $0.name == name }?.value))
            }
            batch.set(name, column.finish())
        }
        for name in inOrder(places.flatMap { $0.events.map(\.name) }) {
            // The first of several, such as an extension of an extension.
            text("\(name)_date") { $0.events.first { $0.name == name }?.date }
        }
        text("sources") { $0.sources.joined(separator: "; ") }
        text("layer") { $0.layer }
        return batch
    }

    /// Draws places as indicative circles of their recorded area.
    ///
    /// - Parameters:
    ///   - places: The places, in the order of the rows.
    ///   - batch: Their features, which get the columns `footprint` (`indicative`, or nothing
    ///     where no area is recorded and the point stays) and `footprint_radius_m`.
    /// - Throws: `GeometryError` where a circle cannot be drawn.
    static func drawFootprints(of places: [Place], in batch: inout FeatureBatch) throws {
        let radii = places.map { place in
            place.position == nil
                ? nil : place.areaKM2.flatMap { $0 > 0 ? ($0 * 1e6 / .pi).squareRoot() : nil }
        }
        batch.geometry = GeometryColumn(
            try zip(places, radii).map { place, radius in
                guard let position = place.position else { return nil }
                guard let radius else { return .point(position) }
                return try Shape.disc(around: position, radius: Distance(metres: radius))
            })
        batch.set("footprint", .string(radii.map { $0 == nil ? nil : "indicative" }))
        batch.set(
            "footprint_radius_m", .double(radii.map { $0.map { ($0 * 10).rounded() / 10 } }))
    }

    private static func inOrder(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private static func value(_ json: JSONValue?) -> Value {
        guard let json, !json.isNull else { return .null }
        if let text = json.string { return .string(text) }
        if let flag = json.bool { return .bool(flag) }
        if let whole = json.int { return .int(Int64(whole)) }
        if let number = json.number { return .double(number) }
        let texts = json.array?.map { $0.string ?? $0.number.map { "\($0)" } ?? "" }
        return texts.map { .string($0.joined(separator: "; ")) } ?? .null
    }
}
