import Foundation
import Geometry
import TestSupport
import Testing

/// `convert`, `info` and `check` of files that are as people have them.
struct FileCommandTests {
    static let faulty = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"a","properties":{"n":1},"geometry":{"type":"Polygon","coordinates":\
        [[[127,36],[128,37],[128,36],[127,37],[127,36]]]}},
        {"type":"Feature","id":"b","properties":{"n":2},"geometry":{"type":"Polygon","coordinates":\
        [[[127,36],[127,37],[128,37],[127,36]]]}},
        {"type":"Feature","id":"c","properties":{"n":3},"geometry":{"type":"Point","coordinates":\
        [36.5,127.512345678901]}},
        {"type":"Feature","id":"d","properties":{"n":4},"geometry":{"type":"Point","coordinates":\
        [2.35,48.85]}},
        {"type":"Feature","id":"e","properties":{"n":4},"geometry":{"type":"Point","coordinates":\
        [2.35,48.85]}}]}
        """

    @Test func `a check names every fault with its feature and place`() throws {
        let runner = try CommandRunner()
        try runner.write(Self.faulty, to: "bad.geojson")
        let outcome = try runner.run("check", "bad.geojson")
        #expect(outcome.code == 1)
        for line in [
            "feature 1 (id \"a\"): invalid: Self-intersection at 127.5, 36.5",
            "feature 3 (id \"c\"): swapped: the latitude stands before the longitude",
            "feature 4 (id \"d\"): outside: a position lies outside Korea at 2.35, 48.85",
            "feature 5 (id \"e\"): duplicate: the geometry and the attributes are those of feature 4",
            "winding: 1 rings turned the wrong way round",
            "mixed-kinds: the layer holds points and areas",
        ] {
            #expect(
                outcome.output.contains("bad.geojson") && outcome.output.contains(line), "\(line)")
        }
        let json = try ParsedJSON(try runner.run("check", "bad.geojson", "--json").output)
        #expect(json["features"].number == 5)
        #expect(json["findings"].array.count == 7)
    }

    @Test func `a repair changes what it lists and nothing else`() throws {
        let runner = try CommandRunner()
        try runner.write(Self.faulty, to: "bad.geojson")
        let outcome = try runner.run("check", "bad.geojson", "--repair", "-o", "good.geojson")
        #expect(outcome.code == 0, "\(outcome.errors)")
        let good = try ParsedJSON(
            try String(contentsOf: runner.folder.appending(path: "good.geojson"), encoding: .utf8))
        let features = good["features"].array
        #expect(features.map { $0["id"].string } == ["a", "b", "c", "d"])
        #expect(features[0]["geometry"]["type"].string == "MultiPolygon")
        #expect(features[2].position?.x == 127.512345678901)
        #expect(features[2].position?.y == 36.5)
        #expect(features[3].position?.x == 2.35)
        let again = try runner.run("check", "good.geojson", "--strict")
        #expect(again.code == 0, "\(again.output)")
        #expect(try runner.run("check", "bad.geojson", "--repair").code == 64)
    }

    @Test func `a system that the file lacks is told with its odds`() throws {
        let runner = try CommandRunner()
        let csv = try runner.run("export", "universities", "--crs", "EPSG:5174", "-o", "u.csv")
        #expect(csv.code == 0)
        let path = runner.folder.appending(path: "u.csv")
        let text = try String(contentsOf: path, encoding: .utf8)
        #expect(text.contains(",x,y"))
        let refused = try runner.run("export", "u.csv")
        #expect(refused.code == 1)
        #expect(refused.errors.contains("EPSG:5174 > 99 %  modified central belt"))
        #expect(refused.errors.contains("--assume-crs EPSG:5174"))
        let info = try ParsedJSON(try runner.run("info", "u.csv", "--json").output)
        #expect(info["crs_candidates"][0]["crs"].string == "EPSG:5174")
        #expect(info["raw_bbox"][0].number.map { $0 > 10_000 } == true)
        let taken = try runner.run("convert", "u.csv", "u.geojson", "--assume-crs", "EPSG:5174")
        #expect(taken.code == 0, "\(taken.errors)")
    }

    @Test func `a file that names one system and lies in another is told apart`() throws {
        let runner = try CommandRunner()
        let export = try runner.run(
            "export", "universities", "--crs", "EPSG:5181", "-o", "u.geojson")
        #expect(export.code == 0)
        let path = runner.folder.appending(path: "u.geojson")
        let text = try String(contentsOf: path, encoding: .utf8)
        try runner.write(text.replacing("EPSG::5181", with: "EPSG::5174"), to: "lie.geojson")
        let info = try runner.run("info", "lie.geojson")
        #expect(info.output.contains("EPSG:5174"))
        #expect(info.output.contains("but the numbers lie like:"), "\(info.output)")
        #expect(info.output.contains("EPSG:5181 > 99 %"))
        #expect(!(try runner.run("info", "u.geojson").output.contains("but the numbers")))
    }

    @Test(arguments: ["gpkg", "shp", "fgb", "gml", "kml", "xlsx"])
    func `what is converted there and back is the same`(ending: String) throws {
        let runner = try CommandRunner()
        let there = try runner.run("convert", "labs.geojson", "labs.\(ending)")
        #expect(there.code == 0, "\(there.errors)")
        let back = try runner.run("convert", "labs.\(ending)", "-", "--quiet")
        #expect(back.code == 0, "\(back.errors)")
        let before = try ParsedJSON(
            try String(contentsOf: runner.folder.appending(path: "labs.geojson"), encoding: .utf8))
        #expect(
            back.features.map(\.position) == before["features"].array.map(\.position))
        #expect(
            back.features.map { $0["id"].string }
                == before["features"].array.map { $0["id"].string })
        #expect(
            back.features.map { $0["properties"]["name_ko"].string }
                == before["features"].array.map { $0["properties"]["name_ko"].string })
        let names = Set(runner.files)
        #expect(!names.contains { $0.hasSuffix(".partial") })
        let info = try ParsedJSON(try runner.run("info", "labs.\(ending)", "--json").output)
        #expect(info["features"].number == 3)
    }

    /// `… - --format arrow` is for `pyarrow.ipc.open_stream`, which wants no file behind a pipe.
    @Test func `Arrow goes through a pipe as a stream, and to a file as a file`() throws {
        let runner = try CommandRunner()
        for command in ["convert labs.geojson -", "export labs.geojson"] {
            let piped = try runner.shell(
                "\"$atlas\" \(command) --format arrow --quiet > piped && "
                    + "\"$atlas\" convert - back.geojson --quiet < piped && head -c 4 piped | od -An -tx1"
            )
            #expect(piped.code == 0, "\(piped.errors)")
            // A stream begins with the sign of a message, a file with its own name.
            #expect(piped.output.contains("ff ff ff ff"), "\(command)")
            let back = try ParsedJSON(try runner.text(of: "back.geojson"))
            #expect(back["features"].array.count == 3)
        }
        let file = try runner.run("export", "labs.geojson", "--format", "arrow", "-o", "labs.arrow")
        #expect(file.code == 0, "\(file.errors)")
        let start = try Data(contentsOf: runner.folder.appending(path: "labs.arrow")).prefix(6)
        #expect(start == Data("ARROW1".utf8))
        let info = try runner.run("info", "labs.arrow")
        #expect(info.output.contains("named by the file"), "\(info.output)")
        let wrong = try runner.run("export", "labs.geojson", "--format", "arow")
        #expect(wrong.code == 64 && wrong.errors.contains("no format \"arow\""))
    }

    @Test func `an archive is read by its name`() throws {
        guard let zip = SharedData.tool("zip") else { return }
        let runner = try CommandRunner()
        _ = try runner.run("convert", "labs.geojson", "labs.shp")
        let parts = ["shp", "shx", "dbf", "prj", "cpg"].map { "labs.\($0)" }
        _ = try SharedData.run(zip, ["one.zip"] + parts, in: runner.folder)
        #expect(try runner.run("convert", "one.zip", "-", "--quiet").features.count == 3)
        _ = try SharedData.run(zip, ["two.zip", "towns.geojson"] + parts, in: runner.folder)
        let several = try runner.run("convert", "two.zip", "-")
        #expect(several.code == 1)
        #expect(several.errors.contains("2 files of features"))
        #expect(try runner.run("convert", "two.zip:towns", "-", "--quiet").features.count == 6)
    }

    @Test func `areas clip what lies across their edge`() throws {
        let runner = try CommandRunner()
        try runner.write(
            """
            {"type":"Feature","properties":{},"geometry":{"type":"LineString",
            "coordinates":[[126,36.05],[129,36.05]]}}
            """, to: "line.geojson")
        try runner.write(
            """
            {"type":"Feature","properties":{},"geometry":{"type":"Polygon",
            "coordinates":[[[127,36],[128,36],[128,37],[127,37],[127,36]]]}}
            """, to: "area.geojson")
        let clipped = try runner.run(
            "convert", "line.geojson", "-", "--clip", "area.geojson", "--quiet")
        let line = try #require(clipped.features.first)["geometry"]["coordinates"]
        #expect(line[0][0].number == 127 && line[1][0].number == 128)
        let points = try runner.run(
            "convert", "towns.geojson", "-", "--clip", "area.geojson", "--quiet")
        #expect(points.features.count == 5)
    }

    @Test func `without GDAL the package is named`() throws {
        let runner = try CommandRunner()
        try runner.write("", to: "x.gpkg")
        let outcome = try runner.run(
            ["convert", "x.gpkg", "-"], environment: ["CLUSTERATLAS_GDAL": "libnone.so"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("apt install libgdal32"))
        #expect(
            try runner.run(
                ["convert", "towns.geojson", "-", "--quiet"],
                environment: ["CLUSTERATLAS_GDAL": "libnone.so"]
            ).code == 0)
    }
}
