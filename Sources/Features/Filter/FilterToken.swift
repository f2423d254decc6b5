/// A word of a condition.
struct FilterToken: Equatable {
    enum Kind: Equatable {
        case name(String)
        /// A name in quotation marks, which is never a keyword.
        case quotedName(String)
        case text(String)
        case number(Double)
        case sign(String)
        case end
    }

    let kind: Kind
    /// The character at which it starts, from 0.
    let at: Int

    /// The word as a keyword, in small letters.
    var keyword: String? { if case .name(let name) = kind { name.lowercased() } else { nil } }

    /// What a person sees.
    var described: String {
        switch kind {
        case .name(let name): "\"\(name)\""
        case .quotedName(let name): "the name \"\(name)\""
        case .text(let text): "the text '\(text)'"
        case .number(let number): JSONText.number(number)
        case .sign(let sign): "\"\(sign)\""
        case .end: "the end"
        }
    }

    /// Cuts a text into words.
    static func all(in text: String) throws(FilterError) -> [FilterToken] {
        let letters = Array(text)
        var tokens: [FilterToken] = []
        var at = 0
        while at < letters.count {
            let start = at
            let letter = letters[at]
            if letter.isWhitespace {
                at += 1
            } else if letter == "'" || letter == "\"" || letter == "`" {
                var content = ""
                at += 1
                while true {
                    guard at < letters.count else {
                        throw FilterError(
                            text: text, column: start,
                            reason: "the quotation mark \(letter) is not closed",
                            remedy: "close it; inside, write it twice")
                    }
                    if letters[at] == letter {
                        guard at + 1 < letters.count, letters[at + 1] == letter else { break }
                        at += 1
                    }
                    content.append(letters[at])
                    at += 1
                }
                at += 1
                tokens.append(
                    FilterToken(
                        kind: letter == "'" ? .text(content) : .quotedName(content), at: start))
            } else if letter.isASCII, letter.isNumber || letter == "." || letter == "-" {
                at += 1
                while at < letters.count,
                    letters[at].isASCII && (letters[at].isNumber || letters[at] == ".")
                        || "eE".contains(letters[at])
                        || "+-".contains(letters[at]) && "eE".contains(letters[at - 1])
                { at += 1 }
                guard let number = Double(String(letters[start..<at])) else {
                    throw FilterError(
                        text: text, column: start,
                        reason: "\"\(String(letters[start..<at]))\" is no number",
                        remedy: "put names that begin with a digit into \"\"")
                }
                tokens.append(FilterToken(kind: .number(number), at: start))
            } else if letter.isLetter || letter == "_" {
                while at < letters.count,
                    letters[at].isLetter || letters[at].isNumber || "_.:".contains(letters[at])
                { at += 1 }
                tokens.append(FilterToken(kind: .name(String(letters[start..<at])), at: start))
            } else {
                let two = String(letters[at..<min(at + 2, letters.count)])
                let sign =
                    ["<=", ">=", "<>", "!=", "=="].contains(two) ? two : String(letter)
                guard sign.count == 2 || "=<>(),".contains(letter) else {
                    throw FilterError(
                        text: text, column: start, reason: "\"\(letter)\" has no meaning here",
                        remedy: "put names with signs in them into \"\", texts into ''")
                }
                at += sign.count
                tokens.append(FilterToken(kind: .sign(sign), at: start))
            }
        }
        tokens.append(FilterToken(kind: .end, at: letters.count))
        return tokens
    }
}
