/// A name in the forms in which it can be found.
struct SearchKey {
    /// Its letters in lower case without spaces and marks, Hangul as jamo.
    let letters: [Character]
    /// Its sound in Latin letters with all spellings of a sound folded into one.
    let sound: [Character]
    /// The initial consonants of its Hangul syllables.
    let initials: [Character]
    /// The first letters of its words, where there are several.
    let acronym: [Character]
    /// Its words.
    let words: [[Character]]

    init(_ text: String) {
        letters = Self.letters(text)
        sound = Self.sound(text)
        initials = text.unicodeScalars.compactMap(Hangul.initial)
        let parts = text.split { !$0.isLetter && !$0.isNumber }
        words = parts.map { Self.letters(String($0)) }
        let telling = parts.filter { !["of", "and", "the", "for", "&"].contains($0.lowercased()) }
        acronym =
            telling.count > 1
            ? telling.compactMap { $0.first }.flatMap { Self.letters(String($0)) } : []
    }

    static func letters(_ text: String) -> [Character] {
        var result: [Character] = []
        for scalar in text.lowercased().unicodeScalars where isTelling(scalar) {
            result += Hangul.letters(scalar)
        }
        return result
    }

    private static func isTelling(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// Folds the ways to write one sound of Korean into one: Revised Romanization, McCune–Reischauer
    /// and habit (Daedeok, Taedŏk, Daeduk; Busan, Pusan; Gwangju, Kwangju).
    static func sound(_ text: String) -> [Character] {
        let latin = Hangul.romanised(text).lowercased().unicodeScalars.filter(isTelling).map {
            plain(Character($0))
        }
        let rules: [([Character], [Character])] = [
            (Array("yeo"), Array("yo")), (Array("eo"), ["o"]), (Array("eu"), ["u"]),
            (Array("ae"), ["e"]), (Array("oe"), ["e"]), (Array("oo"), ["u"]), (Array("ee"), ["i"]),
            (Array("sh"), ["s"]), (Array("ch"), ["c"]), (Array("kh"), ["k"]), (Array("th"), ["t"]),
            (Array("ph"), ["p"]),
        ]
        let single: [Character: Character] = [
            "g": "k", "q": "k", "d": "t", "b": "p", "f": "p", "v": "p", "r": "l", "j": "c",
            "z": "c",
        ]
        var folded: [Character] = []
        var at = 0
        while at < latin.count {
            var next: [Character]
            if let rule = rules.first(where: { latin[at...].starts(with: $0.0) }) {
                next = rule.1
                at += rule.0.count
            } else {
                next = [single[latin[at]] ?? latin[at]]
                at += 1
            }
            if let last = folded.last, next.first == last { next.removeFirst() }
            folded += next
        }
        return folded
    }

    /// A Latin letter without its marks, for the breves of McCune–Reischauer.
    private static func plain(_ letter: Character) -> Character {
        switch letter {
        case "ŏ": "o"
        case "ŭ": "u"
        default: letter
        }
    }
}
