internal import Features
internal import Formats

/// By how much two results differ, whatever they say of where they come from.
struct ResultDifference: Hashable, Sendable {
    /// How many features or rows differ, or are in one of them only.
    let changed: Int
    /// How many there are in the longer one.
    let all: Int
    /// The names of the properties that differ, in order.
    let properties: [String]

    /// Compares two results: of GeoJSON the features, of other files the lines.
    init(_ old: String, _ new: String) throws {
        if FileFormat(path: old) == .geoJSON, !old.hasSuffix(".json") {
            let features = try [old, new].map { try JSONValue.read($0)["features"]?.array ?? [] }
            let pairs = Self.pairs(features[0], features[1])
            var names: [String] = []
            var count = 0
            var isOther = false
            for pair in pairs {
                if pair[0] == pair[1] { continue }
                count += 1
                if pair.contains(.null) {
                    isOther = true
                    continue
                }
                let before = pair[0]["properties"]?.members ?? []
                let after = pair[1]["properties"]?.members ?? []
                for member in before + after
                where before.first(where: { $0.name == member.name })
                    != after.first(where: { $0.name == member.name })
                    && !names.contains(member.name)
                {
                    names.append(member.name)
                }
                if pair[0]["geometry"] != pair[1]["geometry"], !names.contains("geometry") {
                    names.append("geometry")
                }
            }
            changed = count
            all = pairs.count
            properties = (isOther ? ["other features"] : []) + names
        } else {
            let lines = try [old, new].map {
                try TextFile.read($0).split(separator: "\n", omittingEmptySubsequences: false)
            }
            all = max(lines[0].count, lines[1].count)
            changed = (0..<all).count { index in
                (lines[0].indices.contains(index) ? lines[0][index] : nil)
                    != (lines[1].indices.contains(index) ? lines[1][index] : nil)
            }
            properties = []
        }
    }

    /// Features that belong together: those of one identifier, or, where identifiers are missing or
    /// not their own, those of one place in the order.
    private static func pairs(_ old: [JSONValue], _ new: [JSONValue]) -> [[JSONValue]] {
        let ids = [old, new].map { features in features.compactMap { $0["id"] } }
        let haveIDs =
            ids[0].count == old.count && ids[1].count == new.count
            && Set(ids[0]).count == old.count && Set(ids[1]).count == new.count
        guard haveIDs else {
            return (0..<max(old.count, new.count)).map { index in
                [old, new].map { $0.indices.contains(index) ? $0[index] : .null }
            }
        }
        var places: [JSONValue: Int] = [:]
        for (place, id) in ids[1].enumerated() { places[id] = place }
        let kept = old.enumerated().map { index, feature in
            [feature, places[ids[0][index]].map { new[$0] } ?? .null]
        }
        let before = Set(ids[0])
        let added = new.enumerated().filter { !before.contains(ids[1][$0.offset]) }
        return kept + added.map { [.null, $0.element] }
    }

    /// The difference in words.
    var words: String {
        if changed == 0 { return "moves nothing" }
        let names = properties.prefix(3).joined(separator: ", ")
        let more = properties.count > 3 ? " …" : ""
        return "moves \(changed) of \(all)" + (names.isEmpty ? " lines" : ": \(names)\(more)")
    }
}
