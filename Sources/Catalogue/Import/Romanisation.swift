/// Korean names in Latin letters, for records whose table gives no English name.
enum Romanisation {
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
