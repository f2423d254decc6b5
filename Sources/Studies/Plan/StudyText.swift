internal import Formats

/// A text of a study for people: in Korean, in English, or in both.
public struct StudyText: Hashable, Sendable {
    /// The Korean text.
    public let korean: String?
    /// The English text.
    public let english: String?

    /// Creates a text.
    ///
    /// - Parameters:
    ///   - korean: The Korean text.
    ///   - english: The English text.
    public init(korean: String?, english: String?) {
        self.korean = korean
        self.english = english
    }

    /// Creates a text of which nobody says in which language it is: Hangul tells Korean.
    ///
    /// - Parameter text: The text.
    public init(_ text: String) {
        let isKorean = text.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) }
        self.init(korean: isKorean ? text : nil, english: isKorean ? nil : text)
    }

    /// The English text, or the Korean one where it is the only one.
    public var plain: String { english ?? korean ?? "" }
}

extension PlanReader {
    /// A text, or one in each language: `{ko: …, en: …}`.
    mutating func localized(_ yaml: LocatedYAML?, _ what: String) -> StudyText? {
        guard let yaml else { return nil }
        guard yaml.members != nil else { return text(yaml, what).map { StudyText($0) } }
        let members = members(yaml, what, Self.languages)
        var texts: [String: String] = [:]
        for member in members {
            texts[member.name] = text(member.value, "\(what) (\(member.name))")
        }
        return texts.isEmpty ? nil : StudyText(korean: texts["ko"], english: texts["en"])
    }

    /// Texts, or a list of them in each language: `{ko: […], en: […]}`.
    mutating func localizedList(_ yaml: LocatedYAML?, _ what: String) -> [StudyText] {
        guard let yaml else { return [] }
        guard yaml.members != nil else { return list(yaml, what).map { StudyText($0.text) } }
        var lists: [String: [String]] = [:]
        for member in members(yaml, what, Self.languages) {
            lists[member.name] = list(member.value, "\(what) (\(member.name))").map(\.text)
        }
        let (korean, english) = (lists["ko"] ?? [], lists["en"] ?? [])
        if !korean.isEmpty, !english.isEmpty, korean.count != english.count {
            faults.add(
                yaml.mark,
                "\(what) are \(korean.count) in Korean, but \(english.count) in English",
                remedy: "write each in both languages, in the same order")
        }
        return (0..<max(korean.count, english.count)).map { i in
            StudyText(
                korean: i < korean.count ? korean[i] : nil,
                english: i < english.count ? english[i] : nil)
        }
    }

    private static let languages = ["ko", "en"]
}
