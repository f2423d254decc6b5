/// A word or mark of a filter's text.
enum CQLToken: Equatable {
    /// A name without quotation marks.
    case word(String)
    /// A name in double quotation marks.
    case quoted(String)
    case text(String)
    case number(Double, isWhole: Int64?)
    /// `=`, `<>`, `(` and such.
    case mark(String)
    case end

    var words: String {
        switch self {
        case .word(let word): "\"\(word.prefix(40))\""
        case .quoted(let name): "the name \"\(name.prefix(40))\""
        case .text(let text): "the text '\(text.prefix(40))'"
        case .number(let value, let whole): "the number \(whole.map { "\($0)" } ?? "\(value)")"
        case .mark(let mark): "\"\(mark)\""
        case .end: "the end"
        }
    }
}

/// Takes a filter's text apart, one word or mark after another.
struct CQLScanner {
    private let letters: [Unicode.Scalar]
    private var at = 0
    /// The token at hand.
    private(set) var token = CQLToken.end
    /// Where the token begins, from 0.
    private(set) var start = 0

    init(_ text: String) throws(CQLError) {
        letters = Array(text.unicodeScalars)
        try advance()
    }

    var place: CQLPlace { .column(start + 1) }

    /// Goes on to the next token.
    mutating func advance() throws(CQLError) {
        while at < letters.count, letters[at].properties.isWhitespace { at += 1 }
        start = at
        guard at < letters.count else {
            token = .end
            return
        }
        let letter = letters[at]
        switch letter {
        case "'": token = .text(try quoted("'"))
        case "\"": token = .quoted(try quoted("\""))
        case "0"..."9", ".": token = try number()
        case "<", ">":
            at += 1
            if at < letters.count, letters[at] == "=" || letter == "<" && letters[at] == ">" {
                token = .mark(String(letter) + String(letters[at]))
                at += 1
            } else {
                token = .mark(String(letter))
            }
        case "=", "(", ")", ",", "+", "-", "*", "/", "%", "^":
            at += 1
            token = .mark(String(letter))
        default:
            guard Self.begins(letter) else {
                throw CQLError(at: place, "found \"\(letter)\", which begins nothing")
            }
            while at < letters.count, Self.goesOn(letters[at]) { at += 1 }
            token = .word(Self.string(letters[start..<at]))
        }
    }

    /// Takes the text of a geometry that begins at the token at hand: to the parenthesis that closes
    /// it, or the word EMPTY.
    mutating func wellKnownText() throws(CQLError) -> String {
        let begin = start
        var end = start
        var depth = 0
        while end < letters.count {
            let letter = letters[end]
            end += 1
            if letter == "(" { depth += 1 }
            if letter == ")" {
                depth -= 1
                if depth <= 0 { break }
            }
            if depth == 0, letter == "Y" || letter == "y", end - begin >= 5,
                Self.string(letters[(end - 5)..<end]).uppercased() == "EMPTY"
            {
                break
            }
        }
        let text = Self.string(letters[begin..<end])
        at = end
        try advance()
        return text
    }

    private static func string(_ letters: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: letters)
        return String(view)
    }

    private mutating func quoted(_ mark: Unicode.Scalar) throws(CQLError) -> String {
        var text = String.UnicodeScalarView()
        at += 1
        while at < letters.count {
            let letter = letters[at]
            let next = at + 1 < letters.count ? letters[at + 1] : nil
            if letter == mark {
                guard next == mark else {
                    at += 1
                    return String(text)
                }
                at += 1
            } else if mark == "'", letter == "\\", next == mark {
                at += 1
            }
            text.append(letters[at])
            at += 1
        }
        throw CQLError(at: place, "found the end before the closing \(mark)")
    }

    private mutating func number() throws(CQLError) -> CQLToken {
        func digits() { while at < letters.count, ("0"..."9").contains(letters[at]) { at += 1 } }
        digits()
        var isWhole = true
        if at < letters.count, letters[at] == "." {
            isWhole = false
            at += 1
            digits()
        }
        if at < letters.count, letters[at] == "e" || letters[at] == "E" {
            let before = at
            at += 1
            if at < letters.count, letters[at] == "+" || letters[at] == "-" { at += 1 }
            let first = at
            digits()
            if at == first { at = before } else { isWhole = false }
        }
        let text = Self.string(letters[start..<at])
        guard let value = Double(text), value.isFinite,
            at == letters.count || !Self.goesOn(letters[at])
        else {
            while at < letters.count, Self.goesOn(letters[at]) { at += 1 }
            throw CQLError(
                at: place,
                "expected a number, found \"\(Self.string(letters[start..<at]).prefix(40))\"")
        }
        return .number(value, isWhole: isWhole ? Int64(text) : nil)
    }

    /// Whether a name begins with a letter.
    static func begins(_ letter: Unicode.Scalar) -> Bool {
        letter == "_" || letter == ":" || letter.properties.isAlphabetic
    }

    /// Whether a name goes on with a letter.
    static func goesOn(_ letter: Unicode.Scalar) -> Bool {
        begins(letter) || letter == "." || letter.properties.numericType != nil
            || letter.properties.generalCategory == .nonspacingMark
    }
}
