/// How far records step back, in points of a search's score, behind others that fit about as well.
///
/// Who writes 판교 or 나주 means the innovation district or the town before the station of that
/// name; an industrial complex that happens to bear the name exactly does not push aside the R&D
/// zone that nearly does.
enum Prominence {
    private static let stepsBack: [String: Double] = [
        "university": 6, "research-institute": 7, "relocated-institution": 8,
        "municipality": 3, "province": 2, "techno-park": 5, "relocation-candidate": 10,
        "industrial-complex": 12, "airport": 8, "port": 12, "station": 20,
        "collaboration": 14, "programme": 14, "indicator": 20,
    ]

    /// The points by which a record steps back.
    static func stepBack(of place: PlaceHeading) -> Double {
        let listing: Double =
            switch place.listing {
            case .whole: -0.5
            case .main: 0
            case .part: 4
            case .reference: 0.5
            }
        return (stepsBack[place.kind] ?? 0) + listing
    }
}
