import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry
import Studies

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a study: a plan of steps in a file.",
        discussion: """
            A study is a YAML file with steps, each of which runs a command of this program
            with its own parameter names, on layers, files or what earlier steps wrote. It
            is checked whole before anything runs. A step that is up to date is not run
            again, and a run that was killed goes on where it was. Studies that come with
            the catalogue are named without folder and ending.

            Example:
              clusteratlas run innovation-cities -o cities --jobs 2
            """)

    @Argument(help: ArgumentHelp("The study.", valueName: "study"))
    var study: String?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The folder for the results; by default one with the study's name.",
            valueName: "folder"))
    var output: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Another value for a parameter of the study; can be repeated.",
            valueName: "name=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("How many steps run at once.", valueName: "n"))
    var jobs = 1

    @Option(
        help: ArgumentHelp(
            "The most memory that all steps at work may hold: 4GB, 512MB.", valueName: "size"))
    var memory: MemoryArgument?

    @Flag(help: "Only tell what would run, and why.")
    var dryRun = false

    @Flag(help: "Write errors only.")
    var quiet = false

    @Option(
        help: ArgumentHelp(
            "What is written while it runs: text, or json for an object a line.",
            valueName: "form"))
    var log = LogForm.text

    @Flag(help: "Print the JSON Schema of studies, for editors.")
    var schema = false

    enum LogForm: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    func validate() throws {
        if schema { return }
        guard study != nil else { throw ValidationError("name a study: a YAML file") }
        if jobs < 1 { throw ValidationError("--jobs takes a number of at least 1, not \(jobs)") }
        _ = try assignments()
    }

    private func assignments() throws -> [(name: String, text: String)] {
        try settings.map { setting in
            guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex else {
                throw ValidationError("--set takes name=value, not \"\(setting)\"")
            }
            return (
                String(setting[..<sign]), String(setting[setting.index(after: sign)...])
            )
        }
    }

    func run() async throws {
        let operations = try DeclaredOperations()
        if schema { return Terminal.print(StudySchema.of(operations.operations).indentedText) }
        let plan = try StudyPlan.read(
            StudyPlace.file(of: study ?? ""), settings: assignments(), operations: operations)
        let folder = StudyFolder(output ?? plan.name)
        var run = StudyRun(
            plan, in: folder, operations: operations,
            runner: try ProcessRunner(program: StudyPlace.program))
        run.settings = try assignments()
        run.jobs = jobs
        run.memory = memory?.bytes
        run.processors = EffortOptions.processors
        if dryRun { return tell(try run.prospect()) }
        let teller = StudyTeller(plan, in: folder, quiet: quiet, form: log)
        let summary = try await run.run { teller.tell($0) }
        teller.finish(summary, in: folder)
        if let failure = summary.failures.first {
            throw StudyFailure(summary: summary, first: failure)
        }
    }

    private func tell(_ prospect: [(step: PlannedStep, reason: String?)]) {
        var table = Table([("step", .whole), ("operation", .left), ("", .left)])
        for (step, reason) in prospect {
            table.add([step.id, step.operation.name, reason ?? "up to date"])
        }
        Terminal.print(table.text)
        let count = prospect.count { $0.reason != nil }
        Terminal.print("\(Figures.count(count, "step")) of \(prospect.count) would run\n")
    }
}

/// A study whose steps did not all end well.
struct StudyFailure: ExplainedError {
    let summary: StudySummary
    let first: StudySummary.Failure

    var place: String { "" }
    var problem: String {
        var text = summary.failures.map(\.problem).joined(separator: "\n")
        if summary.left > 0 { text += "\n  \(Figures.count(summary.left, "step")) left to run" }
        return text
    }
    var remedy: String? { nil }
}

/// A size of memory on the command line: `4GB`, `512MB`.
struct MemoryArgument: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let units: [(String, Double)] = [
            ("GIB", 0x1p30), ("MIB", 0x1p20), ("GB", 1e9), ("MB", 1e6), ("G", 1e9), ("M", 1e6),
        ]
        let text = argument.uppercased().filter { $0 != " " }
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let number = Double(text.dropLast(unit.0.count)), number > 0, number < 1e9
        else { return nil }
        bytes = Int(number * unit.1)
    }
}
