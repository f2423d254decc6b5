import Foundation
import Jobs
import TestSupport
import Testing

@Suite("Services that are killed") struct KillTests {
    private let desk: JobDesk

    init() throws { desk = try JobDesk() }

    private static let keeper = CommandRunner.program.deletingLastPathComponent()
        .appending(path: "JobKeeper")

    /// Starts a service that takes so many jobs, and kills it.
    ///
    /// - Returns: The jobs that it said it had accepted.
    private func killed(taking count: Int, after moment: Duration) async throws -> [String] {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = Self.keeper
        process.arguments = [desk.folder, CommandRunner.program.path, String(count)]
        process.standardOutput = pipe
        try process.run()
        try await Task.sleep(for: moment)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let text = String(
            decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        // A line that was cut was not said.
        return text.split(separator: "\n").filter { $0.hasPrefix("accepted ") && $0.count == 41 }
            .map { String($0.dropFirst(9)) }
    }

    @Test func `no accepted job is lost, whenever the service is killed`() async throws {
        var generator = SeededGenerator(seed: 9)
        var accepted: [String] = []
        for round in 0..<4 {
            let moment = Duration.milliseconds(Int.random(in: 20...900, using: &generator))
            accepted += try await killed(taking: round == 0 ? 50 : 5, after: moment)
        }
        #expect(!accepted.isEmpty)
        let runner = try await desk.runner()
        // At most those of the moment between being noted and being said.
        let all = try runner.jobs(limit: 1000)
        #expect(Set(all.map(\.id)).isSuperset(of: accepted))
        #expect(all.count <= accepted.count + 4)
        for job in all {
            let ended = try #require(try await runner.end(of: job.id))
            if ended.process == "fails" {
                #expect(ended.failure == .operation)
                continue
            }
            #expect(ended.state == .successful)
            let output = ended.outputs[0].id
            let found = try runner.results(of: ended).bytes(of: output)
            #expect(found?.bytes.last == UInt8(ascii: "\n"))
            #expect(found?.bytes.count == ended.bytes)
        }
        await runner.shutdown(grace: .seconds(5))
    }
}
