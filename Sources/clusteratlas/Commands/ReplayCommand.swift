import ArgumentParser
import Features
import Formats
import Geometry
import Studies

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Makes a result of a study again, and compares the bytes.",
        discussion: """
            The step that wrote the result runs again in a folder of its own, on the
            results of earlier steps as they are; with --whole those are made again too.
            The exit code is 0 where all bytes are the same, else 1.

            Example:
              clusteratlas run innovation-cities -o cities
              clusteratlas replay cities/partners.geojson
            """)

    @Argument(help: ArgumentHelp("A result, in the folder of a study.", valueName: "result"))
    var result: String

    @Flag(help: "Make all that it rests on again too.")
    var whole = false

    @Flag(help: "Write errors only.")
    var quiet = false

    func run() async throws {
        let replay = try StudyReplay(of: result, operations: DeclaredOperations())
        let outcome = try await replay.run(
            whole: whole, runner: ProcessRunner(program: StudyPlace.program))
        if let failure = outcome.failure { throw StudyError(at: result, failure) }
        if !quiet {
            for (name, isSame) in outcome.files {
                Terminal.print("\(isSame ? "same " : "OTHER")  \(name)\n")
            }
        }
        let others = outcome.files.filter { !$0.isSame }
        if others.isEmpty { return }
        if others.allSatisfy({ outcome.touched.contains($0.name) }) {
            throw StudyError(
                at: result,
                "\(outcome.touched.joined(separator: ", ")): not what step \(replay.step.id) wrote when "
                    + "the study ran; it makes again what it wrote then",
                remedy: "run the study again to have that back")
        }
        throw StudyError(
            at: result,
            "step \(replay.step.id) made other bytes"
                + (outcome.difference.map { ": \($0)" } ?? ", though nothing it rests on changed"))
    }
}
