extension String {
    /// The text broken between words into lines of a terminal's width, all but the first indented.
    func wrappedLines() -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if Table.columns(longer) > Table.width, !line.isEmpty {
                lines.append(line)
                line = "    " + word
            } else {
                line = longer
            }
        }
        return lines + [line]
    }

    /// The text in lines of a terminal's width, each ended.
    func wrapped() -> String { wrappedLines().map { $0 + "\n" }.joined() }
}
