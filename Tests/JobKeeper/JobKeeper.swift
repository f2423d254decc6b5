import Jobs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A service without HTTP, which tests kill: it keeps jobs in a folder and runs them.
///
///     JobKeeper FOLDER PROGRAM N [CONCURRENT]
///
/// Takes N jobs, and prints `accepted ID` for each as soon as it is; when there is nothing left to run,
/// `ended ID PROCESS STATE ATTEMPTS WHOLE` for all there are, and `all`. Then it goes on until it is
/// ended.
@main enum JobKeeper {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count >= 4, let count = Int(words[3]) else { exit(64) }
        var limits = JobLimits()
        limits.concurrent = words.count > 4 ? Int(words[4]) ?? 2 : 2
        limits.queued = 10_000
        limits.queuedOfOne = 10_000
        let runner = try JobRunner(folder: words[1], program: words[2], limits: limits)
        try await runner.start()
        let points = ["127.3,36.3", "127.4,36.4"].map {
            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
                + "{\"type\":\"Point\",\"coordinates\":[\($0)]}}"
        }
        let places =
            "{\"type\":\"FeatureCollection\",\"features\":[" + points.joined(separator: ",") + "]}"
        for number in 0..<count {
            // Every third job fails, whenever it runs.
            let order =
                number % 3 == 2
                ? JobOrder(
                    process: "fails", words: ["info", "nothing.geojson"],
                    outputs: [.init("summary", file: JobOrder.printed, form: .text)])
                : JobOrder(
                    process: "succeeds",
                    words: ["proximity", "from.geojson", "--self", "-o", "result.geojson"],
                    inputs: [.init("from.geojson", .bytes(Array(places.utf8)[...]))],
                    outputs: [.init("result", file: "result.geojson", form: .geoJSON)])
            say("accepted \(try await runner.submit(order, owner: "owner \(number % 4)").id)")
        }
        while try !runner.jobs(states: [.accepted, .running], limit: 1).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        for job in try runner.jobs(limit: 1_000_000) {
            var isWhole = true
            if job.state == .successful, let output = job.outputs.first {
                let bytes = try runner.results(of: job).bytes(of: output.id)?.bytes
                isWhole = bytes?.count == job.bytes && bytes?.last == UInt8(ascii: "\n")
            }
            say("ended \(job.id) \(job.process) \(job.state) \(job.attempts) \(isWhole)")
        }
        say("all")
        while true { try await Task.sleep(for: .seconds(60)) }
    }

    private static func say(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }
}
