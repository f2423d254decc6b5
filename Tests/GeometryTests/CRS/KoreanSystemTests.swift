import Geometry
import Testing

/// Systems of Korea by their figures, as ESRI's files have them.
struct KoreanSystemTests {
    private func esri(
        _ meridian: String, northing: String, datum: String = "D_Korean_Datum_1985",
        spheroid: String = #"SPHEROID["Bessel_1841",6377397.155,299.1528128]"#
    ) -> String {
        """
        PROJCS["Korea_Something",GEOGCS["GCS_Something",DATUM["\(datum)",\(spheroid)],\
        PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],\
        PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",200000.0],\
        PARAMETER["False_Northing",\(northing)],PARAMETER["Central_Meridian",\(meridian)],\
        PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",38.0],UNIT["Meter",1.0]]
        """
    }

    @Test(arguments: [
        ("127.0028902777778", "500000.0", "EPSG:5174"),
        ("127.002890277778", "500000.0", "EPSG:5174"),
        ("127.0028902777778", "550000.0", "EPSG:5175"),
        ("129.0028902777778", "500000.0", "EPSG:5176"),
        ("125.0028902777778", "500000.0", "EPSG:5173"), ("127.0", "500000.0", "EPSG:2097"),
    ])
    func `belts on Bessel's ellipsoid are told by their figures`(
        meridian: String, northing: String, code: String
    ) throws {
        for datum in ["D_Korean_Datum_1985", "D_Bessel_1841", "D_unknown"] {
            let system = try CoordinateReferenceSystem(
                esri(meridian, northing: northing, datum: datum))
            #expect(KoreanSystem.meant(by: system)?.definition == code)
        }
    }

    @Test func `belts on GRS 80 are told by their figures`() throws {
        let grs = #"SPHEROID["GRS_1980",6378137.0,298.257222101]"#
        for (meridian, northing, code) in [
            ("127.0", "600000.0", "EPSG:5186"), ("127.0", "500000.0", "EPSG:5181"),
            ("129.0", "600000.0", "EPSG:5187"), ("125.0", "600000.0", "EPSG:5185"),
            ("131.0", "600000.0", "EPSG:5188"),
        ] {
            let system = try CoordinateReferenceSystem(
                esri(meridian, northing: northing, datum: "D_ITRF_2000", spheroid: grs))
            #expect(KoreanSystem.meant(by: system)?.definition == code)
        }
    }

    @Test func `other systems are nobody's`() throws {
        for definition in ["EPSG:5186", "EPSG:4326"] {
            // A code needs no telling.
            #expect(try KoreanSystem.meant(by: CoordinateReferenceSystem(definition)) == nil)
        }
        let odd = try CoordinateReferenceSystem(esri("127.1", northing: "500000.0"))
        #expect(KoreanSystem.meant(by: odd) == nil)
        #expect(try KoreanSystem.matching(CoordinateReferenceSystem("EPSG:3857")) == nil)
    }

    @Test func `a shift of its own is left to be judged`() throws {
        let own = try CoordinateReferenceSystem(
            "+proj=tmerc +lat_0=38 +lon_0=127.0028902777778 +k=1 +x_0=200000 +y_0=500000 "
                + "+ellps=bessel +towgs84=1,2,3,0,0,0,0 +units=m")
        #expect(KoreanSystem.matching(own)?.definition == "EPSG:5174")
        #expect(KoreanSystem.meant(by: own) == nil)
    }

    @Test(arguments: KoreanSystem.all)
    func `every system is one that PROJ knows and has its figures`(system: KoreanSystem) throws {
        let reference = try CoordinateReferenceSystem(system.definition)
        #expect(reference.isGeographic == (system.projection == nil))
        if system.projection != nil { #expect(KoreanSystem.matching(reference) == system) }
    }
}
