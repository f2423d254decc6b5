import Foundation
import TestSupport
import Testing

/// Steps that are killed within their work, and go on from what they noted of it.
@Suite("Work kept within steps") struct KeptWorkTests {
    /// Runs a study and kills it as soon as a step has noted so much of its work; a file grows while a note is
    /// written, so that more than one shall be there.
    private func kill(
        _ runner: CommandRunner, onceIn folder: String, noted file: String, bytes: Int = 1
    ) throws {
        let (process, input) = try runner.start(["run", "plan.yaml", "-o", folder])
        let notes = runner.folder.appending(path: "\(folder)/.clusteratlas/notes").path
        let hasNoted = {
            let all = FileManager.default.enumerator(atPath: notes)?.allObjects ?? []
            return all.contains { name in
                guard "\(name)".contains("/\(file)"), !"\(name)".hasSuffix(".partial") else {
                    return false
                }
                let about = try? FileManager.default.attributesOfItem(atPath: "\(notes)/\(name)")
                return (about?[.size] as? Int ?? 0) >= bytes
            }
        }
        // A note goes when its step is done.
        var isNoted = false
        while process.isRunning, !isNoted {
            isNoted = hasNoted()
            if !isNoted { usleep(5_000) }
        }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try input.close()
        #expect(isNoted)
    }

    private func goOn(_ runner: CommandRunner, _ step: String) throws {
        let outcome = try runner.run("run", "plan.yaml", "-o", "killed", "--log", "json")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("has not run yet, goes on from its notes"))
        let notes = runner.folder.appending(path: "killed/.clusteratlas/notes/\(step)")
        #expect(!FileManager.default.fileExists(atPath: notes.path))
    }

    @Test func `a siting step that is killed goes on from what it noted`() throws {
        let runner = try CommandRunner()
        var random = SeededGenerator(seed: 3)
        var matrix = "demand,candidate,cost\n"
        for demand in 0..<120 {
            for site in 0..<60 {
                matrix += "d\(demand),c\(site),\(Int.random(in: 1...1000, using: &random))\n"
            }
        }
        try runner.write(matrix, to: "matrix.csv")
        try runner.write(
            "steps: {sites: {run: sites curve, with: {model: p-median, up-to: 6, from: 5, "
                + "matrix: matrix.csv, json: true}}}",
            to: "plan.yaml")
        try kill(runner, onceIn: "killed", noted: "search-")
        try goOn(runner, "sites")
        #expect(try runner.run("replay", "killed/sites.json").code == 0)
    }

    @Test func `a join that is killed takes up the blocks that it had measured`() throws {
        let runner = try CommandRunner()
        var random = SeededGenerator(seed: 4)
        var places = "id,lon,lat\n"
        for row in 0..<36_000 {
            let (x, y) = (Int.random(in: 0...9999, using: &random), row % 9973)
            places += "p\(row),127.\(10_000 + x),36.\(10_000 + y)\n"
        }
        try runner.write(places, to: "places.csv")
        try runner.write(
            "steps: {near: {run: proximity, with: {from: places.csv, to: towns.geojson, k: 3, "
                + "output: near.csv}}}",
            to: "plan.yaml")
        try kill(runner, onceIn: "killed", noted: "found", bytes: 250_000)
        try goOn(runner, "near")
        let said = try runner.text(of: "killed/.clusteratlas/logs/near.log")
        #expect(said.contains("went on from a run that was killed: "), "\(said)")
        #expect(try runner.run("run", "plan.yaml", "-o", "whole", "--quiet").code == 0)
        #expect(try runner.text(of: "killed/near.csv") == runner.text(of: "whole/near.csv"))
        #expect(try runner.text(of: "killed/near.txt") == runner.text(of: "whole/near.txt"))
    }
}
