/// Korean names in Latin letters, for records whose table gives no English name.
enum Romanisation {
    /// What places are called in English behind their own names, the longer first.
    private static let kinds: [(ko: String, en: String)] = [
        ("도시첨단산업단지", "Urban High-Tech Industrial Complex"),
        ("일반산업단지", "General Industrial Complex"),
        ("국가산업단지", "National Industrial Complex"),
        ("농공단지", "Agro-Industrial Complex"), ("산업단지", "Industrial Complex"),
        ("전문대학", "College"), ("사이버대학교", "Cyber University"), ("대학교", "University"),
        ("대학", "College"), ("연구원", "Research Institute"), ("캠퍼스", "Campus"),
    ]

    /// The name of a place: its own romanised, and the word for its kind translated.
    static func ofPlace(_ name: String) -> String {
        for kind in kinds where name.hasSuffix(kind.ko) && name.count > kind.ko.count {
            return of(String(name.dropLast(kind.ko.count))) + " " + kind.en
        }
        return of(name)
    }

    /// The Revised Romanization (2000) syllable by syllable, without the changes of sound between
    /// syllables: 나주혁신 becomes Najuhyeoksin.
    static func of(_ name: String) -> String {
        var letters: [Letter] = []
        for scalar in name.precomposed { Hangul.appendSound(scalar, to: &letters) }
        var text = String.UnicodeScalarView()
        for letter in letters {
            guard let scalar = Unicode.Scalar(letter) else { continue }
            text.append(scalar.isASCII ? scalar : "?")
        }
        let words = String(text).split { $0 == " " || $0 == "?" }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}

extension String {
    /// The scalars of the text, each Hangul syllable as one.
    fileprivate var precomposed: [Letter] { unicodeScalars.map(\.value) }
}
