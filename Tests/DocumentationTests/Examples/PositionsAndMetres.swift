import ClusterAtlasKit

/// The length of the geodesic from Seoul City Hall to Busan City Hall, in metres.
func seoulToBusan() -> Double {
    let seoul = Position(longitude: 126.9780, latitude: 37.5665)
    let busan = Position(longitude: 129.0756, latitude: 35.1796)
    return Geodesic.wgs84.distance(from: seoul, to: busan)
}

/// Where a position of old cadastral data lies on WGS 84.
func cadastralPosition(easting: Double, northing: Double) throws -> Position {
    let cadastral = try CoordinateReferenceSystem("EPSG:5174")
    let transformation = try Transformation(from: cadastral, to: .wgs84)
    return try transformation.apply(Position(easting, northing))
}
