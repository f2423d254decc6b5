/// COIN-OR's branch and cut (CBC) as a process of its own.
///
/// Its licence is EPL-2.0; it is no part of this package: the program `cbc` is run on files. J. Forrest
/// et al., https://github.com/coin-or/Cbc. The manual of its words is its own `-?`.
struct CBCEngine: MIPEngine {
    private let program: String

    static let title = "CBC"
    var name: String { Self.title }

    /// Looks for the program.
    ///
    /// - Throws: ``SitingError`` (`noEngine`) where it is not there.
    init() throws {
        guard let program = Self.found else {
            throw SitingError(
                .noEngine, at: "", "this question needs the solver CBC, and there is no `cbc`",
                remedy: "install it with `apt-get install coinor-cbc` (Debian, Ubuntu) or `brew "
                    + "install cbc`; or name the program in the variable CLUSTERATLAS_CBC")
        }
        self.program = program
    }

    /// Where the program is; `nil` where it is nowhere on the path.
    static let found: String? = EngineProcess.program(named: "cbc", variable: "CLUSTERATLAS_CBC")

    func solve(_ formulation: LinearFormulation, _ limits: MIPLimits) throws -> MIPOutcome {
        let begin = ContinuousClock.now
        if let deadline = limits.deadline, begin >= deadline {
            return MIPOutcome(ending: .interrupted)
        }
        // Costs of about ten thousand are far above the engine's tolerances of 10⁻⁷.
        let greatest = formulation.costs.reduce(0) { max($0, $1.magnitude) }
        let scale =
            greatest > 0 ? Double(sign: .plus, exponent: 13 - greatest.exponent, significand: 1) : 1
        let model = formulation.mps(scale: scale)
        guard let deadline = limits.deadline else {
            return try solveInParts(formulation, model, scale, limits)
        }
        let folder = try EngineFolder()
        try folder.write(model, to: "model.mps")
        // To read what it wrote takes about as long as to write what it reads.
        let written = ContinuousClock.now
        let end = deadline - begin.duration(to: written)
        let left = written.duration(to: end).components
        let seconds = Double(left.seconds) + Double(left.attoseconds) / 1e18
        // It may be late by a tenth, after which it is ended with nothing but the relaxation.
        let told = (seconds / 1.1 * 1000 - 20).rounded() / 1000
        guard told > 0.01 else { return MIPOutcome(ending: .interrupted) }
        return try run(
            formulation, scale, in: folder, until: end, gap: limits.gap,
            ["-timeMode", "elapsed", "-seconds", "\(told)"])
    }

    /// Runs the program on the model in a folder.
    func run(
        _ formulation: LinearFormulation, _ scale: Double, in folder: EngineFolder,
        until end: ContinuousClock.Instant?, gap: Double, _ more: [String]
    ) throws -> MIPOutcome {
        folder.remove(["relaxed.txt", "best.txt"])
        var words = ["model.mps"] + more
        words += ["-increment", "0", "-allow", "0", "-ratio", "\(gap)"]
        words += ["-initialSolve", "-printingOptions", "all", "-solution", "relaxed.txt"]
        words += ["-printingOptions", "normal", "-branchAndCut", "-solution", "best.txt"]
        let hasEnded = try EngineProcess.run(program, words + ["-quit"], in: folder, until: end)
        return try outcome(of: folder, formulation, scale, hasEnded: hasEnded)
    }

    /// What the program left in its folder.
    private func outcome(
        of folder: EngineFolder, _ formulation: LinearFormulation, _ scale: Double, hasEnded: Bool
    ) throws -> MIPOutcome {
        let report = CBCReport(log: folder.text("log.txt"))
        var outcome = MIPOutcome(ending: .interrupted)
        outcome.nodes = report.nodes
        outcome.isAtMostNodes = report.isAtMostNodes
        let relaxed = CBCSolution(folder.text("relaxed.txt"))
        if relaxed.isOptimal {
            outcome.multipliers = relaxed.rows(formulation.rows).map { $0.map { $0 / scale } }
        }
        let best = CBCSolution(folder.text("best.txt"))
        if best.isInfeasible || relaxed.isInfeasible {
            outcome.ending = .infeasible
            return outcome
        }
        guard hasEnded else { return outcome }
        if best.text.isEmpty {
            throw SitingError(
                .noEngine, at: program, "ended without an answer: \(report.last)",
                remedy: "report the question, or set a time limit")
        }
        if best.hasSolution { outcome.values = best.columns(formulation.width) }
        outcome.bound = (report.bound ?? (best.isOptimal ? best.objective : nil))
            .map { $0 / scale }
        outcome.ending =
            best.isOptimal ? report.isNearEnough ? .nearEnough : .optimal : .interrupted
        return outcome
    }
}

/// What CBC says while it works.
private struct CBCReport {
    /// The bound at the end, where it stopped before all was looked at.
    private(set) var bound: Double?
    private(set) var nodes = 0
    private(set) var isNearEnough = false
    private(set) var isAtMostNodes = false
    /// The last line.
    private(set) var last = ""

    init(log: String) {
        for line in log.split(separator: "\n") {
            if let value = Self.value(line, "Lower bound:") { bound = Double(value) }
            if let value = Self.value(line, "Enumerated nodes:") { nodes = Int(value) ?? 0 }
            if line.contains("within gap tolerance") { isNearEnough = true }
            if line.hasPrefix("Result - Stopped on node limit") { isAtMostNodes = true }
            last = String(line)
        }
    }

    private static func value(_ line: Substring, _ name: String) -> Substring? {
        guard line.hasPrefix(name) else { return nil }
        return line.dropFirst(name.count).split(separator: " ").first
    }
}

/// A solution as CBC writes it: a line that says what it is, and then a line a row or column.
struct CBCSolution {
    let text: String
    private let head: Substring
    private let lines: [Substring]

    init(_ text: String) {
        self.text = text
        let all = text.split(separator: "\n")
        head = all.first ?? ""
        lines = Array(all.dropFirst())
    }

    /// A solution as CBC reads it to begin with.
    static func text(_ values: [Double]) -> String {
        values.enumerated().reduce(into: "Stopped - objective value 0\n") { text, column in
            guard column.element != 0 else { return }
            text += "\(column.offset) C\(column.offset) \(column.element) 0\n"
        }
    }

    var isOptimal: Bool { head.hasPrefix("Optimal") }

    var isInfeasible: Bool {
        head.hasPrefix("Infeasible") || head.hasPrefix("Integer infeasible")
    }

    /// Whether a solution of whole numbers is there.
    var hasSolution: Bool {
        guard isOptimal || head.hasPrefix("Stopped") else { return false }
        return !head.contains("no integer solution") && (objective ?? .infinity).magnitude < 1e49
    }

    var objective: Double? {
        head.split(separator: " ").last.flatMap { Double($0) }
    }

    /// The multipliers of rows, where all are there.
    func rows(_ count: Int) -> [Double]? {
        guard lines.count >= count else { return nil }
        var found: [Double] = []
        for line in lines.prefix(count) {
            guard let value = line.split(separator: " ").last.flatMap({ Double($0) }) else {
                return nil
            }
            found.append(value)
        }
        return found
    }

    /// The values of columns; those that are not listed are 0.
    func columns(_ count: Int) -> [Double] {
        var found = [Double](repeating: 0, count: count)
        for line in lines {
            let words = line.split(separator: " ").filter { $0 != "**" }
            guard words.count >= 3, let column = Int(words[0]), found.indices.contains(column),
                let value = Double(words[2])
            else { continue }
            found[column] = value
        }
        return found
    }
}
