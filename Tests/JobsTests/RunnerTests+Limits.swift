import Foundation
import Jobs
import TestSupport
import Testing

/// What jobs may take.
extension RunnerTests {
    @Test(arguments: [JobLimitError.Limit.features, .vertices])
    func `more features or positions than are taken are refused`(
        limit: JobLimitError.Limit
    ) async throws {
        var limits = JobLimits()
        if limit == .features { limits.features = 1 } else { limits.vertices = 1 }
        let runner = try await desk.runner(limits)
        let labs = try desk.posted("labs.geojson")
        let order = try desk.order("proximity", "{\"inputs\":{\"from\":\(labs),\"to\":\"ports\"}}")
        let error = await #expect(throws: JobLimitError.self) { try await runner.submit(order) }
        #expect(error?.limit == limit)
        #expect(error?.place == "/inputs/from")
        #expect(try runner.jobs().isEmpty)
    }

    @Test func `no more jobs wait than may, of all and of one owner`() async throws {
        var limits = JobLimits()
        limits.concurrent = 1
        limits.queued = 3
        limits.queuedOfOne = 2
        let runner = try await desk.runner(limits, program: desk.script("exec sleep 60"))
        for owner in ["a", "a", "a", "b"] {
            _ = try await runner.submit(JobDesk.order("x"), owner: owner)
        }
        for owner in ["a", "c"] {
            let error = await #expect(throws: JobLimitError.self) {
                try await runner.submit(JobDesk.order("x"), owner: owner)
            }
            #expect(error?.limit == .queued)
        }
        #expect(try runner.jobs().count == 4)
        #expect(try runner.job(runner.jobs()[0].id, of: "a") == nil)
        await runner.shutdown(grace: .zero)
        let closed = await #expect(throws: JobLimitError.self) {
            try await runner.submit(JobDesk.order("x"))
        }
        #expect(closed?.limit == .closing)
    }

    @Test func `a job that runs too long is ended, with all that it started`() async throws {
        var limits = JobLimits()
        limits.seconds = 3
        let runner = try await desk.runner(
            limits, program: desk.script("sleep 300 & echo $! >\"$1\"; wait"))
        let file = desk.command.folder.appending(path: "child").path
        let job = try await runner.submit(JobDesk.order(file))
        let ended = try #require(try await runner.end(of: job.id))
        #expect(ended.state == .failed)
        #expect(ended.failure == .time)
        let child = try #require(
            Int32(try desk.command.text(of: "child").filter(\.isNumber)))
        #expect(await isGone(child))
    }

    @Test func `a job that holds too much memory is ended`() async throws {
        var limits = JobLimits()
        limits.memory = 64 << 20
        let runner = try await desk.runner(
            limits, program: desk.script("x=$(head -c 300000000 /dev/zero | tr '\\0' a); sleep 9"))
        let job = try await runner.submit(JobDesk.order("x"))
        let ended = try #require(try await runner.end(of: job.id))
        #expect(ended.state == .failed)
        #expect(ended.failure == .memory)
    }

    @Test func `a job that writes too much is ended, in one file or in all`() async throws {
        var limits = JobLimits()
        limits.outputBytes = 100_000
        let runner = try await desk.runner(limits, program: desk.script("head -c 100001 /dev/zero"))
        let job = try await runner.submit(JobDesk.order("x"))
        let ended = try #require(try await runner.end(of: job.id))
        #expect(ended.state == .failed)
        #expect(ended.failure == .output)
        #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/jobs/\(job.id)"))
    }

    @Test func `a program that breaks down fails its job only`() async throws {
        let runner = try await desk.runner(program: desk.script("kill -SEGV $$"))
        let job = try await runner.submit(JobDesk.order("x"))
        let ended = try #require(try await runner.end(of: job.id))
        #expect(ended.failure == .program)
        #expect(ended.message == "the operation was ended by signal 11")
    }
}
