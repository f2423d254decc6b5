import Features
import Geometry

/// The way from the coordinate reference system of a file to longitude, latitude on WGS 84, or
/// from there to that of a file to be written; errors name the file.
final class Transformer {
    private let transformation: Transformation
    /// Whether what comes out is in degrees.
    let isInDegrees: Bool
    /// The authority's code of the other system, for example `EPSG:5179`.
    let code: String?
    /// What is known of the numbers, where it was a person who named the system.
    var assumption = Assumption.none

    /// Whether numbers are what a person says they are of files that do not tell.
    enum Assumption {
        /// The file tells itself.
        case none
        /// No numbers were seen yet.
        case open
        /// They are metres.
        case metres
        /// They are degrees on WGS 84 already.
        case degrees
    }

    /// The way from a system to longitude, latitude on WGS 84; `nil` where that is what it is.
    static func from(
        _ name: String, doubtful: Transformation.DoubtPolicy, place: String
    ) throws(FormatError) -> Transformer? {
        try Transformer(name, doubtful, place) { system throws(GeometryError) in
            try Transformation(from: system, to: .wgs84, doubtful: doubtful)
        }
    }

    /// The way from longitude, latitude on WGS 84 to a system; `nil` where that is what it is.
    static func to(
        _ name: String, doubtful: Transformation.DoubtPolicy, place: String
    ) throws(FormatError) -> Transformer? {
        try Transformer(name, doubtful, place) { system throws(GeometryError) in
            try Transformation(from: .wgs84, to: system, doubtful: doubtful)
        }
    }

    private init?(
        _ name: String, _ doubtful: Transformation.DoubtPolicy, _ place: String,
        _ make: (CoordinateReferenceSystem) throws(GeometryError) -> Transformation
    ) throws(FormatError) {
        do throws(GeometryError) {
            let system = try CoordinateReferenceSystem(name)
            if system.isWGS84 { return nil }
            transformation = try make(system)
            isInDegrees = transformation.target.isGeographic
            code = system.code
        } catch {
            throw FormatError(.crs, at: place, error.problem, remedy: error.remedy)
        }
    }

    /// What a person should know of the transformation.
    var remarks: [String] {
        let from = transformation.source.code ?? transformation.source.name
        if assumption == .degrees {
            return [
                "coordinates are longitude and latitude already, so --assume-crs \(from) was left out"
            ]
        }
        return ["positions were transformed from \(from) (\(transformation.operation))"]
    }

    /// Doubts about the transformation that were accepted.
    var warnings: [String] { transformation.warnings }

    /// Whether two ways do the same.
    func isSame(as other: Transformer) -> Bool {
        transformation.source == other.transformation.source
            && transformation.target == other.transformation.target
    }

    /// Transforms whole arrays of coordinates, x east and y north.
    func apply(_ x: inout [Double], _ y: inout [Double], place: String) throws(FormatError) {
        if assumption != .none { try settle(x, y, place) }
        if assumption == .degrees { return }
        do throws(GeometryError) {
            try transformation.apply(&x, &y)
        } catch {
            throw FormatError(.badPosition, at: place, error.problem, remedy: error.remedy)
        }
    }

    /// Finds whether numbers are in the projected system that a person named.
    ///
    /// One such word is said of all files of a command. Longitudes and latitudes in Korea are no
    /// metres of any projected system there, so a file that holds nothing else was not meant.
    private func settle(_ x: [Double], _ y: [Double], _ place: String) throws(FormatError) {
        guard !transformation.source.isGeographic else {
            assumption = .none
            return
        }
        var (seen, inKorea, small) = (0, 0, 0)
        var first: Position?
        for (x, y) in zip(x, y) where x.isFinite && y.isFinite {
            seen += 1
            first = first ?? Position(x, y)
            if (122...134).contains(x), (32...44).contains(y) { inKorea += 1 }
            if abs(x) <= 180, abs(y) <= 180 { small += 1 }
        }
        guard seen > 0, let first else { return }
        if assumption != .metres, small == seen, 2 * inKorea > seen {
            assumption = .degrees
        } else if assumption != .degrees, small == seen {
            let code = code ?? transformation.source.name
            throw FormatError(
                .crs, at: place,
                "coordinates look like degrees, not like metres of \(code): \(first)",
                remedy: "write longitude before latitude, and give files of other systems one by "
                    + "one: `clusteratlas convert` turns each into longitude and latitude")
        } else if assumption != .degrees {
            assumption = .metres
        }
    }

    /// Transforms a column.
    func apply(_ column: GeometryColumn, place: String) throws(FormatError) -> GeometryColumn {
        func moved(
            _ coordinates: GeometryColumn.Coordinates
        ) throws(FormatError) -> GeometryColumn.Coordinates {
            var moved = coordinates
            try apply(&moved.x, &moved.y, place: place)
            return moved
        }
        let layout: GeometryColumn.Layout
        switch column.layout {
        case .points(let coordinates): layout = .points(try moved(coordinates))
        case .chains(let coordinates, let offsets, let kind):
            layout = .chains(try moved(coordinates), offsets: offsets, kind: kind)
        case .rings(let coordinates, let rings, let offsets, let kind):
            layout = .rings(try moved(coordinates), rings: rings, offsets: offsets, kind: kind)
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            layout = .polygons(
                try moved(coordinates), rings: rings, polygons: polygons, offsets: offsets)
        case .binary:
            let shapes = column.shapes
            var coordinates = GeometryColumn.Coordinates()
            for shape in shapes {
                shape?.forEachPosition {
                    coordinates.x.append($0.x)
                    coordinates.y.append($0.y)
                }
            }
            coordinates = try moved(coordinates)
            var at = 0
            return GeometryColumn(
                shapes.map { shape in
                    shape?.mapPositions { old in
                        defer { at += 1 }
                        return Position(coordinates.x[at], coordinates.y[at], old.z)
                    }
                })
        }
        return GeometryColumn(layout, validity: column.validity)
    }
}
