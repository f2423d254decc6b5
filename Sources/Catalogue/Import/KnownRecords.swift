internal import Features
internal import Geometry

/// The records of a layer by all names that official lists may call them.
struct KnownRecords {
    private let byName: [String: [PlaceHeading]]

    /// How far from a built-in record a row of the same name may lie and still mean it, in metres.
    private static let sameDistance = 3_000.0

    init(_ records: [PlaceHeading]) {
        var byName: [String: [PlaceHeading]] = [:]
        for record in records {
            for key in Set(([record.nameKO, record.nameEN] + record.aliases).flatMap(Self.keys)) {
                byName[key, default: []].append(record)
            }
        }
        self.byName = byName
    }

    /// The record that a row means: called alike, and in the same municipality or near by.
    ///
    /// Of several, as the campuses of a university, the nearest one.
    func twin(
        of names: [String], at position: Position?, in municipality: PlaceHeading
    ) -> PlaceHeading? {
        let found = names.flatMap { Self.keys($0) }.flatMap { byName[$0] ?? [] }
        func metres(_ record: PlaceHeading) -> Double {
            guard let position, let there = record.position else { return .infinity }
            return Geodesic.wgs84.distance(from: position, to: there)
        }
        let near = found.filter { record in
            record.municipalityCode == municipality.municipalityCode
                || metres(record) <= Self.sameDistance
        }
        return near.map { (record: $0, metres: metres($0)) }
            .min { ($0.metres, $0.record.id) < ($1.metres, $1.record.id) }?.record
    }

    /// A name without what official lists write in different ways, with and without its campus.
    private static func keys(_ name: String) -> [String] {
        var names = [name]
        let words = name.split(separator: " ")
        if words.count > 1, words.last?.hasSuffix("캠퍼스") == true {
            names.append(words.dropLast().joined(separator: " "))
        }
        if let comma = name.firstIndex(of: ","), name.utf8.allSatisfy({ $0 < 0x80 }) {
            names.append(String(name[..<comma]))
        }
        return names.map(plain).filter { !$0.isEmpty }
    }

    private static func plain(_ name: String) -> String {
        let outside = name.prefix { $0 != "(" }
        var plain = (outside.isEmpty ? name[...] : outside).lowercased()
            .filter { $0.isLetter || $0.isNumber }
        for ending in ["대학교", "대학"] where plain.hasSuffix(ending) {
            plain.removeLast(ending.count)
        }
        if plain.hasPrefix("국립") { plain.removeFirst(2) }
        return plain
    }
}
