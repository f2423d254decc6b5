import Foundation

@testable import Features
@testable import Formats
@testable import Geometry

/// What a fuzzer begins with: small inputs of every kind, made here or taken from the fixtures.
enum Seeds {
    static let fixtures =
        ProcessInfo.processInfo.environment["FUZZ_FIXTURES"] ?? "Tests/Fixtures"

    /// The files of a small catalogue.
    static let catalogue: [(name: String, bytes: [UInt8])] = {
        let folder = "\(fixtures)/catalogue"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { ($0, bytes("\(folder)/\($0)")) }
    }()

    private static func bytes(_ path: String) -> [UInt8] {
        [UInt8]((try? Data(contentsOf: URL(filePath: path))) ?? Data())
    }

    static func seeds(of target: FuzzTarget) -> [[UInt8]] {
        switch target {
        case .geojson: collections
        case .geojsonseq:
            [Array(features.joined(separator: "\n").utf8), Array("\u{1E}\(features[0])\n".utf8)]
                + features.map { Array($0.utf8) }
        case .csv: tables.map { Array($0.utf8) }
        case .wkb: shapes.map { WellKnownBinary.encode($0) }
        case .where: conditions.map { Array($0.utf8) }
        case .arrow: tablesOfArrow
        case .catalogue:
            catalogue.enumerated().map { [UInt8($0)] + $1.bytes }
        }
    }

    // MARK: Shapes

    private static let ring = [
        Position(127, 36), Position(128, 36), Position(128, 37), Position(127, 37),
        Position(127, 36),
    ]
    private static let hole = [
        Position(127.2, 36.2), Position(127.2, 36.4), Position(127.4, 36.4), Position(127.2, 36.2),
    ]

    static let shapes: [Shape] = [
        .point(Position(127.3654, 36.3721)), .point(.empty), .point(Position(127, 36, 5)),
        .multiPoint([Position(127, 36), Position(128, 37)]), .multiPoint([]),
        .lineString(Array(ring.prefix(3))), .lineString([]),
        .multiLineString([Array(ring.prefix(2)), Array(ring.suffix(2))]),
        .polygon([ring, hole]), .polygon([]),
        .multiPolygon([[ring, hole], [ring.map { Position($0.x + 2, $0.y) }]]),
        .lineString([Position(179, 10), Position(181, 11)]),
        .polygon([
            [
                Position(-180, -90), Position(180, -90), Position(180, 90), Position(-180, 90),
                Position(-180, -90),
            ]
        ]),
        .collection([.point(Position(1, 2)), .collection([.polygon([ring])]), .collection([])]),
    ]

    // MARK: Texts

    private static let properties = [
        #"{"n":1,"name":"대덕","v":0.5,"b":true,"z":null}"#,
        #"{"n":"1","name":"\u0000\ud83d\ude00\n","v":1e300,"list":[1,{"a":[]}]}"#, "{}", "null",
        #"{"n":12345678901234567890,"v":-0.0,"":"","n":2}"#,
    ]

    static let features: [String] = shapes.enumerated().compactMap { at, shape in
        guard let geometry = geometry(shape) else { return nil }
        let id = [#","id":"a""#, #","id":7"#, "", #","bbox":[1,2,3,4]"#][at % 4]
        return #"{"type":"Feature"\#(id),"properties":\#(properties[at % properties.count]),"#
            + #""geometry":\#(geometry)}"#
    }

    private static func geometry(_ shape: Shape) -> String? {
        func at(_ position: Position) -> String {
            "[\(position.x),\(position.y)\(position.z.map { ",\($0)" } ?? "")]"
        }
        func list(_ parts: [String]) -> String { "[\(parts.joined(separator: ","))]" }
        func line(_ positions: [Position]) -> String { list(positions.map(at)) }
        let coordinates: String
        switch shape {
        case .point(let position): coordinates = position.x.isNaN ? "[]" : at(position)
        case .multiPoint(let positions), .lineString(let positions): coordinates = line(positions)
        case .multiLineString(let lines), .polygon(let lines): coordinates = list(lines.map(line))
        case .multiPolygon(let polygons):
            coordinates = list(polygons.map { list($0.map(line)) })
        case .collection(let members):
            let parts = members.compactMap(geometry)
            return #"{"type":"GeometryCollection","geometries":\#(list(parts))}"#
        }
        return #"{"type":"\#(shape.kind.geoJSONName)","coordinates":\#(coordinates)}"#
    }

    private static let collections: [[UInt8]] = {
        let all = features.joined(separator: ",\n")
        let texts = [
            #"{"type":"FeatureCollection","name":"x","features":[\#(all)],"more":{"a":1}}"#,
            #"{"features":[\#(features[0])],"type":"FeatureCollection","bbox":[1,2,3,4]}"#,
            #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"#
                + #""urn:ogc:def:crs:EPSG::5179"}},"features":[{"type":"Feature","properties":{},"#
                + #""geometry":{"type":"Point","coordinates":[990000,1815000]}}]}"#,
            #"{"type":"FeatureCollection","features":[]}"#,
        ]
        return (texts + features).map { Array($0.utf8) }
            + shapes.compactMap(geometry).map {
                Array($0.utf8)
            }
    }()

    private static let tables = [
        "id,lon,lat,name,n\n1,127.5,36.5,\"a,\"\"b\"\"\",007\r\n2,,,,\n3,127°30'00\"E,36°30′N,대덕,1.5\n",
        "이름;경도;위도\n대덕;127.3654;36.3721\n\"두\n줄\";128;37\n",
        "wkt\tn\nPOINT (127 36)\t1\n\"POLYGON ((0 0,1 0,1 1,0 0))\"\t\n",
        "a|b|a\n1|x|true\n-0|1e5|false\n", "\u{FEFF}x,y\n1,2\n", "lon,lat\n",
        "x,y,v\n990000,1815000,9223372036854775808\n",
    ]

    private static let conditions = [
        "n = 1", "이름 like '대%' and not n in (1, 2, null)", "x between 0.1 and 1e3 or b",
        "\"이름\" is not null", "(n >= -3) and (x <> 2.5)", "이름 ilike '%B\\_%' or b = true",
        "not (not (n < 2))", "'it''s' = 이름", "n not between 1 and 2", "null is null",
    ]

    // MARK: Arrow

    private static let tablesOfArrow: [[UInt8]] = {
        var seeds: [[UInt8]] = []
        for (at, shape) in shapes.enumerated() {
            var batch = FeatureBatch(geometry: GeometryColumn([shape, nil, shape]))
            batch.set("n", .int([1, nil, 3]))
            batch.set("name", .string(["곳", "", nil]))
            batch.set("v", .double([0.5, nil, -1]))
            batch.set("b", .bool([true, nil, false]))
            var json = ColumnBuilder()
            for row in 0..<3 { json.appendJSON(utf8: "[\(row)]".utf8) }
            batch.set("j", json.finish())
            let path = "\(FuzzTarget.folder)/seed.\(at % 2 == 0 ? "arrow" : "arrows")"
            guard var sink = try? openSink(path), (try? sink.write(batch)) != nil,
                (try? sink.finish(CollectionInfo())) != nil
            else { continue }
            seeds.append(bytes(path))
        }
        return seeds
    }()
}
