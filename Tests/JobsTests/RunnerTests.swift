import Formats
import Foundation
import Jobs
import TestSupport
import Testing

@Suite("Jobs that run") struct RunnerTests {
    let desk: JobDesk

    init() throws { desk = try JobDesk() }

    private func run(
        _ process: String, _ inputs: String, outputs: String = "{}", on runner: JobRunner
    ) async throws -> (JobRecord, JobResults) {
        let body = "{\"inputs\": {\(inputs)}, \"outputs\": \(outputs)}"
        let order = try desk.order(process, body, runner: runner)
        let job = try await runner.submit(order)
        let ended = try #require(try await runner.end(of: job.id))
        return (ended, runner.results(of: ended))
    }

    @Test func `every process gives the bytes that its command gives`() async throws {
        let runner = try await desk.runner()
        let towns = try desk.posted("towns.geojson")
        let labs = try desk.posted("labs.geojson")
        let wards = try desk.posted("wards.geojson")
        for (name, text) in [
            ("from", towns), ("to", labs), ("demand", towns), ("by", labs), ("facilities", labs),
            ("candidates", towns),
        ] { try desk.command.write(text, to: "\(name).geojson") }
        let o = "-o result.geojson"
        let cases = [
            ("locate", "\"text\": \"daedeok\"", "locate daedeok --json"),
            (
                "proximity", "\"from\": \(towns), \"to\": \(labs), \"k\": 2",
                "proximity from.geojson --to to.geojson -k 2 \(o)"
            ),
            (
                "coverage",
                "\"demand\": \(towns), \"by\": \(labs), \"within\": [\"3km\", 9000]",
                "coverage demand.geojson --by by.geojson --within 3km,9000 \(o)"
            ),
            (
                "catchment", "\"facilities\": \(labs), \"demand\": \(towns)",
                "catchment facilities.geojson --demand demand.geojson \(o)"
            ),
            (
                "accessibility", "\"demand\": \(towns), \"to\": \(labs), \"within\": \"9km\"",
                "accessibility demand.geojson --to to.geojson --within 9km \(o)"
            ),
            (
                "site-selection",
                "\"model\": \"p-median\", \"p\": 2, \"candidates\": \(towns), \"demand\": \(towns)",
                "sites select --model p-median -p 2 --candidates candidates.geojson "
                    + "--demand demand.geojson \(o)"
            ),
            (
                "profile",
                "\"cluster\": \"ic-wonju\", \"layers\": \"stations\", \"demand\": \(wards), "
                    + "\"weight\": \"people\"",
                "profile ic-wonju --layers stations --demand demand.geojson --weight people --json"
            ),
            (
                "convergence", "\"layer\": [\"innovation-cities\", \"biz-parks\"]",
                "convergence innovation-cities biz-parks --json"
            ),
        ]
        for (process, inputs, words) in cases {
            let (job, results) = try await run(process, inputs, on: runner)
            try #require(job.state == .successful, "\(process): \(job.message ?? "")")
            let bytes = try #require(try results.bytes(of: results.outputs[0].id)).bytes
            if process == "profile" { try desk.command.write(wards, to: "demand.geojson") }
            let command = try desk.command.run(words.split(separator: " ").map(String.init))
            #expect(command.code == 0)
            let expected =
                words.contains("-o") ? try desk.command.text(of: "result.geojson") : command.output
            #expect(!bytes.isEmpty)
            #expect(String(decoding: bytes, as: UTF8.self) == expected, "\(process)")
            #expect(job.bytes == bytes.count)
            let kept = try FileManager.default.contentsOfDirectory(
                atPath: "\(desk.folder)/jobs/\(job.id)")
            #expect(!kept.contains("notes") && kept.contains("out"), "\(process): \(kept)")
        }
    }

