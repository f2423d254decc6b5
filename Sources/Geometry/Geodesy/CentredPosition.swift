/// A position in degrees and from the centre of the earth.
struct CentredPosition {
    let position: Position
    let centred: EarthCentred

    init(_ position: Position) {
        self.position = position
        centred = EarthCentred(position)
    }

    /// The length of the geodesic to another position in metres: by the series where it holds, else
    /// Karney's.
    func distance(to other: CentredPosition) -> Double {
        GeodesicSeries.holds(centred.squaredChord(to: other.centred))
            ? centred.geodesicDistance(to: other.centred)
            : Geodesic.wgs84.distance(from: position, to: other.position)
    }
}
