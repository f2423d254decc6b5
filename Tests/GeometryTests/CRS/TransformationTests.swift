import Foundation
import Geometry
import TestSupport
import Testing

private let systems = [
    "EPSG:4326", "EPSG:4737", "EPSG:5174", "EPSG:2097", "EPSG:5178", "EPSG:5179", "EPSG:5181",
    "EPSG:5185", "EPSG:5186", "EPSG:5187", "EPSG:5188", "EPSG:32651", "EPSG:32652", "EPSG:3857",
]

private let bessel =
    "+proj=tmerc +lat_0=38 +lon_0=127.0028902777778 +k=1 +x_0=200000 +y_0=500000 +ellps=bessel +units=m"

struct TransformationTests {
    @Test(arguments: systems)
    func `a system comes back to where it went within a millimetre`(system: String) throws {
        let there = try Transformation(
            from: .wgs84, to: CoordinateReferenceSystem(system), doubtful: .accept)
        let back = try Transformation(
            from: CoordinateReferenceSystem(system), to: .wgs84, doubtful: .accept)
        var random = SeededGenerator(seed: 8)
        let places = random.korea(1000)
        var x = places.map(\.x)
        var y = places.map(\.y)
        try there.apply(&x, &y)
        var inverse = (x, y)
        try back.apply(&x, &y)
        try there.applyInverse(&inverse.0, &inverse.1)
        var worst = (separate: 0.0, inverse: 0.0)
        for (i, place) in places.enumerated() {
            let returned = Position(x[i], y[i])
            let inverted = Position(inverse.0[i], inverse.1[i])
            worst.separate = max(
                worst.separate, Geodesic.wgs84.distance(from: place, to: returned))
            worst.inverse = max(worst.inverse, Geodesic.wgs84.distance(from: place, to: inverted))
        }
        #expect(worst.inverse < 0.001)
        // EPSG reverses its Molodensky-Badekas operation by turning signs, and so does cs2cs: what
        // two transformations make of a round trip is then 5.6 mm off.
        let isKorean1985 = ["EPSG:5174", "EPSG:2097", "EPSG:5178"].contains(system)
        #expect(worst.separate < (isKorean1985 ? 0.006 : 0.001))
    }

    @Test func `every system agrees with cs2cs`() throws {
        let file = SharedData.packageRoot.appending(path: "Tests/Fixtures/crs/cs2cs-9.1.1.txt")
        var lines = 0
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        where !line.hasPrefix("#") {
            let fields = line.split(separator: " ")
            let numbers = fields.dropFirst().compactMap { Double($0) }
            let target = try CoordinateReferenceSystem(String(fields[0]))
            let found = try Transformation(from: .wgs84, to: target).apply(
                Position(numbers[0], numbers[1]))
            let tolerance = target.isGeographic ? 2e-9 : 1e-6
            #expect(abs(found.x - numbers[2]) <= tolerance, "\(line)")
            #expect(abs(found.y - numbers[3]) <= tolerance, "\(line)")
            lines += 1
        }
        #expect(lines == systems.count * 5)
    }

    @Test func `a transformation knows its operation and accuracy`() throws {
        let old = try Transformation(from: CoordinateReferenceSystem("EPSG:5174"), to: .wgs84)
        #expect(old.accuracy == 1)
        #expect(old.operation.contains("Korean 1985 to WGS 84"))
        #expect(old.warnings.isEmpty)
        let utm = try Transformation(from: .wgs84, to: CoordinateReferenceSystem("EPSG:32652"))
        #expect(utm.accuracy == 0)
        #expect(try Transformation(from: .wgs84, to: .wgs84).operation == "identity")
    }

    @Test func `the common seven parameters agree with EPSG's operation`() throws {
        let common = try Transformation(
            from: CoordinateReferenceSystem(
                bessel + " +towgs84=-115.80,474.99,674.11,1.16,-2.31,-1.63,6.43"), to: .wgs84)
        let registered = try Transformation(
            from: CoordinateReferenceSystem("EPSG:5174"), to: .wgs84)
        for place in [
            Position(200_000, 450_000), Position(380_000, 190_000), Position(160_000, 20_000),
        ] {
            let difference = Geodesic.wgs84.distance(
                from: try common.apply(place), to: try registered.apply(place))
            #expect(difference < 0.1)
        }
    }

    struct Wrong: CustomTestStringConvertible, Sendable {
        let definition: String
        let says: [String]
        var testDescription: String { definition }
    }

