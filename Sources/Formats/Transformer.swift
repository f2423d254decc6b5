import Geometry

/// The way from the coordinate reference system of a file to longitude, latitude on WGS 84, or back.
final class Transformer {
    init?(from source: String, place: String) throws(FormatError) {
        if CollectionHead.isWGS84(source) { return nil }
        throw FormatError(
            .crs, at: place, "the coordinate reference system \"\(source)\" is not known",
            remedy: "transform the file to EPSG:4326 first")
    }

    /// Transforms whole arrays of coordinates, x east and y north.
    func apply(_ x: inout [Double], _ y: inout [Double], place: String) throws(FormatError) {}
}
