import Formats
import Foundation
import TestSupport
import Testing

@testable import Jobs

@Suite("The journal of jobs") struct JournalTests {
    private let desk: JobDesk
    private let journal: JobJournal

    init() throws {
        desk = try JobDesk()
        journal = try JobJournal(desk.command.folder.appending(path: "j.sqlite").path)
    }

    private func job(_ id: String, owner: String = "") -> JobRecord {
        JobRecord(
            id: id, process: "locate", owner: owner, state: .accepted, created: 1, updated: 1,
            inputs: "0", bytes: 0, attempts: 0, words: ["locate", "대덕"],
            outputs: [.init("report", file: "printed", form: .json, isReference: true)],
            response: .document)
    }

    @Test func `a job is read as it was noted`() throws {
        try journal.accept(job("a", owner: "office"))
        var noted = job("a", owner: "office")
        noted.number = 1
        #expect(try journal.job("a") == noted)
        #expect(try journal.job("b") == nil)
    }

    @Test func `states follow one another, and the last one stays`() throws {
        try journal.accept(job("a"))
        #expect(try !journal.succeed("a", bytes: 1))
        #expect(try journal.begin("a"))
        #expect(try !journal.begin("a"))
        try journal.note("a", progress: 40, message: "4 features")
        #expect(try journal.job("a")?.progress == 40)
        #expect(try journal.succeed("a", bytes: 7))
        #expect(try !journal.fail("a", .operation, "late"))
        try journal.putBack("a")
        let ended = try #require(try journal.job("a"))
        #expect(ended.state == .successful)
        #expect(ended.bytes == 7)
        #expect(ended.progress == 100)
        #expect(ended.finished != nil)
    }

    @Test func `a job that was dismissed stays so, whoever ends it later`() throws {
        try journal.accept(job("a"))
        #expect(try journal.begin("a"))
        #expect(try journal.dismiss("a"))
        #expect(try !journal.dismiss("a"))
        #expect(try !journal.succeed("a", bytes: 1))
        #expect(try !journal.fail("a", .time, "late"))
        try journal.putBack("a")
        #expect(try journal.recover().isEmpty)
        #expect(try journal.job("a")?.state == .dismissed)
    }

    @Test func `what ran when the service ended waits again, in its order`() throws {
        for id in ["a", "b", "c", "d"] { try journal.accept(job(id)) }
        #expect(try journal.begin("a"))
        #expect(try journal.begin("b"))
        #expect(try journal.succeed("b", bytes: 1))
        #expect(try journal.dismiss("c"))
        #expect(try journal.recover().map(\.id) == ["a", "d"])
        #expect(try journal.job("a")?.state == .accepted)
        #expect(try journal.job("a")?.started == nil)
        #expect(try journal.job("a")?.attempts == 1)
    }

    @Test func `jobs are listed by owner, process and state, page by page`() throws {
        for (index, id) in ["a", "b", "c", "d", "e"].enumerated() {
            try journal.accept(job(id, owner: index % 2 == 0 ? "x" : "y"))
        }
        #expect(try journal.begin("c"))
        #expect(try journal.jobs(of: "x").map(\.id) == ["e", "c", "a"])
        #expect(try journal.jobs(of: nil, limit: 2).map(\.id) == ["e", "d"])
        #expect(try journal.jobs(of: nil, limit: 2, before: 4).map(\.id) == ["c", "b"])
        #expect(try journal.jobs(of: nil, states: [.running]).map(\.id) == ["c"])
        #expect(try journal.jobs(of: nil, processes: ["profile"]).isEmpty)
    }

    @Test func `a journal of a later version is not touched`() throws {
        let path = desk.command.folder.appending(path: "later.sqlite").path
        guard let sqlite = SharedData.tool("sqlite3") else { return }
        _ = try SharedData.run(sqlite, [path, "PRAGMA user_version = 9"])
        #expect(throws: FormatError.self) { try JobJournal(path) }
    }

    @Test func `kept is what is young, among the last, and small enough together`() {
        func ended(_ id: String, _ finished: Int64, _ bytes: Int) -> JobRecord {
            var job = job(id)
            job.finished = finished
            job.bytes = bytes
            return job
        }
        var rule = JobRetention()
        let jobs = [
            ended("d", 9000, 5), ended("c", 8000, 5), ended("b", 7000, 5), ended("a", 0, 5),
        ]
        #expect(rule.expired(among: jobs, at: 10_000).isEmpty)
        rule.seconds = 5
        #expect(rule.expired(among: jobs, at: 10_000) == ["a"])
        rule.count = 2
        #expect(rule.expired(among: jobs, at: 10_000) == ["b", "a"])
        rule.bytes = 9
        #expect(rule.expired(among: jobs, at: 10_000) == ["c", "b", "a"])
    }

    @Test func `owners take turns, whoever sends most`() {
        var queue = FairQueue()
        for id in ["a1", "a2", "a3", "a4"] { queue.add(id, of: "a") }
        queue.add("b1", of: "b")
        queue.add("c1", of: "c")
        queue.add("b2", of: "b")
        queue.remove("a3", of: "a")
        #expect(queue.count == 6)
        #expect(queue.count(of: "a") == 3)
        #expect((0..<7).map { _ in queue.next() } == ["a1", "b1", "c1", "a2", "b2", "a4", nil])
    }

    @Test func `moments are written as RFC 3339 has them`() {
        #expect(JobRecord.text(of: 0) == "1970-01-01T00:00:00.000Z")
        #expect(JobRecord.text(of: 951_782_399_999) == "2000-02-28T23:59:59.999Z")
        #expect(JobRecord.text(of: 951_782_400_000) == "2000-02-29T00:00:00.000Z")
        #expect(JobRecord.text(of: 1_795_313_045_006) == "2026-11-22T02:04:05.006Z")
        #expect(JobRecord.text(of: -1) == "1969-12-31T23:59:59.999Z")
    }

    @Test(arguments: [
        (
            "Error: Missing expected argument '--within <distance>'\nUsage: clusteratlas coverage\n"
                + "  See 'clusteratlas coverage --help' for more information.\n",
            "Missing expected argument 'within <distance>'"
        ),
        (
            "-k takes 1 or more; --id-field names a column",
            "k takes 1 or more; id-field names a column"
        ),
        (
            "did you mean ic-wonju? `clusteratlas locate` finds it",
            "did you mean ic-wonju? the process locate finds it"
        ),
        ("see `clusteratlas layers`", "see /collections"),
        ("correct it, or run `clusteratlas check --repair`", "correct it"),
        ("a value of -5 m at -x- is left-handed", "a value of -5 m at -x- is left-handed"),
    ])
    func `what is said to the command line is told in the words of requests`(
        said: String, told: String
    ) {
        #expect(said.forRequests == told)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 is that of RFC 4648`(text: String, encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
    }
}
