/// A name in the forms in which it can be found.
struct SearchKey {
    /// Its letters in lower case without spaces and marks, Hangul as jamo.
    let letters: [Letter]
    /// Its sound in Latin letters with all spellings of a sound folded into one.
    let sound: [Letter]
    /// The initial consonants of its Hangul syllables.
    let initials: [Letter]
    /// The first letters of its words, where there are several.
    let acronym: [Letter]
    /// Its words.
    let words: [[Letter]]

    init(_ text: String) {
        var words: [[Letter]] = []
        var sound: [Letter] = []
        var initials: [Letter] = []
        var acronym: [Letter] = []
        var word: [Letter] = []
        var first: Letter?
        func endWord() {
            guard let letter = first else { return }
            if !Self.silent.contains(word) { Hangul.append(letter, to: &acronym) }
            words.append(word)
            word = []
            first = nil
        }
        for scalar in text.unicodeScalars {
            let letter = Self.lower(scalar)
            guard Self.isTelling(letter) else {
                endWord()
                continue
            }
            if first == nil { first = letter }
            Hangul.append(letter, to: &word)
            Hangul.appendSound(Self.plain(letter), to: &sound)
            if let initial = Hangul.initial(letter) { initials.append(initial) }
        }
        endWord()
        letters = words.flatMap { $0 }
        self.words = words
        self.initials = initials
        self.acronym = words.count > 1 ? acronym : []
        self.sound = Self.folded(sound)
    }

    /// Words that stand for no letter in an abbreviation.
    private static let silent: Set<[Letter]> = Set(
        ["of", "and", "the", "for"].map { $0.unicodeScalars.map(\.value) })

    private static func lower(_ scalar: Unicode.Scalar) -> Letter {
        switch scalar.value {
        case 0x41...0x5A: scalar.value + 0x20
        case 0..<0x80, 0x1100..<0xD7A4: scalar.value
        default: scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
        }
    }

    private static func isTelling(_ letter: Letter) -> Bool {
        switch letter {
        case 0x30...0x39, 0x61...0x7A, 0xAC00...0xD7A3, 0x3131...0x3163, 0x1100...0x11FF: true
        case 0..<0x80: false
        default: Unicode.Scalar(letter)?.properties.isAlphabetic ?? false
        }
    }

    /// A Latin letter without its marks, for the breves of McCune–Reischauer.
    private static func plain(_ letter: Letter) -> Letter {
        switch letter {
        case 0x14F: 0x6F  // ŏ
        case 0x16D: 0x75  // ŭ
        default: letter
        }
    }

    /// Spellings of several letters for one sound, the longest first.
    private static let rules: [([Letter], Letter)] = [
        ("eo", "o"), ("eu", "u"), ("ae", "e"), ("oe", "e"), ("oo", "u"), ("ee", "i"), ("sh", "s"),
        ("ch", "c"), ("kh", "k"), ("th", "t"), ("ph", "p"),
    ].map { ($0.unicodeScalars.map(\.value), $1.unicodeScalars.first?.value ?? 0) }

    private static let single: [Letter: Letter] = Dictionary(
        uniqueKeysWithValues: [
            ("g", "k"), ("q", "k"), ("d", "t"), ("b", "p"), ("f", "p"), ("v", "p"), ("r", "l"),
            ("j", "c"), ("z", "c"),
        ].map { (Unicode.Scalar($0).value, Unicode.Scalar($1).value) })

    /// Folds the ways to write one sound of Korean into one: Revised Romanization, McCune–Reischauer
    /// and habit (Daedeok, Taedŏk, Daeduk; Busan, Pusan; Gwangju, Kwangju).
    private static func folded(_ sound: [Letter]) -> [Letter] {
        var folded: [Letter] = []
        folded.reserveCapacity(sound.count)
        var at = 0
        while at < sound.count {
            let next: Letter
            if at + 1 < sound.count,
                let rule = rules.first(where: { $0.0[0] == sound[at] && $0.0[1] == sound[at + 1] })
            {
                next = rule.1
                at += 2
            } else {
                next = single[sound[at]] ?? sound[at]
                at += 1
            }
            if folded.last != next { folded.append(next) }
        }
        return folded
    }
}
