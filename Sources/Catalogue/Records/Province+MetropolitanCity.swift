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
}