    @Test(arguments: [
        Wrong(
            definition: bessel + " +towgs84=-145.907,505.034,685.756,-1.162,2.347,1.592,6.342",
            says: ["Molodensky", "EPSG:5174"]),
        Wrong(
            definition:
                "+proj=longlat +ellps=bessel +towgs84=-145.907,505.034,685.756,-1.162,2.347,1.592,6.342",
            says: ["Molodensky", "EPSG:5174"]),
        Wrong(
            definition: bessel + " +towgs84=-115.80,474.99,674.11,-1.16,2.31,1.63,6.43",
            says: ["to 37 m", "signs of the rotations", "+towgs84=-115.80"]),
        Wrong(definition: bessel, says: ["362 m", "no datum", "EPSG:5174"]),
        Wrong(definition: "EPSG:2097", says: ["255 m", "EPSG:5174", "--accept-doubtful-crs"]),
        Wrong(
            definition: bessel + " +towgs84=0,0,0",
            says: ["EPSG's operation for Korea", "EPSG:5174"]),
        Wrong(
            definition: "+proj=longlat +ellps=clrk66", says: ["ballpark"]),
        Wrong(
            definition: "+proj=longlat +datum=NAD27 +nadgrids=not-there.gsb",
            says: ["not-there.gsb", "not installed"]),
    ])
    func `what is wrong for Korea is refused with the right way`(wrong: Wrong) throws {
        let source = try CoordinateReferenceSystem(wrong.definition)
        let error = #expect(throws: GeometryError.self) {
            try Transformation(from: source, to: .wgs84)
        }
        #expect(error?.code == .doubtfulTransformation)
        for word in wrong.says {
            #expect(
                error?.description.contains(word) == true,
                "\(word) is not in: \(error?.description ?? "")"
            )
        }
    }

    @Test func `a doubt that is accepted becomes a warning`() throws {
        let old = try CoordinateReferenceSystem("EPSG:2097")
        let accepted = try Transformation(from: old, to: .wgs84, doubtful: .accept)
        #expect(accepted.warnings.count == 1)
        // Asking for it as output names it on purpose.
        #expect(try Transformation(from: .wgs84, to: old).warnings.isEmpty)
    }

    @Test func `a Japanese datum is not judged by Korea's`() throws {
        let tokyo = try CoordinateReferenceSystem(
            "+proj=longlat +ellps=bessel +towgs84=-146.414,507.337,680.507")
        #expect(try Transformation(from: tokyo, to: .wgs84).warnings.isEmpty)
    }

    @Test(arguments: [
        "EPSG:1", "", "nonsense", "EPSG:5773", "EPSG:4978", "+proj=nothing",
        // PROJ alone would look for a system with such a name, or guess one.
        "urn:ogc:def:crs[-180,-90]9", "urn:ogc:def:crs", "Korea", "EPSG:51 79", "::", "ESRI",
    ])
    func `what is no horizontal system is refused`(definition: String) {
        let error = #expect(throws: GeometryError.self) {
            try CoordinateReferenceSystem(definition)
        }
        #expect(error?.code == .unknownCRS)
    }

    @Test(arguments: [
        ("5179", "EPSG:5179"), ("epsg:5179", "EPSG:5179"),
        ("urn:ogc:def:crs:EPSG::5186", "EPSG:5186"),
        ("EPSG:4326", "EPSG:4326"), ("CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/5186", "EPSG:5186"),
        ("Korea 2000 / Unified CS", "EPSG:5179"), ("korea 2000 / central belt", "EPSG:5181"),
    ])
    func `names of a system are understood`(text: String, code: String) throws {
        #expect(try CoordinateReferenceSystem(text).code == code)
    }

    @Test func `a position that a system cannot hold is named`() throws {
        let there = try Transformation(from: CoordinateReferenceSystem("EPSG:5179"), to: .wgs84)
        var x = [955_000.0, 1e12]
        var y = [1_950_000.0, 1e12]
        let error = #expect(throws: GeometryError.self) { try there.apply(&x, &y) }
        #expect(error?.code == .badPosition)
        #expect(error?.problem.contains("position 1") == true)
        #expect(x == [955_000, 1e12], "a failure changes nothing")
    }

    @Test func `NaN stays NaN`() throws {
        let there = try Transformation(from: CoordinateReferenceSystem("EPSG:5179"), to: .wgs84)
        var x = [Double.nan, 955_000]
        var y = [Double.nan, 1_950_000]
        try there.apply(&x, &y)
        #expect(x[0].isNaN && y[0].isNaN && x[1] > 126 && x[1] < 128)
    }
}
