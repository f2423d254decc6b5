internal import Formats

extension Place {
    /// Reads a record.
    ///
    /// - Parameters:
    ///   - feature: The GeoJSON feature.
    ///   - number: Its place in the file, from 1.
    ///   - layer: The layer it belongs to.
    ///   - file: The file, for errors.
    /// - Throws: ``CatalogueError`` (`malformed`) naming the record.
    init(
        _ feature: JSONValue, number: Int, layer: String, file: String
    ) throws(CatalogueError) {
        heading = try PlaceHeading(feature, number: number, layer: layer, file: file)
        let properties = feature["properties"]
        facts = (properties?["facts"]?.members ?? []).map {
            Fact(name: $0.name, $0.value)
        }
        events = (properties?["events"]?.array ?? []).compactMap { event in
            guard let name = event["event"]?.string, let date = event["date"]?.string else {
                return nil
            }
            return Event(
                name: name, date: date, actor: event["by"]?.string,
                sources: Self.sources(event), confidence: event["confidence"]?.string)
        }
        links = (properties?["links"]?.array ?? []).compactMap { link in
            guard let target = link["to"]?.string, let relation = link["relation"]?.string else {
                return nil
            }
            return Link(target: target, relation: relation)
        }
        formerNames = (properties?["former_names"]?.array ?? []).compactMap { former in
            guard let until = former["until"]?.string else { return nil }
            return FormerName(
                until: until, nameKO: former["name_ko"]?.string ?? "",
                nameEN: former["name_en"]?.string ?? "", sources: Self.sources(former))
        }
        formerProvinces = (properties?["former_places"]?.array ?? []).compactMap { former in
            guard let until = former["until"]?.string, let province = former["province"]?.string
            else { return nil }
            return FormerProvince(until: until, province: province, sources: Self.sources(former))
        }
        positionSources = properties?["position"].map(Self.sources) ?? []
        noteKO = properties?["note_ko"]?.string
        noteEN = properties?["note_en"]?.string
    }

    /// The source or sources of something.
    fileprivate static func sources(_ value: JSONValue) -> [String] {
        if let one = value["source"]?.string { return [one] }
        return value["source"]?.array?.compactMap(\.string) ?? []
    }
}

extension Place.Fact {
    fileprivate init(name: String, _ json: JSONValue) {
        self.init(
            name: name, value: json["value"] ?? .null, sources: Place.sources(json),
            date: json["date"]?.string, confidence: json["confidence"]?.string,
            earlier: (json["earlier"]?.array ?? []).map { Place.Fact(name: name, $0) })
    }
}
