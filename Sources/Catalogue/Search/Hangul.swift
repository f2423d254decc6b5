/// A letter as search compares it: a Unicode scalar's number.
typealias Letter = UInt32

/// Hangul syllables as the letters they are made of.
///
/// Arithmetic of the Unicode Standard, section 3.12.
enum Hangul {
    private static let initials = letters("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
    private static let vowels = letters("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
    private static let finals: [[Letter]] = [
        "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ",
        "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
    ].map(letters)

    private static func letters(_ text: String) -> [Letter] { text.unicodeScalars.map(\.value) }

    /// Revised Romanization of Korean (2000), letter by letter.
    private static let initialSounds = [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
        "p", "h",
    ].map(letters)
    private static let vowelSounds = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
        "we", "wi", "yu", "eu", "ui", "i",
    ].map(letters)
    private static let finalSounds = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p",
        "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ].map(letters)

    /// The places in the tables of a syllable's initial, vowel and final.
    private static func parts(_ scalar: UInt32) -> (Int, Int, Int)? {
        guard (0xAC00...0xD7A3).contains(scalar) else { return nil }
        let index = Int(scalar - 0xAC00)
        return (index / 588, index % 588 / 28, index % 28)
    }

    /// Appends the letters of a character: those of a syllable, composed or not; itself otherwise.
    ///
    /// A final consonant gives the same letter as an initial one, so that a syllable that is still
    /// being typed (갈 on the way to 가람) is the beginning of what it becomes.
    static func append(_ scalar: Letter, to letters: inout [Letter]) {
        if let (initial, vowel, final) = parts(scalar) {
            letters.append(initials[initial])
            letters.append(vowels[vowel])
            if final > 0 { letters += finals[final] }
            return
        }
        switch scalar {
        case 0x1100...0x1112: letters.append(initials[Int(scalar - 0x1100)])
        case 0x1161...0x1175: letters.append(vowels[Int(scalar - 0x1161)])
        case 0x11A8...0x11C2: letters += finals[Int(scalar - 0x11A7)]
        default: letters.append(scalar)
        }
    }

    /// The initial consonant of a syllable.
    static func initial(_ scalar: Letter) -> Letter? { parts(scalar).map { initials[$0.0] } }

    /// Whether a letter is a consonant of Hangul standing alone.
    static func isConsonant(_ letter: Letter) -> Bool { initials.contains(letter) }

    /// Appends the sound of a syllable in Latin letters, without the changes of sound between
    /// syllables; itself for any other character.
    static func appendSound(_ scalar: Letter, to sound: inout [Letter]) {
        guard let (initial, vowel, final) = parts(scalar) else { return sound.append(scalar) }
        sound += initialSounds[initial]
        sound += vowelSounds[vowel]
        sound += finalSounds[final]
    }
}