    @Test func `several outputs come in a document, by value and by reference`() async throws {
        let runner = try await desk.runner()
        let labs = try desk.posted("labs.geojson")
        let body = """
            {"inputs": {"facilities": \(labs), "demand": \(labs)}, "response": "document",
             "outputs": {"result": {}, "demand-output": {"format": {"mediaType": "text/csv"}},
              "summary": {"transmissionMode": "reference"}}}
            """
        let job = try await runner.submit(try desk.order("catchment", body))
        let ended = try #require(try await runner.end(of: job.id))
        try #require(ended.state == .successful, "\(ended.message ?? "")")
        let json = try JSONValue.parse(try runner.results(of: ended).document(at: desk.base))
        #expect(json["result"]?["value"]?["type"]?.string == "FeatureCollection")
        #expect(json["result"]?["mediaType"]?.string == "application/geo+json")
        #expect(json["demand-output"]?["value"]?.string?.contains("\n") == true)
        #expect(
            json["summary"]?["href"]?.string == "\(desk.base)/jobs/\(job.id)/results/summary")
        let info = ended.statusInfo(at: desk.base)
        #expect(info["status"]?.string == "successful")
        #expect(info["progress"]?.int == 100)
        #expect(info["links"]?[1]?["href"]?.string == "\(desk.base)/jobs/\(job.id)/results")
    }

    @Test func `the result of a job is the input of the next one`() async throws {
        let runner = try await desk.runner()
        let labs = try desk.posted("labs.geojson")
        let (first, _) = try await run(
            "proximity", "\"from\": \(labs), \"to\": \"stations\"", on: runner)
        let link = "{\"href\": \"/jobs/\(first.id)/results/result\"}"
        let (second, results) = try await run(
            "proximity", "\"from\": \(link), \"to\": \"ports\"", on: runner)
        try #require(second.state == .successful, "\(second.message ?? "")")
        let text = String(
            decoding: try #require(try results.bytes(of: "result")).bytes, as: UTF8.self)
        #expect(text.contains("stations_1_id") && text.contains("ports_1_id"))
        // The first job's results may go: the second has its own.
        _ = try await runner.dismiss(first.id)
        #expect(try runner.job(first.id)?.state == .dismissed)
        #expect(try runner.results(of: second).bytes(of: "result") != nil)
    }

    @Test func `an operation that finds a fault tells it, without folders`() async throws {
        let runner = try await desk.runner()
        let labs = try desk.posted("labs.geojson")
        let (job, _) = try await run(
            "coverage",
            "\"demand\": \(labs), \"by\": \"ports\", \"within\": \"9km\", "
                + "\"weight\": \"nothing\"", on: runner)
        #expect(job.state == .failed)
        #expect(job.failure == .operation)
        #expect(job.message?.contains("nothing") == true)
        #expect(job.message?.contains("/") == false)
        // Nothing is left of it but the record.
        #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/jobs/\(job.id)"))
    }

    @Test func `features that cannot be read are refused before there is a job`() async throws {
        let runner = try await desk.runner()
        let bad = #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
            "geometry":{"type":"Point","coordinates":[127.3,"36"]}}]}
            """#
        let order = try desk.order("proximity", "{\"inputs\":{\"from\":\(bad),\"to\":\"ports\"}}")
        let fault = await #expect(throws: RequestFault.self) { try await runner.submit(order) }
        #expect(fault?.pointer == "/inputs/from")
        #expect(fault?.problem.contains("from.geojson, feature 1") == true)
        #expect(try runner.jobs().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder + "/jobs").isEmpty)
    }

    // MARK: Ends

    /// Whether a process ends within some seconds.
    func isGone(_ process: Int32) async -> Bool {
        for _ in 0..<500 {
            let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            if state == nil || state?.contains(") Z ") == true { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func `a job that waits or runs can be dismissed`() async throws {
        var limits = JobLimits()
        limits.concurrent = 1
        let runner = try await desk.runner(
            limits, program: desk.script("echo $$ >\"$1\"; exec sleep 300"))
        let file = desk.command.folder.appending(path: "child").path
        let first = try await runner.submit(JobDesk.order(file))
        let second = try await runner.submit(JobDesk.order(file))
        while try runner.job(first.id)?.state != .running || !desk.command.files.contains("child")
            || (try desk.command.text(of: "child")).isEmpty
        {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await runner.dismiss(second.id)?.state == .dismissed)
        #expect(try await runner.dismiss(first.id)?.state == .dismissed)
        #expect(try await runner.dismiss("0") == nil)
        #expect(try await runner.end(of: first.id)?.state == .dismissed)
        #expect(await isGone(Int32(try desk.command.text(of: "child").filter(\.isNumber)) ?? 0))
        await runner.shutdown(grace: .seconds(5))
        #expect(try runner.jobs(states: [.dismissed]).count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder + "/jobs").isEmpty)
    }

    @Test func `a service that ends finishes what runs, or leaves it to the next one`() async throws
    {
        var limits = JobLimits()
        limits.concurrent = 2
        let ids: [String]
        do {
            let runner = try await desk.runner(
                limits, program: desk.script("[ $1 = short ] && sleep 0.2 || exec sleep 300"))
            ids = [
                try await runner.submit(JobDesk.order("short")).id,
                try await runner.submit(JobDesk.order("long")).id,
            ]
            #expect(throws: FormatError.self) {
                try JobRunner(folder: desk.folder, program: "/bin/true")
            }
            while try runner.jobs(states: [.accepted]).count > 0 {
                try await Task.sleep(for: .milliseconds(10))
            }
            await runner.shutdown(grace: .seconds(3))
            #expect(try ids.map { try runner.job($0)?.state } == [.successful, .accepted])
        }
        let next = try await desk.runner(limits, program: desk.script("echo {}"))
        for id in ids { #expect(try await next.end(of: id)?.state == .successful) }
        #expect(try next.job(ids[0])?.attempts == 1)
        #expect(try next.job(ids[1])?.attempts == 2)
    }

    @Test func `results that are kept no longer go with their jobs`() async throws {
        var retention = JobRetention()
        retention.count = 2
        let runner = try await desk.runner(
            retention: retention, program: desk.script("echo '{}'"))
        for _ in 0..<5 {
            let job = try await runner.submit(JobDesk.order("x"))
            _ = try await runner.end(of: job.id)
        }
        // The sweep follows the end of the last job.
        await runner.shutdown(grace: .seconds(5))
        let kept = try runner.jobs().map(\.id)
        #expect(kept.count == 2)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: desk.folder + "/jobs").sorted()
                == kept.sorted())
    }
}
