import Features

/// The results of one run, each a collection of its own in a file of its own, which appear together
/// once all are complete.
struct Results {
    private var sinks: [(path: String, sink: any FeatureSink, info: CollectionInfo)] = []

    /// Opens a result, where there is a path for it.
    mutating func open(_ path: String?, _ title: String, _ output: OutputOptions) throws {
        guard let path else { return }
        let info = CollectionInfo(name: title)
        sinks.append((path, try output.open(path, info), info))
    }

    /// Writes a batch of the result of a path.
    mutating func write(_ batch: FeatureBatch, to path: String) throws {
        guard let at = sinks.firstIndex(where: { $0.path == path }) else { return }
        try sinks[at].sink.write(batch)
    }

    /// Ends the results, the first of them last.
    mutating func finish(_ provenance: Provenance) throws {
        for at in sinks.indices.reversed() {
            try sinks[at].sink.finish(provenance.of(sinks[at].info))
        }
    }

    /// The paths of the files, for the end of a report.
    var arrows: String {
        sinks.filter { $0.path != "-" }.map { "→ \($0.path)\n" }.joined()
    }
}
