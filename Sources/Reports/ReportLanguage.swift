/// The language in which a report speaks; names and results keep their own beside it.
public enum ReportLanguage: String, Hashable, Sendable, CaseIterable {
    /// Korean.
    case korean = "ko"
    /// English.
    case english = "en"

    /// The one of two texts that is in this language.
    func pick(_ korean: String, _ english: String) -> String {
        self == .korean ? korean : english
    }
}
