/// The versions and the catalogue that two results of a step were made with, beside those that are here.
struct VersionChange {
    /// One of them: a program, a library, or the catalogue.
    private struct Part {
        let name: String
        let before: String?
        let after: String?
        let here: String?
    }

    private let parts: [Part]

    /// Compares what two results and a step that is made now rest on.
    init(before: [StepRecord.Part], after: [StepRecord.Part], here: [StepRecord.Part]) {
        func value(_ name: String, _ parts: [StepRecord.Part]) -> String? {
            parts.first { $0.name == name }?.value
        }
        let names = Set((before + after + here).map(\.name))
            .filter { $0 == "catalogue" || $0.hasPrefix("version of ") }
        parts = names.sorted().map { name in
            Part(
                name: name, before: value(name, before), after: value(name, after),
                here: value(name, here))
        }
    }

    /// Whether what the old result was made with is not what is here.
    var isOtherHere: Bool { parts.contains { $0.before != $0.here } }

    /// What differs between the two results, and what of it can be told here.
    ///
    /// - Parameter effectHere: What it does to the old result to be made with what is here.
    /// - Returns: The causes; none where all are what they were.
    func causes(_ effectHere: String) -> [StudyBlame.Cause] {
        let changed = parts.filter { $0.before != $0.after }
        let isNewHere = parts.allSatisfy { $0.after == $0.here }
        var causes: [StudyBlame.Cause] = []
        if !changed.isEmpty {
            let missing = parts.filter { $0.after != $0.here }
            causes.append(
                StudyBlame.Cause(
                    name: changed.map {
                        "\($0.name) (\(Self.short($0.before)) → \(Self.short($0.after)))"
                    }.joined(separator: ", "),
                    effect: isNewHere
                        ? effectHere
                        : "cannot be replayed here: "
                            + Self.listed(missing) + " is what is at hand"))
        }
        if isOtherHere, changed.isEmpty || !isNewHere {
            causes.append(
                StudyBlame.Cause(
                    name: "the old result made with what is at hand, "
                        + Self.listed(parts.filter { $0.before != $0.here }),
                    effect: effectHere))
        }
        return causes
    }

    private static func listed(_ parts: [Part]) -> String {
        parts.map { "\($0.name) \(short($0.here))" }.joined(separator: ", ")
    }

    /// A version, or the first digits of a SHA-256.
    private static func short(_ value: String?) -> String {
        guard let value else { return "none" }
        return value.utf8.count == 64 ? String(value.prefix(8)) : value
    }
}
