extension String {
    /// What an operation says to the command line, for whoever asked for it by a request: options are
    /// inputs of the same name, and there is no help and no list of layers but the service's own.
    var forRequests: String {
        var lines = split(separator: "\n", omittingEmptySubsequences: false)
        if let usage = lines.firstIndex(where: { $0.hasPrefix("Usage:") }) {
            lines.removeSubrange(usage...)
        }
        lines.removeAll { $0.contains("--help'") || $0.contains("--help`") }
        var text = lines.joined(separator: "\n")
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.replacing("`clusteratlas layers`", with: "/collections")
            .replacing(/`clusteratlas (locate|proximity|coverage|profile|convergence)[^`]*`/) {
                "the process \($0.output.1)"
            }
            // Other commands are no help to a client.
            .replacing(/(^|[;,?] ?)[^;,?\n]*`clusteratlas[^`]*`[^;,?\n]*/, with: "")
            .replacing(/--([a-z][a-z0-9-]*)/) { String($0.output.1) }
            .replacing(/(^|[\s'`"(])-([A-Za-z])(?=[\s'`",.)=]|$)/) {
                String($0.output.1) + String($0.output.2)
            }
    }
}
