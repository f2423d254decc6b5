import ClusterAtlasKit

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One line of JSON in the form in which the peers report theirs.
struct Measurement {
    var workload: String
    var sizes: [(String, Int)]
    var runs: Int
    /// What `rate` counts.
    var unit = "points/s"
    /// Further words by which a run is told from others.
    var labels: [(String, String)] = []

    /// Runs something several times and prints the least wall and processor seconds.
    func run(items: Int, _ work: () async throws -> [(String, Double)]) async rethrows {
        var wall = Double.infinity
        var processor = Double.infinity
        var answer: [(String, Double)] = []
        for _ in 0..<runs {
            let startWall = ContinuousClock.now
            let startProcessor = Self.processorSeconds()
            answer = try await work()
            let elapsed = (ContinuousClock.now - startWall).components
            wall = min(wall, Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
            processor = min(processor, Self.processorSeconds() - startProcessor)
        }
        func object(_ members: [(String, String)]) -> String {
            "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
        }
        func rounded(_ value: Double) -> String { "\((value * 1e9).rounded() / 1e9)" }
        print(
            object([
                ("workload", "\"\(workload)\""), ("peer", "\"clusteratlas\""),
                ("version", "\"ClusterAtlas \(Release.version)\""),
                (
                    "n",
                    object(
                        sizes.map { ($0, "\($1)") } + labels.map { ($0, "\"\($1)\"") })
                ), ("wall_s", rounded(wall)),
                ("cpu_s", rounded(processor)), ("runs", "\(runs)"),
                ("rss_mb", rounded(Self.peakMegabytes())),
                ("rate", rounded(Double(items) / wall)), ("rate_unit", "\"\(unit)\""),
                ("rate_cpu", rounded(Double(items) / max(processor, 1e-6))),
                ("answer", object(answer.map { ($0, rounded($1)) })),
            ]))
    }

    private static func usage() -> rusage {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        return usage
    }

    private static func processorSeconds() -> Double {
        let used = usage()
        return Double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
            + Double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6
    }

    private static func peakMegabytes() -> Double { Double(usage().ru_maxrss) / 1024 }
}

/// How many bytes a file holds; 0 where there is none.
func fileSize(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
}
