public import Features
public import Geometry

/// The cells of a grid whose centres lie in a boundary, as candidates; made a batch at a time.
///
/// Identifiers are those of row and column: `r12c-3`. Rows run from south to north, and in them
/// columns from west to east.
public struct GridSource: FeatureSource {
    /// What is said of the whole.
    public let collection: CollectionInfo
    /// The grid.
    public let grid: EqualAreaGrid

    private let boundary: AreaLocator
    private let drawsCells: Bool
    private let transformation: Transformation
    private let columns: ClosedRange<Int>
    private let lastRow: Int
    private var row: Int
    private var column: Int
    private var made = 0

    /// Prepares a grid over a boundary.
    ///
    /// - Parameters:
    ///   - boundary: Polygons, longitude and latitude in degrees.
    ///   - side: The side of a square of the cells' area, in metres.
    ///   - form: The form of the cells.
    ///   - drawsCells: Whether candidates are the cells themselves, not their centres.
    ///   - name: What the collection is called.
    /// - Throws: ``SitingError`` for a boundary without polygons, wider than 6,000 km or at the
    ///   antimeridian or a pole, and for a side out of range.
    public init(
        over boundary: [Shape], side: Double, _ form: EqualAreaGrid.Form, drawsCells: Bool,
        name: String
    ) throws {
        let polygons = boundary.flatMap(\.polygons)
        let areas = try polygons.map { rings in
            let polygon = Shape.polygon(rings)
            return try polygon.validity().isValid ? polygon : polygon.madeValid()
        }
        guard let box = Shape.collection(areas).envelope else {
            throw SitingError(
                .empty, at: name, "the boundary holds no polygon",
                remedy: "name a layer of polygons, or provinces or municipalities")
        }
        let corners = [
            Position(box.minX, box.minY), Position(box.maxX, box.maxY),
            Position(box.minX, box.maxY), Position(box.maxX, box.minY),
        ]
        guard corners.allSatisfy(\.isOnGlobe), box.minY > -89, box.maxY < 89,
            Geodesic.wgs84.distance(from: corners[0], to: corners[1]) < 6_000_000,
            Geodesic.wgs84.distance(from: corners[2], to: corners[3]) < 6_000_000
        else {
            throw SitingError(
                .badArgument, at: name,
                "the boundary reaches from \(corners[0]) to \(corners[1]), too far for one grid",
                remedy: "give a boundary of at most 6,000 km, off the poles and not across 180°")
        }
        // Whole degrees, so that boundaries of one region share their grid.
        grid = try EqualAreaGrid(
            around: Position(box.centre.x.rounded(), box.centre.y.rounded()), side: side, form)
        transformation = try Transformation(
            from: CoordinateReferenceSystem(grid.projection), to: .wgs84)
        let frame = try Self.frame(of: box, in: transformation)
        let rows = grid.rows(from: frame.minY, to: frame.maxY)
        columns = grid.columns(from: frame.minX, to: frame.maxX)
        (row, lastRow, column) = (rows.lowerBound, rows.upperBound, columns.lowerBound)
        self.boundary = try AreaLocator(areas)
        self.drawsCells = drawsCells
        collection = CollectionInfo(name: name)
    }

    /// The box in the projection around a box of longitude and latitude.
    private static func frame(
        of box: Envelope, in transformation: Transformation
    ) throws -> Envelope {
        var (x, y): ([Double], [Double]) = ([], [])
        let pieces = 64
        for piece in 0...pieces {
            let share = Double(piece) / Double(pieces)
            let (east, north) = (box.minX + box.width * share, box.minY + box.height * share)
            x += [east, east, box.minX, box.maxX]
            y += [box.minY, box.maxY, north, north]
        }
        try transformation.applyInverse(&x, &y)
        let (west, east) = (x.min() ?? 0, x.max() ?? 0)
        let (south, north) = (y.min() ?? 0, y.max() ?? 0)
        // Between the places of the border that were looked at it may bulge a little.
        let margin = 0.001 * max(east - west, north - south)
        return Envelope(
            minX: west - margin, minY: south - margin, maxX: east + margin, maxY: north + margin)
    }

    /// Makes the next batch of candidates.
    ///
    /// - Returns: The batch, or `nil` after the last one.
    /// - Throws: `GeometryError` where a position cannot be transformed.
    public mutating func next() throws -> FeatureBatch? {
        var ids = StringColumn()
        var kept = GeometryColumnBuilder()
        while row <= lastRow, kept.count < FeatureBatch.usualCount {
            let last = min(columns.upperBound, column + FeatureBatch.usualCount - kept.count - 1)
            let cells = (column...last).map { EqualAreaGrid.Cell(row: row, column: $0) }
            if last == columns.upperBound {
                (row, column) = (row + 1, columns.lowerBound)
            } else {
                column = last + 1
            }
            var x = cells.map { grid.middle(of: $0).x }
            var y = cells.map { grid.middle(of: $0).y }
            try transformation.apply(&x, &y)
            for (at, cell) in cells.enumerated() {
                guard try boundary.area(at: Position(x[at], y[at])) >= 0 else { continue }
                ids.append("r\(cell.row)c\(cell.column)")
                if drawsCells {
                    kept.append(.polygon([try ring(of: cell)]))
                } else {
                    kept.appendPoint(x[at], y[at])
                }
            }
        }
        if kept.count == 0 { return nil }
        defer { made += kept.count }
        return FeatureBatch(
            geometry: kept.finish(), ids: Column(.string(ids)), firstIndex: made)
    }

    /// The ring of a cell in longitude and latitude.
    private func ring(of cell: EqualAreaGrid.Cell) throws -> [Position] {
        var (x, y) = grid.ring(of: cell)
        try transformation.apply(&x, &y)
        return zip(x, y).map { Position($0, $1) }
    }
}
