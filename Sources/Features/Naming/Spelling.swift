/// Finds the word that somebody meant.
public enum Spelling {
    /// The number of letters to insert, delete, replace or exchange with their neighbour to turn
    /// one word into another.
    ///
    /// The optimal string alignment distance (F. J. Damerau, 1964,
    /// https://doi.org/10.1145/363958.363994).
    ///
    /// - Parameters:
    ///   - a: A word.
    ///   - b: Another.
    ///   - limit: Distances above it need not be told apart.
    /// - Returns: The distance, or a number above `limit`.
    /// - Complexity: O(m·n).
    public static func distance<Letter: Equatable>(
        _ a: [Letter], _ b: [Letter], limit: Int = .max
    ) -> Int {
        if (a.count - b.count).magnitude > limit { return limit + 1 }
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var best = min(previous[j + 1], current[j]) + 1
                best = min(best, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, before[j - 1] + 1)
                }
                current.append(best)
            }
            (before, previous) = (previous, current)
        }
        return previous[b.count]
    }

    /// The word of a list that is nearest to a word, where one is near at all.
    ///
    /// - Parameters:
    ///   - word: What was written; case does not count.
    ///   - words: What could have been meant.
    /// - Returns: The word at the least distance of at most a third of the letters, the first of
    ///   several; a word that starts like it otherwise.
    public static func nearest(to word: String, in words: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased())
        let limit = max(1, letters.count / 3)
        var best: (word: String, distance: Int)?
        var beginning: String?
        for candidate in words {
            let other = Array(candidate.lowercased())
            let distance = distance(letters, other, limit: limit)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
            if beginning == nil, letters.count > 2, other.starts(with: letters) {
                beginning = candidate
            }
        }
        return best?.word ?? beginning
    }
}
