import Geometry
import Synchronization

/// A coordinate reference system in which features are served (OGC API – Features, Part 2).
enum ServedSystem: String, CaseIterable, Sendable {
    case crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    case wgs84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
    case unified = "http://www.opengis.net/def/crs/EPSG/0/5179"
    case central = "http://www.opengis.net/def/crs/EPSG/0/5186"
    case webMercator = "http://www.opengis.net/def/crs/EPSG/0/3857"

    /// The address that names it.
    var address: String { rawValue }

    /// The code by which PROJ knows it.
    var code: String {
        switch self {
        case .crs84: "OGC:CRS84"
        case .wgs84: "EPSG:4326"
        case .unified: "EPSG:5179"
        case .central: "EPSG:5186"
        case .webMercator: "EPSG:3857"
        }
    }

    /// Reads an address, or a code of EPSG's as `EPSG:5179`; `nil` for others.
    init?(_ text: String) {
        guard let system = Self.allCases.first(where: { $0.address == text || $0.code == text })
        else { return nil }
        self = system
    }

    /// All texts that name one.
    static let names = allCases.map(\.address) + allCases.map(\.code)

    /// Whether its first axis is latitude or northing.
    ///
    /// EPSG defines 4326 as latitude, longitude, and the Korean systems as northing (X), easting
    /// (Y); 3857 is easting, northing.
    var isNorthFirst: Bool { self == .wgs84 || self == .unified || self == .central }

    /// Whether its coordinates are degrees.
    var isInDegrees: Bool { self == .crs84 || self == .wgs84 }

    /// Digits after the decimal point that are written; `nil` for all that a number has.
    ///
    /// Metres are written to the millimetre.
    var decimals: Int? { isInDegrees ? nil : 3 }
}

/// The transformations between WGS 84 and the systems that are served, each made once.
final class SystemTransformations: Sendable {
    /// PROJ's objects are for one task at a time.
    private final class Slot: Sendable {
        let made = Mutex<Transformation?>(nil)
    }

    private let slots: [ServedSystem: Slot]

    init() {
        slots = Dictionary(
            uniqueKeysWithValues: ServedSystem.allCases.filter { !$0.isInDegrees }
                .map { ($0, Slot()) })
    }

    /// Transforms positions from longitude, latitude, x east and y north on both sides.
    func apply(_ x: [Double], _ y: [Double], to system: ServedSystem) throws -> ([Double], [Double])
    {
        try run(x, y, system, isInverse: false)
    }

    /// Transforms positions to longitude, latitude, x east and y north on both sides.
    func applyInverse(
        _ x: [Double], _ y: [Double], from system: ServedSystem
    ) throws -> ([Double], [Double]) {
        try run(x, y, system, isInverse: true)
    }

    private func run(
        _ x: [Double], _ y: [Double], _ system: ServedSystem, isInverse: Bool
    ) throws -> ([Double], [Double]) {
        guard let slot = slots[system] else { return (x, y) }
        return try slot.made.withLock { made in
            let transformation: Transformation
            if let ready = made {
                transformation = ready
            } else {
                transformation = try Transformation(
                    from: .wgs84, to: CoordinateReferenceSystem(system.code))
                made = transformation
            }
            var (x, y) = (x, y)
            if isInverse {
                try transformation.applyInverse(&x, &y)
            } else {
                try transformation.apply(&x, &y)
            }
            return (x, y)
        }
    }
}
