import ArgumentParser
import Features
import Formats
import Siting

struct SitesVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks an answer of `sites select` against its inputs.",
        discussion: """
            The inputs are read again by the names in the result, from the folder in
            which this runs. Feasibility and objective are worked out again; the bound
            is proven again from the multipliers in the result, every sum rounded
            outward, without the solver. The exit code is 0 where all holds, else 1.

            Example:
              clusteratlas sites select --model p-center -p 4 --demand universities \\
                --candidates innovation-cities --result plan.json -o sites.geojson
              clusteratlas sites verify plan.json
            """)

    @Argument(
        help: ArgumentHelp("A file that `sites select --result` wrote.", valueName: "result"))
    var result: String

    @Flag(help: "Print what was checked as JSON.")
    var json = false

    @Flag(help: "Write errors only: the exit code tells.")
    var quiet = false

    func run() async throws {
        let document = try JSONDocument(result)
        let answer = document.value
        guard let made = answer["clusteratlas"], let parameters = made["parameters"] else {
            throw SitingError(
                .badResult, at: result, "holds no question to check an answer of",
                remedy: "give a file that `clusteratlas sites select --result` wrote")
        }
        let question = try SitesQuestion.parse(Self.words(of: parameters))
        let asked = try await question.read("sites verify")
        let model = try question.model(p: answer["p"]?.int)
        try model.check(asked.problem)
        let verification = try SitingVerification(
            of: SitesResultFile.claim(answer, name: result, asked.problem), model, asked.problem,
            leavesUnreachable: question.leaveUnreachable)
        let changed = Self.changed(made["inputs"], asked.provenance.inputs)
        let holds = verification.holds && changed.isEmpty
        if !quiet { Terminal.print(text(verification, changed, holds)) }
        if !holds { endProcess(1) }
    }

    private func text(
        _ verification: SitingVerification, _ changed: [String], _ holds: Bool
    ) -> String {
        let finding = changed.isEmpty ? "unchanged" : "\(changed.joined(separator: ", ")) changed"
        let checks =
            [("inputs", changed.isEmpty, finding)]
            + verification.checks.map { ($0.name, $0.holds, $0.finding) }
        guard json else {
            return checks.map { name, holds, finding in
                "\(holds ? "ok " : "NOT") \(name): \(finding)\n"
            }.joined() + Self.verdict(verification, holds, isChanged: !changed.isEmpty) + "\n"
        }
        let list = checks.map { name, holds, finding in
            JSONLine.object([
                ("name", .string(name)), ("holds", .bool(holds)), ("finding", .string(finding)),
            ])
        }
        return JSONLine.object([
            ("holds", .bool(holds)), ("checks", .json("[" + list.joined(separator: ", ") + "]")),
        ]) + "\n"
    }

    private static func verdict(
        _ verification: SitingVerification, _ holds: Bool, isChanged: Bool
    ) -> String {
        if holds { return "The answer holds." }
        return verification.isOpen && !isChanged
            ? "Nothing contradicts the answer, but it is not proven." : "The answer does not hold."
    }

    /// The words with which the question was asked.
    private static func words(of parameters: JSONValue) -> [String] {
        let flags = ["sparse", "leave_unreachable", "accept_doubtful_crs", "split"]
        let unasked = ["p", "crs", "precision"]
        var words: [String] = []
        for member in parameters.members ?? [] where !unasked.contains(member.name) {
            let option = "--" + member.name.replacing("_", with: "-")
            if flags.contains(member.name) {
                words.append(option)
            } else if let text = member.value.string {
                words += [option, text]
            } else if let number = member.value.number {
                words += [option, Int(exactly: number).map { "\($0)" } ?? "\(number)"]
            }
        }
        return words + ["--quiet"]
    }

    /// The inputs that are not what they were.
    private static func changed(_ before: JSONValue?, _ now: [InputRecord]) -> [String] {
        let sums = Set(now.map(\.sha256))
        return (before?.array ?? []).compactMap { input in
            input["sha256"]?.string.map { sums.contains($0) } == true
                ? nil : input["name"]?.string ?? "an input"
        }
    }
}
