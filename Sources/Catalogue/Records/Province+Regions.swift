extension Province {
    /// Whether this is a metropolitan city: Seoul (특별시) or one of the six 광역시.
    ///
    /// Sejong (특별자치시) is none: its national innovation cluster is held to the radius of provinces.
    public var isMetropolitanCity: Bool {
        switch self {
        case .seoul, .busan, .daegu, .incheon, .gwangju, .daejeon, .ulsan: true
        default: false
        }
    }

    /// Whether this belongs to the capital region (수도권): Seoul, Incheon and Gyeonggi, for which no
    /// national innovation cluster is designated.
    public var isCapitalRegion: Bool { [.seoul, .incheon, .gyeonggi].contains(self) }
}
