import Features
import Foundation
import Geometry
import TestSupport
import Testing

@testable import Formats

/// What is written here is read the same by pyogrio, and what pyogrio writes is read the same here.
///
/// They need a Python with pyogrio and GeoPandas, named by CLUSTERATLAS_PYTHON.
struct PyogrioTests {
    static let kinds: [Shape.Kind?] = [
        .point, .lineString, .polygon, .multiPolygon, .multiLineString, nil,
    ]

    private static func python() -> URL? {
        guard let python = getenv("CLUSTERATLAS_PYTHON").map({ String(cString: $0) }) else {
            print("pyogrio is not asked: CLUSTERATLAS_PYTHON names no Python that has it")
            return nil
        }
        return URL(filePath: python)
    }

    /// Whether a format holds geometries of several kinds in one layer.
    private static func holdsMixed(_ ending: String) -> Bool { ending != "shp" }

    private func batch(_ kind: Shape.Kind?, seed: UInt64) -> FeatureBatch {
        var random = RandomFeatures(seed: seed)
        let all = random.batch(kind)
        // Texts with NUL are cut by C libraries; FlatGeobuf and shapefiles hold no empty geometry.
        let rows = (0..<all.count).filter {
            all.geometry[$0]?.isEmpty == false && all["글"]?[$0].text?.contains("\u{0}") != true
                && (all["글"]?[$0].text?.utf8.count ?? 0) < 250
        }
        var batch = FeatureBatch(
            geometry: GeometryColumn(
                rows.map { row in
                    // Collections inside others are dropped by some drivers.
                    if case .collection? = all.geometry[row] { return .point(Position(127, 36)) }
                    return all.geometry[row]
                }))
        batch.set("n", .int(Array(rows.indices)))
        batch.set("text", .string(rows.map { all["글"]?[$0].text }))
        batch.set("number", .double(rows.map { all["number"]?[$0].number.map { $0 / 1e290 } }))
        return batch
    }

