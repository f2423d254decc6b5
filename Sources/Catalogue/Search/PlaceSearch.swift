internal import Features

/// Finds places by name: Korean or English, whole or begun, by initials, in any romanisation, with
/// small errors of spelling.
public struct PlaceSearch: Sendable {
    /// The places that are searched.
    public let places: [PlaceHeading]
    /// The forms in which each place's names can be found.
    private let keys: [[SearchKey]]

    /// Creates a search.
    ///
    /// - Parameter places: The places to search, in the order in which equals are listed.
    public init(_ places: [PlaceHeading]) {
        self.places = places
        keys = places.map { place in
            ([place.nameKO, place.nameEN, Self.localPart(place.id)] + place.aliases).map(
                SearchKey.init)
        }
    }

    /// A place found.
    public struct Hit: Hashable, Sendable {
        /// The place.
        public let place: PlaceHeading
        /// How well it fits, from 0 to 100: the name as written, less what its kind steps back behind
        /// clusters of that name.
        public let score: Double
    }

    /// Finds places.
    ///
    /// - Parameters:
    ///   - text: What somebody wrote.
    ///   - limit: How many at most.
    /// - Returns: The places that fit, best first; none where nothing is near.
    /// - Complexity: O(n) for n names.
    public func find(_ text: String, limit: Int = 10) -> [Hit] {
        let query = SearchKey(text)
        guard !query.letters.isEmpty else { return [] }
        // An identifier, copied from elsewhere, means its own place.
        let identifier = text.lowercased()
        var scores = zip(places, keys).map { place, keys in
            place.id == identifier ? 140 : keys.map { Self.score(query, $0) }.max() ?? 0
        }
        if (scores.max() ?? 0) < 60 {
            // Errors of spelling are only looked for where nothing fits as written.
            scores = keys.map { $0.map { Self.errorScore(query, $0) }.max() ?? 0 }
        }
        let best = scores.max() ?? 0
        let fitting = places.indices.filter { scores[$0] > 0 && scores[$0] >= best - 45 }
        let points = fitting.map { row in
            // Who writes the official name in full, 서울역, means that place.
            let isNamed = keys[row].prefix(2).contains { $0.letters == query.letters }
            return scores[row] - Prominence.stepBack(of: places[row]) * (isNamed ? 0.25 : 1)
        }
        let order = fitting.indices.sorted { (points[$1], $0) < (points[$0], $1) }
        return order.prefix(limit).map {
            Hit(place: places[fitting[$0]], score: min(100, max(0, points[$0])))
        }
    }

    /// An identifier without the prefix of its layer: `kaist` of `un-kaist`.
    private static func localPart(_ id: String) -> String {
        id.firstIndex(of: "-").map { String(id[id.index(after: $0)...]) } ?? id
    }

    private static func score(_ query: SearchKey, _ key: SearchKey) -> Double {
        if query.letters == key.letters { return 100 }
        var best = 0.0
        func take(_ score: Double) { best = max(best, score) }
        let share = Double(query.letters.count) / Double(max(1, key.letters.count))
        if !key.acronym.isEmpty, query.letters == key.acronym, query.letters.count > 1 { take(92) }
        if key.letters.starts(with: query.letters) { take(80 + 15 * share) }
        if key.words.contains(where: { $0.starts(with: query.letters) }) { take(74 + 15 * share) }
        if query.letters.count > 1, contains(key.letters, query.letters) { take(66 + 15 * share) }
        if query.letters.count > 1, query.letters.allSatisfy(Hangul.isConsonant) {
            if query.letters == key.initials { take(85) }
            if key.initials.starts(with: query.letters) { take(78) }
            if contains(key.initials, query.letters) { take(68) }
        }
        if query.sound.count > 2 {
            let heard = Double(query.sound.count) / Double(max(1, key.sound.count))
            if query.sound == key.sound { take(90) }
            if key.sound.starts(with: query.sound) { take(70 + 15 * heard) }
            if query.sound.count > 3, contains(key.sound, query.sound) { take(60 + 15 * heard) }
        }
        // What somebody wrote may say more than the name does: a particle, a kind of place.
        if key.letters.count > 3, query.letters.starts(with: key.letters) {
            take(62 + 15 / share)
        }
        if query.words.count > 1,
            query.words.allSatisfy({ word in key.words.contains { $0.starts(with: word) } })
        {
            take(76 + 10 * min(1, share))
        }
        return best
    }

    private static func errorScore(_ query: SearchKey, _ key: SearchKey) -> Double {
        let plain = score(query, key)
        var best = plain
        for (written, names) in [
            (query.letters, [key.letters] + key.words), (query.sound, [key.sound]),
        ] where written.count > 2 {
            let limit = max(1, written.count / 4)
            for (place, name) in names.enumerated() {
                let distance = Spelling.distance(written, name, limit: limit)
                // The whole name says more than one word of it.
                let whole: Double = place == 0 ? 58 : 53
                if distance <= limit { best = max(best, whole - 8 * Double(distance)) }
                // The beginning of a longer name, written with an error.
                if name.count > written.count {
                    let begun = Spelling.distance(
                        written, Array(name.prefix(written.count)), limit: limit)
                    if begun <= limit { best = max(best, 48 - 8 * Double(begun)) }
                }
            }
        }
        return best
    }

    private static func contains(_ text: [Letter], _ part: [Letter]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return false }
        return text.indices.dropLast(part.count - 1).contains {
            text[$0] == first && text[$0...].starts(with: part)
        }
    }
}
