/// Hangul syllables as the letters they are made of.
///
/// Arithmetic of the Unicode Standard, section 3.12.
enum Hangul {
    private static let initials = Array("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
    private static let vowels = Array("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
    private static let finals: [[Character]] = [
        [], ["ㄱ"], ["ㄲ"], ["ㄱ", "ㅅ"], ["ㄴ"], ["ㄴ", "ㅈ"], ["ㄴ", "ㅎ"], ["ㄷ"], ["ㄹ"],
        ["ㄹ", "ㄱ"], ["ㄹ", "ㅁ"], ["ㄹ", "ㅂ"], ["ㄹ", "ㅅ"], ["ㄹ", "ㅌ"], ["ㄹ", "ㅍ"],
        ["ㄹ", "ㅎ"], ["ㅁ"], ["ㅂ"], ["ㅂ", "ㅅ"], ["ㅅ"], ["ㅆ"], ["ㅇ"], ["ㅈ"], ["ㅊ"], ["ㅋ"],
        ["ㅌ"], ["ㅍ"], ["ㅎ"],
    ]
    /// Revised Romanization of Korean (2000), letter by letter.
    private static let initialSounds = [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
        "p", "h",
    ]
    private static let vowelSounds = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
        "we", "wi", "yu", "eu", "ui", "i",
    ]
    private static let finalSounds = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p",
        "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ]

    /// The places in the tables of a syllable's initial, vowel and final.
    private static func parts(_ scalar: UInt32) -> (Int, Int, Int)? {
        guard (0xAC00...0xD7A3).contains(scalar) else { return nil }
        let index = Int(scalar - 0xAC00)
        return (index / 588, index % 588 / 28, index % 28)
    }

    /// The letters of a character: those of a syllable, composed or not; itself otherwise.
    ///
    /// A final consonant gives the same letter as an initial one, so that a syllable that is still
    /// being typed (갈 on the way to 가람) is the beginning of what it becomes.
    static func letters(_ scalar: Unicode.Scalar) -> [Character] {
        let value = scalar.value
        if let (initial, vowel, final) = parts(value) {
            return [initials[initial], vowels[vowel]] + finals[final]
        }
        switch value {
        case 0x1100...0x1112: return [initials[Int(value - 0x1100)]]
        case 0x1161...0x1175: return [vowels[Int(value - 0x1161)]]
        case 0x11A8...0x11C2: return finals[Int(value - 0x11A7)]
        default: return [Character(scalar)]
        }
    }

    /// The initial consonant of a syllable.
    static func initial(_ scalar: Unicode.Scalar) -> Character? {
        parts(scalar.value).map { initials[$0.0] }
    }

    /// Whether a letter is a consonant of Hangul standing alone.
    static func isConsonant(_ letter: Character) -> Bool { initials.contains(letter) }

    /// The text in Latin letters, syllable by syllable, without the changes of sound between them.
    static func romanised(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            parts(scalar.value).map {
                initialSounds[$0.0] + vowelSounds[$0.1] + finalSounds[$0.2]
            } ?? String(scalar)
        }.joined()
    }
}