    /// The characters of a text that are to be seen.
    private static func visible(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    !$0.properties.isWhitespace && $0.properties.generalCategory != .control
                }))
    }

    /// A shape for comparing: rings wound as RFC 7946 has them, single parts taken out.
    private static func plain(_ shape: Shape?) -> Shape? {
        func turn(_ ring: [Position]) -> Double {
            var sum = 0.0
            for (a, b) in zip(ring, ring.dropFirst()) { sum += a.x * b.y - b.x * a.y }
            return sum
        }
        /// The ring begun at its least corner.
        func begun(_ ring: [Position], _ isHole: Bool) -> [Position] {
            var open = Array(ring.dropLast())
            if (turn(ring) > 0) == isHole { open.reverse() }
            let first =
                open.indices.min { (open[$0].x, open[$0].y) < (open[$1].x, open[$1].y) } ?? 0
            open = Array(open[first...] + open[..<first])
            return open + open.prefix(1)
        }
        func wound(_ rings: [[Position]]) -> [[Position]] {
            rings.enumerated().map { begun($1, $0 > 0) }
        }
        switch shape {
        case .polygon(let rings): return .multiPolygon([wound(rings)])
        case .multiPolygon(let polygons): return .multiPolygon(polygons.map(wound))
        case .lineString(let line): return .multiLineString([line])
        case .point(let position): return .multiPoint([position])
        default: return shape
        }
    }

    @Test func `pyogrio reads what is written`() throws {
        guard let python = Self.python() else { return }
        let scratch = Scratch()
        var expected: [String: FeatureBatch] = [:]
        for ending in ["geojson", "geojsonl", "gpkg", "fgb", "shp", "gml"] {
            for (at, kind) in Self.kinds.enumerated() where kind != nil || Self.holdsMixed(ending) {
                let before = batch(kind, seed: UInt64(20 + at))
                var sink = try openSink(scratch / "k\(at).\(ending)")
                try sink.write(before)
                try sink.finish(CollectionInfo())
                expected["k\(at).\(ending)"] = before
            }
        }
        let script = """
            import sys, json, math, warnings
            warnings.simplefilter("error")
            import pyogrio
            for name in sys.argv[2:]:
                frame = pyogrio.read_dataframe(sys.argv[1] + "/" + name)
                assert frame.crs.to_epsg() == 4326, (name, frame.crs)
                def plain(value):
                    return None if value is None or value != value else value
                rows = [
                    [int(n), plain(t), plain(x) if x is None else float(x).hex(), g.wkb_hex]
                    for n, t, x, g in zip(frame.n, frame.text, frame.number, frame.geometry)]
                print(json.dumps(rows))
            """
        let names = expected.keys.sorted()
        let run = try SharedData.run(python, ["-c", script, scratch.path] + names)
        #expect(run.code == 0, "\(run.errors)")
        let lines = String(decoding: run.output, as: UTF8.self).split(separator: "\n")
        try #require(lines.count == names.count)
        for (name, line) in zip(names, lines) {
            let before = try #require(expected[name])
            let rows = try ParsedJSON(String(line)).array
            #expect(rows.count == before.count, "\(name)")
            for (at, row) in rows.enumerated() where at < before.count {
                #expect(row[0].number == Double(at))
                let (text, written) = (row[1].string, before["text"]?[at].text)
                // XML knows no control characters, and a dBASE table pads texts with spaces.
                let isPlain = !name.hasSuffix("gml") && !name.hasSuffix("shp")
                #expect(
                    isPlain ? text == written : text.map(Self.visible) == written.map(Self.visible),
                    "\(name), row \(at)")
                let number = Double(row[2].string ?? "nan") ?? .nan
                if let value = before["number"]?[at].number {
                    // Text of GML and the table of a shapefile hold 15 digits.
                    let error = abs(number - value)
                    #expect(error <= abs(value) * 1e-14 || error < 1e-15, "\(name), row \(at)")
                } else {
                    #expect(number.isNaN)
                }
                let hex = row[3].string ?? ""
                let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
                    UInt8(hex.dropFirst($0).prefix(2), radix: 16)
                }
                let shape = Self.plain(try WellKnownBinary.decode(bytes))
                #expect(shape == Self.plain(before.geometry[at]), "\(name), row \(at)")
            }
        }
    }

    @Test func `what pyogrio writes is read`() throws {
        guard let python = Self.python() else { return }
        let scratch = Scratch()
        let script = """
            import sys, warnings
            import geopandas, numpy, pyogrio, shapely
            folder = sys.argv[1]
            random = numpy.random.default_rng(5)
            xy = numpy.round(random.uniform((126, 34), (129, 38), (40, 2)), 6)
            texts = ["대덕", "a\\"b", "👩🏽‍🔬", None, "줄\\n바꿈", "", "007", "null"] * 5
            points = shapely.points(xy)
            kinds = {
                "point": points, "line": shapely.linestrings(numpy.stack((xy, xy + 0.5), 1)),
                "area": shapely.buffer(points, 0.25, quad_segs=3),
                "areas": [shapely.MultiPolygon([shapely.box(x, y, x + 1, y + 1),
                                                shapely.box(x + 2, y, x + 3, y + 1)]) for x, y in xy],
            }
            drivers = {"geojson": "GeoJSON", "geojsonl": "GeoJSONSeq", "gpkg": "GPKG",
                       "fgb": "FlatGeobuf", "shp": "ESRI Shapefile"}
            for kind, shapes in kinds.items():
                shapes = shapely.transform(numpy.array(shapes), lambda xy: numpy.round(xy, 6))
                frame = geopandas.GeoDataFrame(
                    {"n": numpy.arange(40), "text": texts, "number": random.normal(size=40)},
                    geometry=shapes, crs=4326)
                for ending, driver in drivers.items():
                    options = {"ENCODING": "UTF-8"} if ending == "shp" else {}
                    options |= {"SPATIAL_INDEX": "NO"} if ending == "fgb" else {}
                    options |= {"COORDINATE_PRECISION": 15} if "json" in ending else {}
                    pyogrio.write_dataframe(frame, f"{folder}/{kind}.{ending}", driver=driver,
                                            layer_options=options)
                hexes = shapely.to_wkb(frame.geometry, hex=True)
                with open(f"{folder}/{kind}.txt", "w") as out:
                    for t, x, h in zip(texts, frame.number, hexes):
                        out.write(f"{'-' if t is None else t.encode().hex()} {float(x).hex()} {h}\\n")
            """
        let run = try SharedData.run(python, ["-c", script, scratch.path])
        try #require(run.code == 0, "\(run.errors)")
        func bytes(_ hex: Substring) -> [UInt8] {
            stride(from: 0, to: hex.count, by: 2).compactMap {
                UInt8(hex.dropFirst($0).prefix(2), radix: 16)
            }
        }
        for kind in ["point", "line", "area", "areas"] {
            let expected = scratch.read("\(kind).txt").split(separator: "\n").map {
                $0.split(separator: " ", omittingEmptySubsequences: false)
            }
            for ending in ["geojson", "geojsonl", "gpkg", "fgb", "shp"] {
                var source = try openSource(scratch / "\(kind).\(ending)")
                let batch = try source.readAll()
                try #require(batch.count == 40, "\(kind).\(ending)")
                for (row, words) in expected.enumerated() {
                    let place = "\(kind).\(ending), row \(row)"
                    #expect(batch["n"]?[row].number == Double(row), "\(place)")
                    var text: String? =
                        words[0] == "-" ? nil : String(decoding: bytes(words[0]), as: UTF8.self)
                    // A dBASE table has one word for no text and an empty one.
                    if ending == "shp", text == "" { text = nil }
                    #expect(batch["text"]?[row].text == text, "\(place)")
                    let number = Double(words[1]) ?? .nan
                    let error = abs((batch["number"]?[row].number ?? .nan) - number)
                    #expect(error <= (ending == "shp" ? 1e-14 : 0), "\(place)")
                    let shape = try WellKnownBinary.decode(bytes(words[2]))
                    #expect(
                        Self.plain(batch.geometry[row]) == Self.plain(shape), "\(place)")
                }
            }
        }
    }
}
