import Formats
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Jobs
@testable import Service
@testable import clusteratlas

/// What becomes of jobs and their pages.
extension ProcessRouteTests {
    private var located: String { body("\"text\": \"daedeok\"") }

    @Test func `jobs are paged by their numbers, which outlive them`() async throws {
        for _ in 0..<3 {
            #expect(
                try await ask(.post, "/processes/locate/execution", body: located).status == .ok)
        }
        func page(_ target: String) async throws -> (ids: [String], next: String?) {
            let list = try json(try await ask(.get, target))
            return (
                list["jobs"]?.array?.compactMap { $0["jobID"]?.string } ?? [],
                list.link("next").map { String($0.dropFirst("http://localhost:8080".count)) }
            )
        }
        let all = try await page("/jobs").ids
        let first = try await page("/jobs?limit=2")
        #expect(first.ids == Array(all.prefix(2)))
        let next = try #require(first.next)
        // The job at which the page ended is forgotten.
        let runner = try #require(service.processes?.runner)
        try runner.journal.forget([first.ids[1]])
        #expect(try await page(next).ids == Array(all.suffix(1)))
        #expect(try await ask(.get, "/jobs?before=\(all[0])").status == .badRequest)
    }

    @Test func `who prefers to wait is told when a job has ended`() async throws {
        let accepted = try json(
            try await ask(.post, "/processes/locate/execution", body: located, prefer))
        let id = try #require(accepted["jobID"]?.string)
        var wait = HTTPFields()
        if let name = HTTPField.Name("Prefer") { wait[name] = "wait=30" }
        let told = try await ask(.get, "/jobs/\(id)", wait)
        #expect(try json(told)["status"]?.string == "successful")
        #expect(HTTPField.Name("Preference-Applied").map { told.headers[$0] } == "wait=30")
    }

    @Test func `jobs are counted as they come and end`() async throws {
        let kept = PrometheusMetrics()
        let script = try Self.script("slow", "sleep 600", in: command)
        let runner = try JobRunner(
            folder: command.folder.appending(path: "counted").path, program: script,
            metrics: kept)
        try await runner.start()
        let served = try #require(service.processes)
        var jobs: [JobRecord] = []
        for _ in 0..<3 {
            let order = try served.catalogue.order(
                ExecuteRequest(Array(located.utf8)), of: "locate", base: ""
            ) { _, _ in nil }
            jobs.append(try await runner.submit(order))
        }
        #expect(kept.text.contains("clusteratlas_jobs_accepted_total 3\n"))
        #expect(kept.text.contains("clusteratlas_jobs_running 2\n"))
        #expect(kept.text.contains("clusteratlas_jobs_waiting 1\n"))
        // The one that waits, then those that run; a job that has ended is not ended twice.
        for job in jobs.reversed() { _ = try await runner.dismiss(job.id) }
        _ = try await runner.dismiss(jobs[0].id)
        await runner.shutdown(grace: .seconds(60))
        #expect(kept.text.contains("clusteratlas_jobs_ended_total{state=\"dismissed\"} 3\n"))
        #expect(kept.text.contains("clusteratlas_jobs_ended_total{state=\"failed\"} 0\n"))
        #expect(kept.text.contains("clusteratlas_jobs_running 0\n"))
        #expect(kept.text.contains("clusteratlas_jobs_waiting 0\n"))
    }

    @Test func `a job that goes while it is asked for is gone, not broken`() async throws {
        let runner = try #require(service.processes?.runner)
        let served = try #require(service.processes)
        let call = Call(
            request: ServiceRequest(.get, "/"), route: service.routes[0], values: [:],
            attributes: [], base: "")
        for response in ["raw", "document"] {
            let order = try served.catalogue.order(
                ExecuteRequest(
                    Array(body("\"text\": \"daedeok\"", ", \"response\": \"\(response)\"").utf8)),
                of: "locate", base: ""
            ) { _, _ in nil }
            let job = try #require(try await runner.end(of: try await runner.submit(order).id))
            #expect(try AtlasService.results(of: job, served, call).status == .ok)
            _ = try await runner.dismiss(job.id)
            let gone = #expect(throws: Problem.self) {
                try AtlasService.results(of: job, served, call)
            }
            #expect(gone?.status == .gone)
            try runner.journal.forget([job.id])
            let unknown = #expect(throws: Problem.self) {
                try AtlasService.results(of: job, served, call)
            }
            #expect(unknown?.status == .notFound)
        }
    }

    @Test func `a job whose end cannot be noted is told to whoever waits`() async throws {
        guard let sqlite = SharedData.tool("sqlite3") else { return }
        let runner = try #require(service.processes?.runner)
        func change(_ text: String) throws {
            _ = try SharedData.run(sqlite, [runner.folder.path + "/journal.sqlite", text])
        }
        try change(
            "CREATE TRIGGER full BEFORE UPDATE ON job WHEN NEW.state IN ('failed', 'successful') "
                + "BEGIN SELECT RAISE(FAIL, 'no room is left'); END")
        let answer = try await ask(.post, "/processes/locate/execution", body: located)
        #expect(answer.status.code == 507)
        let problem = try json(answer)
        #expect(problem["type"]?.string == "urn:clusteratlas:problem:jobs-not-kept")
        #expect(problem["detail"]?.string?.contains("room") == false)
        // When there is room again, it is noted.
        try change("DROP TRIGGER full")
        let id = try runner.jobs()[0].id
        while try runner.job(id)?.state.isFinal == false {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try await runner.end(of: id)?.failure == .program)
    }

    @Test func `a folder that goes with the service goes, too, where the service does not begin`()
        async throws
    {
        let passing = command.folder.appending(path: "passing").path
        await #expect(throws: (any Error).self) {
            _ = try await KeptJobs(in: nil, data: "no such folder") {
                try FolderKeeping.make(passing)
                return passing
            }
        }
        #expect(!FileManager.default.fileExists(atPath: passing))
    }

    @Test func `a job that writes more than it may has a problem of its own`() async throws {
        var limits = JobLimits()
        limits.outputBytes = 3000
        let other = try await Self.service(command, limits: limits)
        let answer = try await ask(
            .post, "/processes/proximity/execution",
            body: body(
                ProcessExamples.inputs["proximity"].map { String($0.dropFirst().dropLast()) } ?? ""),
            of: other)
        #expect(answer.status.code == 422)
        #expect(
            try json(answer)["type"]?.string == "urn:clusteratlas:problem:output-too-large")
    }

    @Test func `people get pages of processes and jobs, and their examples work`() async throws {
        var accept = HTTPFields()
        accept[.accept] = "text/html,application/xhtml+xml,*/*;q=0.8"
        func page(_ target: String) async throws -> String {
            let answer = try await ask(.get, target, accept)
            #expect(answer.status == .ok && answer.headers[.contentType] == MediaType.html)
            return String(decoding: answer.body, as: UTF8.self)
        }
        #expect(try await page("/").contains("href=\"/processes?f=html\""))
        let list = try await page("/processes")
        let ids = try #require(service.processes).catalogue.processes.map(\.id)
        #expect(Set(ids) == Set(ProcessExamples.inputs.keys))
        for id in ids {
            #expect(list.contains("href=\"/processes/\(id)?f=html\""))
            let told = try await page("/processes/\(id)")
            let inputs = try #require(ProcessExamples.inputs[id])
            #expect(told.contains(Page.escaped("-d '{\"inputs\": \(inputs)}'")))
            let answer = try await ask(
                .post, "/processes/\(id)/execution", body: "{\"inputs\": \(inputs)}")
            #expect(answer.status == .ok, "\(id): \(String(decoding: answer.body, as: UTF8.self))")
        }
        let jobs = try json(try await ask(.get, "/jobs"))["jobs"]?.array ?? []
        #expect(jobs.count == ids.count)
        let all = try await page("/jobs")
        for job in jobs {
            let id = job["jobID"]?.string ?? ""
            #expect(all.contains("href=\"/jobs/\(id)?f=html\""))
            #expect(try await page("/jobs/\(id)").contains("/jobs/\(id)/results/"))
        }
        #expect(try await page("/jobs?limit=2").contains("before="))
    }

    @Test func `what an operation says makes sense to whoever sends a request`() async throws {
        for (process, inputs) in [
            ("proximity", "\"from\": \"ports\""),
            ("profile", "\"cluster\": \"ic-wonjuu\", \"layers\": \"stations\""),
            (
                "coverage",
                "\"demand\": \"ports\", \"by\": \"ports\", \"within\": \"9km\", \"weight\": \"x\""
            ),
        ] {
            let answer = try await ask(.post, "/processes/\(process)/execution", body: body(inputs))
            let detail = try json(answer)["detail"]?.string ?? ""
            #expect(answer.status.code >= 400 && !detail.isEmpty)
            for word in ["--", "Usage", "clusteratlas", "Error:"] {
                #expect(!detail.contains(word), "\(detail)")
            }
        }
    }
}
