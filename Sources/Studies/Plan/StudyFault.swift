internal import Features
public import Formats
public import Geometry

/// One thing that is wrong with a plan, and where it stands.
public struct StudyFault: Hashable, Sendable {
    /// Where it stands in the file.
    public let mark: LocatedYAML.Mark
    /// What is wrong.
    public let problem: String
    /// What to do, as an instruction.
    public let remedy: String?
}

/// All that is wrong with a plan, found before anything ran.
public struct StudyPlanError: ExplainedError, Hashable {
    /// The file of the plan.
    public let file: String
    /// The faults, in the order of the file; at least one.
    public let faults: [StudyFault]

    /// The file, with line and column of the first fault.
    public var place: String { place(of: faults[0]) }
    /// The first fault.
    public var problem: String { faults[0].problem }
    /// What to do about the first fault.
    public var remedy: String? { faults[0].remedy }

    /// The file, line and column of a fault.
    ///
    /// - Parameter fault: One of ``faults``.
    /// - Returns: The place in words.
    public func place(of fault: StudyFault) -> String {
        "\(file), line \(fault.mark.line), column \(fault.mark.column)"
    }

    /// Every fault over one or two lines.
    public var description: String {
        faults.map { fault in
            "\(place(of: fault)): \(fault.problem)"
                + (fault.remedy.map { "\n  To fix: \($0)" } ?? "")
        }.joined(separator: "\n")
    }
}

/// Faults as they are found.
struct FaultList {
    private(set) var faults: [StudyFault] = []

    mutating func add(_ mark: LocatedYAML.Mark, _ problem: String, remedy: String? = nil) {
        let fault = StudyFault(mark: mark, problem: problem, remedy: remedy)
        // What is wrong in each of a sweep's steps is said once.
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// Adds that a word is none of those that could stand there.
    mutating func addUnknown(
        _ mark: LocatedYAML.Mark, _ what: String, _ word: String, among words: [String],
        plural: String
    ) {
        let near = Spelling.nearest(to: word, in: words)
        let list = words.isEmpty ? "there are none" : "\(plural): \(words.joined(separator: ", "))"
        add(
            mark, "there is no \(what) \"\(word)\"",
            remedy: near.map { "did you mean \"\($0)\"?" } ?? list)
    }

    var inOrder: [StudyFault] {
        faults.enumerated().sorted {
            ($0.element.mark.line, $0.element.mark.column, $0.offset)
                < ($1.element.mark.line, $1.element.mark.column, $1.offset)
        }.map(\.element)
    }
}
