import ArgumentParser
import Features
import Formats
import Siting
import Studies

struct SitesCurveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curve",
        abstract: "Tells what each further site brings.",
        discussion: """
            The question is answered for each number of sites; gain is by how much the
            answer is better than with one site less. Each answer is proven as that of
            `sites select`.

            Example:
              clusteratlas sites curve --model p-median --up-to 8 \\
                --candidates innovation-cities --demand universities
            """)

    @Option(help: ArgumentHelp("The greatest number of sites.", valueName: "n"))
    var upTo: Int

    @Option(
        help: ArgumentHelp(
            "The least number of sites; 1, or those that are forced, by default.",
            valueName: "n"))
    var from: Int?

    @OptionGroup var question: SitesQuestion

    @Option(
        help: ArgumentHelp(
            "Stop each search after so many seconds with the best found.", valueName: "s"))
    var timeLimit: Double?

    @Flag(help: "Print a line of JSON for each number of sites.")
    var json = false

    func validate() throws {
        if SitingModel.namesWithoutNumber.contains(question.model) {
            throw ValidationError(
                "\(question.model) finds the number of sites itself and has no curve")
        }
        if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
            throw ValidationError("--time-limit takes a number of seconds above 0")
        }
        if upTo < (from ?? 1) || (from ?? 1) < 1 {
            throw ValidationError("--up-to takes a number of at least \(max(1, from ?? 1))")
        }
    }

    func run() async throws {
        let asked = try await question.read("sites curve")
        let least = from ?? max(1, asked.problem.rules.count { $0 == .forced })
        guard least <= upTo else {
            throw ValidationError("\(least) candidates are forced; give a greater --up-to")
        }
        let progress = ProgressLine("choosing sites", quiet: question.input.quiet)
        var options = SitingOptions()
        options.timeLimit = timeLimit
        options.notes = StepNotes.searches
        options.leavesUnreachable = question.leaveUnreachable
        options.tasks = question.effort.tasks
        let question = question
        let curve = try SitingCurve(
            of: asked.problem, numbers: least...upTo, options: options,
            progress: { progress.update(step: $0, of: $1) }
        ) { try question.model(p: $0) }
        progress.finish()
        Terminal.print(json ? lines(curve, asked) : SitesTable.text(curve, asked))
    }

    private func lines(_ curve: SitingCurve, _ asked: SitesQuestion.Asked) -> String {
        zip(curve.solutions, curve.gains).map { solution, gain in
            let members: [(String, Value)] = [
                ("p", solution.model.p.map { .int(Int64($0)) } ?? .null),
                ("gain", gain.map { .double($0) } ?? .null),
            ]
            return JSONLine.object(
                members + SitesResultFile.members(solution, asked.problem)) + "\n"
        }.joined()
    }
}
