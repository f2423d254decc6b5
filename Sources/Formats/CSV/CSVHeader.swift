/// What the first line of a CSV text tells.
struct CSVHeader: Sendable {
    /// The names of all columns, each one different from the others.
    private(set) var names: [String] = []
    /// The columns of longitude (or easting) and latitude (or northing).
    private(set) var position: (x: Int, y: Int)?
    /// The column of well-known text.
    private(set) var wkt: Int?
    /// The column of identifiers.
    private(set) var id: Int?
    /// What people should know.
    private(set) var remarks: [String] = []

    private static let longitudes: Set<String> = [
        "lon", "lng", "long", "longitude", "경도", "wgs84경도", "경도wgs84", "경도좌표", "wgs84lon",
        "lonwgs84", "loc경도", "longi",
    ]
    private static let latitudes: Set<String> = [
        "lat", "latitude", "위도", "wgs84위도", "위도wgs84", "위도좌표", "wgs84lat", "latwgs84",
        "loc위도", "lati",
    ]
    private static let eastings: Set<String> = [
        "x", "xcoord", "coordx", "xcoordinate", "coordinatex", "x좌표", "좌표x", "x좌표값", "pointx",
        "xpos", "posx", "xcrd", "easting", "좌표정보x", "wgs84x",
    ]
    private static let northings: Set<String> = [
        "y", "ycoord", "coordy", "ycoordinate", "coordinatey", "y좌표", "좌표y", "y좌표값", "pointy",
        "ypos", "posy", "ycrd", "northing", "좌표정보y", "wgs84y",
    ]
    private static let texts: Set<String> = ["wkt", "geometry", "geom", "thegeom", "wktgeom"]

    /// The character between fields: the one of comma, semicolon, tab and bar that stands most often
    /// outside quotation marks in the first line.
    static func separator(of line: some Sequence<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
        var best = candidates[0]
        for byte in candidates where counts[byte, default: 0] > counts[best, default: 0] {
            best = byte
        }
        return best
    }

    init(_ fields: [String], options: ReadingOptions, file: String) throws(FormatError) {
        nameColumns(fields)
        func find(_ set: Set<String>) -> Int? {
            names.firstIndex { set.contains(Self.key($0)) }
        }
        func column(_ name: String) throws(FormatError) -> Int {
            if let at = names.firstIndex(of: name) { return at }
            throw FormatError(
                .structure, at: file, "there is no column \"\(name)\"",
                remedy: "the columns are " + names.joined(separator: ", "))
        }
        id = names.firstIndex { $0.lowercased() == "id" }
        if let name = options.wktColumn {
            wkt = try column(name)
        } else if let x = options.longitudeColumn, let y = options.latitudeColumn {
            position = (try column(x), try column(y))
        } else if let x = find(Self.longitudes), let y = find(Self.latitudes) {
            position = (x, y)
            // As it is written here: points as numbers, what is none as well-known text.
            wkt = find(["wkt"])
        } else if let at = find(Self.texts) {
            wkt = at
        } else if let x = find(Self.eastings), let y = find(Self.northings) {
            position = (x, y)
        } else if options.isFormatGuessed {
            throw FormatError(
                .unknownFormat, at: file,
                "this is neither GeoJSON nor CSV with columns of coordinates",
                remedy: "give it GeoJSON, or CSV with columns lon and lat (or wkt)")
        } else {
            remarks.append(CSVSource.withoutCoordinates)
        }
    }

    private mutating func nameColumns(_ fields: [String]) {
        var seen: Set<String> = []
        for (at, field) in fields.enumerated() {
            let wanted = field.isEmpty ? "column_\(at + 1)" : field
            var name = wanted
            var number = 2
            while !seen.insert(name).inserted {
                name = "\(wanted)_\(number)"
                number += 1
            }
            if name != field {
                remarks.append(
                    field.isEmpty
                        ? "column \(at + 1) has no name and was called \"\(name)\""
                        : "a second column \"\(field)\" was called \"\(name)\"")
            }
            names.append(name)
        }
    }

    /// A name as it is compared: small letters, without spaces and signs.
    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
