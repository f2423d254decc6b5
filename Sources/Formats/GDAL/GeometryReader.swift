internal import CGDAL
import Features
import Geometry

/// Reads geometries of GDAL as shapes: measures are left out, curves become lines, surfaces of
/// triangles become multipolygons, and rings turn the right way round.
struct GeometryReader {
    let gdal: CGDALFunctions
    private var bytes: [UInt8] = []

    init(_ gdal: CGDALFunctions) { self.gdal = gdal }

    /// Appends the geometry of a feature.
    mutating func append(
        _ feature: OGRFeatureRef, to builder: inout GeometryColumnBuilder
    ) throws(GeometryError) {
        guard let geometry = gdal.OGR_F_GetGeometryRef(feature) else { return builder.append(nil) }
        builder.append(try shape(geometry).wound)
    }

    private mutating func shape(_ geometry: OGRGeometryRef) throws(GeometryError) -> Shape {
        // 2001, 3001 and the old flag of 2.5D all stand for a kind below 1000.
        let kind = (gdal.OGR_G_GetGeometryType(geometry) & 0x7FFF_FFFF) % 1000
        let hasMeasures = (gdal.OGR_G_GetGeometryType(geometry) & 0x7FFF_FFFF) / 1000 >= 2
        let isSurface = [
            CGDAL_wkbPolyhedralSurface, CGDAL_wkbTIN, CGDAL_wkbTriangle,
        ].contains(Int(kind))
        let isCurved = gdal.OGR_G_HasCurveGeometry(geometry, 0) != 0
        guard hasMeasures || isSurface || isCurved else { return try decode(geometry) }
        var owned = gdal.OGR_G_Clone(geometry)
        defer { gdal.OGR_G_DestroyGeometry(owned) }
        if isCurved, let linear = gdal.OGR_G_GetLinearGeometry(owned, 0, nil) {
            gdal.OGR_G_DestroyGeometry(owned)
            owned = linear
        }
        if isSurface { owned = gdal.OGR_G_ForceToMultiPolygon(owned) }
        gdal.OGR_G_SetMeasured(owned, 0)
        return try decode(owned)
    }

    private mutating func decode(_ geometry: OGRGeometryRef) throws(GeometryError) -> Shape {
        let count = Int(gdal.OGR_G_WkbSize(geometry))
        if bytes.count < count { bytes = [UInt8](repeating: 0, count: 2 * count) }
        let failed = bytes.withUnsafeMutableBufferPointer {
            // Byte order 1: little-endian.
            gdal.OGR_G_ExportToIsoWkb(geometry, 1, $0.baseAddress.unsafelyUnwrapped)
        }
        guard failed == 0 else {
            throw GeometryError(.malformed, "GDAL cannot give the geometry out: \(gdal.message)")
        }
        return try WellKnownBinary.decode(bytes[..<count])
    }
}

extension Shape {
    /// The shape with exterior rings counterclockwise and holes clockwise (RFC 7946, 3.1.6).
    var wound: Shape {
        switch self {
        case .polygon(let rings): .polygon(Self.wound(rings))
        case .multiPolygon(let polygons): .multiPolygon(polygons.map(Self.wound))
        case .collection(let parts): .collection(parts.map(\.wound))
        default: self
        }
    }

    private static func wound(_ rings: [[Position]]) -> [[Position]] {
        rings.enumerated().map { at, ring in
            let area = doubleArea(of: ring)
            return area != 0 && (area > 0) != (at == 0) ? ring.reversed() : ring
        }
    }

    /// Twice the area of a ring in its plane, positive where it runs counterclockwise.
    static func doubleArea(of ring: [Position]) -> Double {
        guard let first = ring.first else { return 0 }
        var sum = 0.0
        for (a, b) in zip(ring, ring.dropFirst()) {
            sum += (a.x - first.x) * (b.y - first.y) - (b.x - first.x) * (a.y - first.y)
        }
        return sum
    }
}
