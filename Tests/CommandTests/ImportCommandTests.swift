import Foundation
import Geometry
import TestSupport
import Testing

/// Official tables as they come, imported through the command.
struct ImportCommandTests {
    /// 온수 is in the catalogue; 새별 and 물결 are invented.
    private static let complexes = """
        단지명,시도명,시군구명,유형,지정면적(천㎡),경도,위도
        서울온수,서울특별시,구로구,일반,158,126.8246,37.4949
        새별,전라남도,나주시,일반,"1,250",126.7200,35.0300
        물결,전라남도,나주시,농공,90,,
        어딘가,,없는군,일반,10,,

        """

    /// The text in CP949, which GNU iconv makes.
    private static func cp949(_ text: String) throws -> Data? {
        guard let iconv = SharedData.tool("iconv") else { return nil }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try text.write(to: folder.appending(path: "a"), atomically: true, encoding: .utf8)
        _ = try SharedData.run(iconv, ["-f", "UTF-8", "-t", "CP949", "a", "-o", "b"], in: folder)
        return try Data(contentsOf: folder.appending(path: "b"))
    }

    @Test func `a table in CP949 becomes records that check, locate and export take`() throws {
        let runner = try CommandRunner()
        guard let table = try Self.cp949(Self.complexes) else { return }
        try table.write(to: runner.folder.appending(path: "산단.csv"))
        let imported = try runner.run(
            "import", "산단.csv", "--as", "industrial-complex", "-o", "own", "--date", "2025-06",
            "--publisher", "한국산업단지공단")
        #expect(imported.code == 0, "\(imported.errors)")
        #expect(imported.errors.contains("CP949"))
        for line in [
            "지정면적(천㎡)  158          1000m2", "4 rows, 2 records:",
            "1  placed by geometry", "1  placed at the middle of the municipality they name",
            "1  are built-in records already, such as co-onsu",
            "row 4 어딘가: no municipality was found for \"없는군\"",
        ] {
            #expect(imported.output.contains(line), "\(line)\n\(imported.output)")
        }
        let check = try runner.run("check", "own")
        #expect(check.code == 0 && check.output.contains("2 records, 1 source, no faults"))
        let shown = try ParsedJSON(
            try runner.run(
                "show", "co-saebyeol-general-industrial-complex", "--data", "own", "--json"
            ).output)
        #expect(shown["name_ko"].string == "새별일반산업단지")
        #expect(shown["municipality"].string == "나주시")
        let located = try runner.run("locate", "새별", "--data", "own")
        #expect(located.output.contains("co-saebyeol-general-industrial-complex"))
        let all = try runner.run(
            ["export", "industrial-complexes", "--quiet"], environment: ["CLUSTERATLAS_DATA": "own"]
        ).features
        let ours = try #require(
            all.first { $0["id"].string == "co-saebyeol-general-industrial-complex" })
        #expect(ours["properties"]["area_km2"].number == 1.25)
        #expect(ours["properties"]["complex_type"].string == "general")
        #expect(ours.position == Position(126.72, 35.03))
        #expect(all.contains { $0["id"].string == "co-onsu" })
        let rough = try #require(all.first { $0["properties"]["name_ko"].string == "물결농공단지" })
        #expect(rough["properties"]["position_basis"].string == "municipality-centroid")
        #expect((rough["properties"]["position_accuracy_m"].number ?? 0) > 15_000)
    }

    @Test func `records take the place of built-in ones when told, and check says so`() throws {
        let runner = try CommandRunner()
        try runner.write(Self.complexes, to: "a.csv")
        let imported = try runner.run(
            "import", "a.csv", "--as", "industrial-complex", "-o", "own", "--override")
        #expect(imported.output.contains("4 rows, 3 records:"))
        let check = try runner.run("check", "own")
        #expect(check.code == 0)
        #expect(check.output.contains("co-onsu"), "\(check.output)")
        let area = try runner.run(
            "export", "industrial-complexes", "--data", "own", "--quiet"
        ).features.first { $0["id"].string == "co-onsu" }
        #expect(area?["properties"]["area_km2"].number == 0.158)
    }

    @Test(arguments: ["xlsx", "shp"])
    func `workbooks and shapefiles are imported`(ending: String) throws {
        let runner = try CommandRunner()
        try runner.write(
            """
            학교명,학교구분,설립구분,도로명주소,개교일,홈페이지,경도,위도
            별빛대학교,대학교,사립,전라남도 나주시 별길 1,1971.3.2,byeol.ac.kr,126.7201,35.0301
            달빛대학,전문대학,공립,전남 나주시 달길 2,19990301,,126.7401,35.0201

            """, to: "s.csv")
        let made = try runner.run("convert", "s.csv", "s.\(ending)", "--crs", "EPSG:5186")
        #expect(made.code == 0, "\(made.errors)")
        if ending == "shp" {
            try FileManager.default.removeItem(at: runner.folder.appending(path: "s.prj"))
            let refused = try runner.run("import", "s.shp", "--as", "university", "--dry-run")
            #expect(refused.code == 1 && refused.errors.contains("--assume-crs"))
        }
        let imported = try runner.run(
            "import", "s.\(ending)", "--as", "university", "-o", "own", "--assume-crs", "EPSG:5186")
        #expect(imported.code == 0, "\(imported.errors)")
        #expect(imported.output.contains("2  placed by geometry"), "\(imported.output)")
        let both = try runner.run("export", "universities", "--data", "own", "--quiet").features
        let found = try #require(both.first { $0["properties"]["name_ko"].string == "별빛대학교" })
        #expect(abs((found.position?.x ?? 0) - 126.7201) < 1e-5)
        #expect(found["properties"]["ownership"].string == "private")
        #expect(found["properties"]["founded"].number == 1971)
        #expect(found["properties"]["founded_date"].string == "1971-03-02")
    }

    @Test func `a land ledger is read with its parcels`() throws {
        let runner = try CommandRunner()
        try runner.write(
            """
            PNU,소재지,지목,토지면적,개별공시지가
            4617010100100010000,전라남도 나주시 빛가람동 1,대,"1,000.5",512000
            4617010100100020000,전라남도 나주시 빛가람동 2,전,230,98000

            """, to: "land.csv")
        let imported = try runner.run("import", "land.csv", "--as", "parcel", "-o", "own")
        #expect(imported.code == 0, "\(imported.errors)")
        let parcels = try runner.run("export", "parcels", "--data", "own", "--quiet").features
        #expect(parcels.count == 2)
        #expect(parcels[0]["properties"]["land_category_ko"].string == "대")
        #expect(parcels[0]["properties"]["land_price_krw_m2"].number == 512_000)
        #expect(abs((parcels[0]["properties"]["area_km2"].number ?? 0) - 0.001) < 1e-6)
        #expect(parcels[0]["properties"]["municipality"].string == "나주시")
    }

    @Test func `columns and units are what people say they are`() throws {
        let runner = try CommandRunner()
        try runner.write("A,B,lon,lat\n물빛,500,126.72,35.03\n", to: "a.csv")
        let unknown = try runner.run("import", "a.csv", "--as", "mill", "--dry-run")
        #expect(unknown.code == 1 && unknown.errors.contains("--map name_ko="))
        let wrong = try runner.run(
            "import", "a.csv", "--as", "mill", "--dry-run", "--map", "name_kr=A")
        #expect(wrong.code == 64 && wrong.errors.contains("did you mean name_ko=…?"))
        let missing = try runner.run(
            "import", "a.csv", "--as", "mill", "--dry-run", "--map", "name_ko=C")
        #expect(missing.code == 1 && missing.errors.contains("the columns are A, B"))
        let imported = try runner.run(
            "import", "a.csv", "--as", "mill", "-o", "own", "--map", "name_ko=A", "area_km2=B",
            "--area-unit", "pyeong")
        #expect(imported.code == 0, "\(imported.errors)")
        let mill = try #require(
            try runner.run("export", "mills", "--data", "own", "--quiet").features.first)
        // 500 pyeong of 400/121 m².
        #expect(abs((mill["properties"]["area_km2"].number ?? 0) - 0.001653) < 1e-6)
        #expect(try runner.run("import", "a.csv", "--as", "mill").code == 64)
    }

    @Test func `a second import joins the first, and a catalogue of its own is left alone`() throws
    {
        let runner = try CommandRunner()
        try runner.write("name_ko,lon,lat\n물빛,126.72,35.03\n", to: "a.csv")
        try runner.write("name_ko,lon,lat\n불빛,126.73,35.04\n", to: "b.csv")
        #expect(try runner.run("import", "a.csv", "--as", "mill", "-o", "own").code == 0)
        #expect(try runner.run("import", "b.csv", "--as", "forge", "-o", "own").code == 0)
        let layers = try runner.run("layers", "--data", "own").output
        #expect(layers.contains("mills") && layers.contains("forges"))
        #expect(layers.contains("universities"))
        let refused = try runner.run("import", "a.csv", "--as", "mill", "-o", "catalogue")
        #expect(refused.code == 1 && refused.errors.contains("a catalogue of its own"))
    }

    @Test func `the school list of the shared data finds its twins`() throws {
        guard let file = SharedData.file("universities.csv") else { return }
        let runner = try CommandRunner()
        let imported = try runner.run(
            "import", file.path, "--as", "university", "--dry-run")
        let match = try #require(
            imported.output.firstMatch(of: #/([0-9]+)  are built-in records already/#))
        #expect((Int(match.1) ?? 0) >= 370, "\(imported.output)")
    }
}
