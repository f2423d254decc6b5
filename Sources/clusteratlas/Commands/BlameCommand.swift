import ArgumentParser
import Studies

struct BlameCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Tells which change moved a result of a study.",
        discussion: """
            Two results of one step, in two folders, are compared, and the old one is made
            again with one change at a time: each parameter and each input that is another
            in the new one. What earlier steps wrote is taken from the two folders; to go
            further back, name the inputs that moved it.

            Example:
              clusteratlas run innovation-cities -o old
              clusteratlas run innovation-cities -o new --set near=30000
              clusteratlas blame old/park-sites.geojson new/park-sites.geojson
            """)

    @Argument(help: ArgumentHelp("A result, in the folder of a study.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The result of the same step.", valueName: "new"))
    var new: String

    func run() async throws {
        let blame = try StudyBlame(old: old, new: new, operations: DeclaredOperations())
        let (whole, causes) = try await blame.run(
            runner: ProcessRunner(program: StudyPlace.program))
        Terminal.print("\(old) → \(new)\n  in all: \(whole)\n")
        for cause in causes { Terminal.print("  \(cause.name): \(cause.effect)\n") }
        if causes.isEmpty { Terminal.print("  nothing that the step rests on changed\n") }
    }
}
