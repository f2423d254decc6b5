public import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A tile of WebMercatorQuad (OGC 17-083r4, annex D.1): EPSG:3857 in squares, four in one.
public struct TileAddress: Hashable, Sendable {
    /// How often the whole is divided.
    public let zoom: Int
    /// The row, from 0 in the north.
    public let row: Int
    /// The column, from 0 in the west.
    public let column: Int

    /// The greatest zoom.
    public static let greatestZoom = 22
    /// Half the width of the whole, in metres of EPSG:3857.
    private static let half = 20_037_508.342_789_244

    /// Creates an address; `nil` where there is no such tile.
    ///
    /// - Parameters:
    ///   - zoom: How often the whole is divided, up to ``greatestZoom``.
    ///   - row: The row, from 0 in the north.
    ///   - column: The column, from 0 in the west.
    public init?(zoom: Int, row: Int, column: Int) {
        guard (0...Self.greatestZoom).contains(zoom) else { return nil }
        let side = 0..<(1 << zoom)
        guard side.contains(row), side.contains(column) else { return nil }
        self.zoom = zoom
        self.row = row
        self.column = column
    }

    /// The width of the tile, in metres of EPSG:3857.
    public var width: Double { 2 * Self.half / Double(1 << zoom) }

    /// The sides of the tile in EPSG:3857.
    public var box: Envelope {
        let west = Double(column) * width - Self.half
        let north = Self.half - Double(row) * width
        return Envelope(minX: west, minY: north - width, maxX: west + width, maxY: north)
    }

    /// The sides of the tile and the room around it that is drawn, in EPSG:3857.
    public var boxWithBuffer: Envelope {
        let room = width * Double(VectorTile.buffer) / Double(VectorTile.extent)
        let box = box
        return Envelope(
            minX: box.minX - room, minY: box.minY - room, maxX: box.maxX + room,
            maxY: box.maxY + room)
    }

    /// The sides of ``boxWithBuffer`` in longitude and latitude on WGS 84, a little wider.
    public var degrees: Envelope {
        let box = boxWithBuffer
        func longitude(_ x: Double) -> Double { x / Self.half * 180 }
        func latitude(_ y: Double) -> Double { atan(sinh(y / Self.half * .pi)) * 180 / .pi }
        return Envelope(
            minX: max(-180, longitude(box.minX) - 1e-9),
            minY: max(-90, latitude(box.minY) - 1e-9),
            maxX: min(180, longitude(box.maxX) + 1e-9),
            maxY: min(90, latitude(box.maxY) + 1e-9))
    }
}
