import ClusterAtlasKit

/// Writes each innovation city with the three universities nearest to it.
func writeNearestUniversities(to path: String) throws {
    let catalogue = try PlaceCatalogue()
    let cities = try catalogue.features(of: "innovation-cities")
    let universities = try FacilityLayer(
        name: "universities", catalogue.features(of: "universities"))
    let proximity = try Proximity(targets: [universities], k: 3)
    var sink = try openSink(path)
    try sink.write(proximity.measure(cities, layer: "innovation-cities").batch)
    try sink.finish(CollectionInfo(name: "nearest universities"))
}
