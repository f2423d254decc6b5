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
/// Takes N jobs, and prints the identifier of each as soon as it is accepted, and `all` when there is
/// nothing left to run; then it goes on until it is ended.
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
        let place =
            #"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","#
            + #""properties":{},"geometry":{"type":"Point","coordinates":[127.3,36.3]}}]}"#
        for number in 0..<count {
            let kind = number % 3
            let order: JobOrder =
                switch kind {
                case 0:
                    JobOrder(
                        process: "locate", words: ["locate", "daedeok", "--json"],
                        outputs: [.init("report", file: JobOrder.printed, form: .json)])
                case 1:
                    JobOrder(
                        process: "proximity",
                        words: [
                            "proximity", "from.geojson", "--to", "innovation-cities", "-o",
                            "result.geojson",
                        ],
                        inputs: [.init("from.geojson", .bytes(Array(place.utf8)[...]))],
                        outputs: [.init("result", file: "result.geojson", form: .geoJSON)])
                default:
                    // A job that fails, whenever it runs.
                    JobOrder(
                        process: "locate", words: ["show", "no-such-place"],
                        outputs: [.init("report", file: JobOrder.printed, form: .json)])
                }
            say(try await runner.submit(order, owner: "owner \(number % 4)").id)
        }
        while try !runner.jobs(states: [.accepted, .running], limit: 1).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        say("all")
        while true { try await Task.sleep(for: .seconds(60)) }
    }

    private static func say(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }
}
