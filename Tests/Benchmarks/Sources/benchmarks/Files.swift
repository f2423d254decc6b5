import ClusterAtlasKit

/// P7: reading a whole file into batches, which are counted and let go.
///
/// Its SHA-256 is left out, as the peers make none.
func readFile(_ path: String, runs: Int) async throws {
    let measurement = Measurement(
        workload: "P7", sizes: [("bytes", fileSize(path))], runs: runs, unit: "bytes/s",
        labels: [("op", "read"), ("file", fileName(path))])
    try await measurement.run(items: fileSize(path)) {
        var options = ReadingOptions()
        options.recordsInputs = false
        var source = try openSource(path, options: options)
        var features = 0
        while let batch = try source.next() { features += batch.count }
        return [("features", Double(features))]
    }
}

/// P7: writing batches that are in memory; the file is whole and named when the clock stops.
func writeFile(_ path: String, to destination: String, runs: Int) async throws {
    var source = try openSource(path)
    var batches: [FeatureBatch] = []
    while let batch = try source.next() { batches.append(batch) }
    let features = batches.reduce(0) { $0 + $1.count }
    func write() throws {
        var sink = try openSink(destination)
        for batch in batches { try sink.write(batch) }
        try sink.finish(CollectionInfo(name: "benchmark"))
    }
    // The size is known after a first time, which is not counted.
    try write()
    let size = fileSize(destination)
    let measurement = Measurement(
        workload: "P7", sizes: [("bytes", size)], runs: runs, unit: "bytes/s",
        labels: [("op", "write"), ("file", fileName(path))])
    try await measurement.run(items: size) {
        try write()
        return [("features", Double(features))]
    }
}

/// P7: a file goes through from one to another, as `convert` has it go.
func convertFile(_ path: String, to destination: String) async throws {
    let measurement = Measurement(
        workload: "P7", sizes: [("bytes", fileSize(path))], runs: 1, unit: "bytes/s",
        labels: [("op", "convert"), ("file", fileName(path))])
    try await measurement.run(items: fileSize(path)) {
        var source = try openSource(path)
        var sink = try openSink(destination)
        var features = 0
        while let batch = try source.next() {
            features += batch.count
            try sink.write(batch)
        }
        try sink.finish(source.collection)
        return [("features", Double(features))]
    }
}

private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
