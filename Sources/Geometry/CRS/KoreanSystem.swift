/// A coordinate reference system that data of Korea is found in.
public struct KoreanSystem: Hashable, Sendable {
    /// The authority's code, or a PROJ string where there is none.
    public let definition: String
    /// What people call it.
    public let title: String
    /// Which ellipsoid, and with it which datum.
    public let datum: Datum
    /// The figures of its transverse Mercator projection; `nil` for longitude and latitude.
    public let projection: Projection?

    /// Korea's datums, as far as they lie metres apart.
    public enum Datum: Hashable, Sendable {
        /// The old one: Korean 1985, on Bessel's ellipsoid of 1841.
        case korean1985
        /// The present one: Korea 2000, on GRS 80; WGS 84 within a metre.
        case korea2000
    }

    /// The figures of a transverse Mercator projection; the origin's latitude is 38°, or 0 for UTM.
    public struct Projection: Hashable, Sendable {
        /// The central meridian in degrees.
        public let meridian: Double
        /// The latitude of the origin in degrees.
        public let latitude: Double
        /// The scale on the central meridian.
        public let scale: Double
        /// The false easting in metres.
        public let easting: Double
        /// The false northing in metres.
        public let northing: Double
    }

    /// 10.405″, by which cadastral belts lie east of their whole degree.
    static let modification = 10.405 / 3600

    private init(
        _ definition: String, _ title: String, _ datum: Datum, _ projection: Projection? = nil
    ) {
        self.definition = definition
        self.title = title
        self.datum = datum
        self.projection = projection
    }

    private static func belt(
        _ code: Int, _ title: String, _ datum: Datum, _ meridian: Double, _ northing: Double
    ) -> KoreanSystem {
        KoreanSystem(
            "EPSG:\(code)", title, datum,
            Projection(
                meridian: meridian, latitude: 38, scale: 1, easting: 200_000, northing: northing))
    }

    private static func unified(_ code: Int, _ title: String, _ datum: Datum) -> KoreanSystem {
        KoreanSystem(
            "EPSG:\(code)", title, datum,
            Projection(
                meridian: 127.5, latitude: 38, scale: 0.9996, easting: 1_000_000,
                northing: 2_000_000))
    }

    /// The systems, the usual ones of each datum first.
    public static let all: [KoreanSystem] = [
        KoreanSystem("EPSG:4326", "WGS 84, degrees", .korea2000),
        KoreanSystem("EPSG:4737", "Korea 2000, degrees", .korea2000),
        KoreanSystem("EPSG:4162", "Korean 1985, degrees", .korean1985),
        belt(5186, "central belt 2010", .korea2000, 127, 600_000),
        belt(5187, "east belt 2010", .korea2000, 129, 600_000),
        belt(5185, "west belt 2010", .korea2000, 125, 600_000),
        belt(5188, "east sea belt 2010", .korea2000, 131, 600_000),
        unified(5179, "unified (UTM-K)", .korea2000),
        belt(5181, "central belt", .korea2000, 127, 500_000),
        belt(5183, "east belt", .korea2000, 129, 500_000),
        belt(5180, "west belt", .korea2000, 125, 500_000),
        belt(5184, "east sea belt", .korea2000, 131, 500_000),
        belt(5182, "central belt Jeju", .korea2000, 127, 550_000),
        belt(5174, "modified central belt", .korean1985, 127 + modification, 500_000),
        belt(5176, "modified east belt", .korean1985, 129 + modification, 500_000),
        belt(5173, "modified west belt", .korean1985, 125 + modification, 500_000),
        belt(5177, "modified east sea belt", .korean1985, 131 + modification, 500_000),
        belt(5175, "modified central belt Jeju", .korean1985, 127 + modification, 550_000),
        belt(2097, "old central belt", .korean1985, 127, 500_000),
        belt(2096, "old east belt", .korean1985, 129, 500_000),
        belt(2098, "old west belt", .korean1985, 125, 500_000),
        unified(5178, "old unified", .korean1985),
        KoreanSystem(
            "+proj=tmerc +lat_0=38 +lon_0=128 +k=0.9999 +x_0=400000 +y_0=600000 +ellps=bessel "
                + "+units=m +towgs84=-115.80,474.99,674.11,1.16,-2.31,-1.63,6.43",
            "KATEC", .korean1985,
            Projection(
                meridian: 128, latitude: 38, scale: 0.9999, easting: 400_000, northing: 600_000)),
        KoreanSystem(
            "EPSG:32652", "UTM zone 52N", .korea2000,
            Projection(
                meridian: 129, latitude: 0, scale: 0.9996, easting: 500_000, northing: 0)),
        KoreanSystem(
            "EPSG:32651", "UTM zone 51N", .korea2000,
            Projection(
                meridian: 123, latitude: 0, scale: 0.9996, easting: 500_000, northing: 0)),
    ]

    /// The system of a code or definition, if it is one of these.
    ///
    /// - Parameter definition: A code in any of its spellings, for example `EPSG:5174` or
    ///   `urn:ogc:def:crs:EPSG::5174`, or a definition.
    /// - Returns: The system.
    public static func named(_ definition: String) -> KoreanSystem? {
        if let known = all.first(where: { $0.definition == definition }) { return known }
        guard let system = try? CoordinateReferenceSystem(definition) else { return nil }
        let code = system.isWGS84 ? "EPSG:4326" : system.code
        return all.first { $0.definition == code }
    }
}
