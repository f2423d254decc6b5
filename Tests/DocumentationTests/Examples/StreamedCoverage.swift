import ClusterAtlasKit

/// Tells how many features of a file of any size lie within 10 km of an R&D special zone, and
/// writes them with their distances.
func coverResearchZones(_ file: String, to path: String) async throws -> CoverageTally {
    let zones = try FacilityLayer(
        name: "research-zones", PlaceCatalogue().features(of: "research-zones"))
    let coverage = try Coverage(by: zones, within: [.kilometres(10)])
    var tally = CoverageTally(of: coverage)
    var source = try openSource(file)
    var sink = try openSink(path)
    try await OrderedFlow.run(&source, tasks: 2) { batch in
        try coverage.measure(batch, layer: file)
    } consume: { measured in
        tally.add(measured)
        try sink.write(measured.batch)
    }
    try sink.finish(source.collection)
    return tally
}
