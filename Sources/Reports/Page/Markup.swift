internal import Maps
internal import Studies

/// HTML made of texts, in which nothing of a text is read as markup.
struct Markup: ExpressibleByStringInterpolation {
    let html: String

    init(html: String) { self.html = html }
    init(stringLiteral text: String) { html = text }
    init(stringInterpolation: Interpolation) { html = stringInterpolation.html }

    /// Texts are escaped where they are put in; markup stays as it is.
    struct Interpolation: StringInterpolationProtocol {
        var html = ""

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) { html += literal }
        mutating func appendInterpolation(_ text: String) { html += SVGText.escaped(text) }
        mutating func appendInterpolation(_ number: Int) { html += "\(number)" }
        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
        mutating func appendInterpolation(_ markups: [Markup]) {
            html += markups.map(\.html).joined(separator: "\n")
        }
    }

    /// A text whose lines stay lines.
    static func lines(_ text: String) -> Markup {
        Markup(
            html: text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { SVGText.escaped(String($0)) }.joined(separator: "\n"))
    }

    /// Whether a text holds Hangul.
    static func isKorean(_ text: String) -> Bool { StudyText(text).korean != nil }
}

extension ReportLanguage {
    /// A text, marked where it is not in the language of the page, so that it is broken and read
    /// aloud as it should be.
    func marked(_ text: String) -> Markup {
        let isKorean = Markup.isKorean(text)
        let isWord = text.contains { $0.isLetter }
        if !isWord || isKorean == (self == .korean) { return "\(text)" }
        return "<span lang=\"\(isKorean ? "ko" : "en")\">\(text)</span>"
    }

    /// A text in this language, or in the one there is.
    func marked(_ text: StudyText) -> Markup { marked(text(self)) }

    /// A text in the other language, where there are both.
    func other(_ text: StudyText) -> String? {
        guard text.korean != nil, text.english != nil else { return nil }
        return self == .korean ? text.english : text.korean
    }

    /// What is said where only the first of many are shown; `nil` where all are.
    func first(_ count: Int, of all: Int) -> String? {
        count >= all
            ? nil : pick("\(all)개 가운데 처음 \(count)개", "the first \(count) of \(all)")
    }

    /// A name in this language, or in the one there is.
    func name(_ name: MapName) -> String {
        guard let korean = name.korean else { return name.english }
        return self == .korean || name.english.isEmpty ? korean : name.english
    }

    /// A name, with that in the other language in smaller letters.
    func both(_ name: MapName) -> Markup {
        let first = self.name(name)
        let others = [name.korean ?? "", name.english].filter { !$0.isEmpty && $0 != first }
        guard let second = others.first else { return marked(first) }
        return "\(marked(first)) <small>\(marked(second))</small>"
    }
}
