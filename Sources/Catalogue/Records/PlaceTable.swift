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
            geometry: GeometryColumn(
                longitudes: places.map(\.position.x), latitudes: places.map(\.position.y)),
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
        text("sources") { place in
            let sources =
                place.positionSources + place.facts.flatMap(\.sources)
                + place.events.flatMap(\.sources)
            return inOrder(sources).joined(separator: "; ")
        }
        text("layer") { $0.layer }
        return batch
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
