import ClusterAtlasKit

/// Hands a layer of the catalogue to another library of this process, which keeps room for an
/// `ArrowArrayStream` at the address.
func hand(_ layer: String, to address: UnsafeMutableRawPointer) throws {
    try PlaceCatalogue().source(of: layer).exportArrowStream(to: address)
}

/// Takes the features that another library hands over.
func take(from address: UnsafeMutableRawPointer) throws -> FeatureBatch {
    var source: any FeatureSource = try ArrowStreamSource(importing: address)
    return try source.readAll()
}
