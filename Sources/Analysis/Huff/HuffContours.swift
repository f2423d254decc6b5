public import Features
public import Geometry

/// Where each facility's probability is at least given levels, as areas.
///
/// Probabilities are found at the nodes of a grid and followed between them in straight lines
/// (marching squares; see `ContourTracer`): a line lies within a step of the grid of where it should,
/// and what is smaller than a cell may be missing. The contours of Huff's own map: D. L. Huff, 1964,
/// https://doi.org/10.1177/002224296402800307.
public struct HuffContours: Sendable {
    /// An area.
    public struct Row: Sendable {
        /// The facility, by its place in the layer from 0.
        public let facility: Int
        /// The probability at the edge of the area, and the least within it.
        public let probability: Double
        /// The area.
        public let shape: Shape
    }

    /// The areas by facility, then ascending by probability; those of nothing are left out.
    public let rows: [Row]
    private let facilities: FacilityLayer

    /// How many probabilities are held at once at most.
    static let mostValues = 20_000_000

    /// Draws the areas.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - levels: Probabilities above 0 and at most 1.
    ///   - region: What is drawn in: a valid polygon or several.
    ///   - cell: How far the nodes of the grid lie apart.
    ///   - tasks: How many rows are worked on at once; changes nothing but the time.
    /// - Throws: ``AnalysisError`` where a level is none or the grid would have too many nodes
    ///   (`badArgument`), or GEOS's error where an area cannot be cut.
    /// - Complexity: O(n log m + r) on average for n nodes, m facilities and r pairs within reach.
    public init(
        of model: HuffModel, at levels: [Double], in region: Shape, cell: Distance, tasks: Int = 1
    ) async throws {
        guard levels.allSatisfy({ $0 > 0 && $0 <= 1 }), cell.metres > 0 else {
            throw AnalysisError(
                .badArgument, at: "", "levels \(levels) with cells of \(cell) make no contours",
                remedy: "give probabilities above 0 and at most 1, and a cell of more than 0")
        }
        facilities = model.facilities
        let (longitudes, latitudes) = try Self.grid(region, cell, facilities.count)
        let (columns, count) = (longitudes.count, facilities.count)
        // The outermost nodes are 0, so that all lines are closed; they lie outside the region.
        let inner = columns - 2
        let found = await PermutationTest.rows(latitudes.count, tasks: tasks) { row in
            Result { () throws -> HuffModel.Choices? in
                if row == 0 || row == latitudes.count - 1 { return nil }
                return try model.choices(
                    from: Places(
                        longitudes: Array(longitudes[1...inner]),
                        latitudes: Array(repeating: latitudes[row], count: inner)))
            }
        }
        var values = Array(
            repeating: [Double](repeating: 0, count: columns * latitudes.count), count: count)
        for (row, result) in found.enumerated() {
            guard let choices = try result.get() else { continue }
            for column in 0..<inner {
                for entry in choices.rows.entries(of: column) {
                    values[Int(choices.rows.indices[entry])][row * columns + column + 1] =
                        choices.probabilities[entry]
                }
            }
        }
        var rows: [Row] = []
        for facility in 0..<count {
            let surface = DensitySurface(longitudes, latitudes, values: values[facility])
            for level in Set(levels).sorted() {
                guard let area = surface.area(above: level) else { continue }
                let cut = Shape.area(of: try area.intersection(region).polygons)
                    .rounded(decimals: 7)
                if !cut.isEmpty {
                    rows.append(Row(facility: facility, probability: level, shape: cut))
                }
            }
        }
        self.rows = rows
    }

    /// The nodes around a region, with two more columns and rows than it needs.
    private static func grid(
        _ region: Shape, _ cell: Distance, _ facilities: Int
    ) throws -> (longitudes: [Double], latitudes: [Double]) {
        guard let box = region.envelope else {
            throw AnalysisError(
                .cannotDraw, at: "", "there is no area to draw contours in",
                remedy: "give a boundary of polygons")
        }
        // The step in degrees where the region is widest: nearest to the equator.
        let widest =
            box.minY <= 0 && box.maxY >= 0 ? 0 : min(box.minY.magnitude, box.maxY.magnitude)
        let up =
            cell.metres
            / (Geodesic.wgs84.distance(
                from: box.centre, to: Position(box.centre.x, box.centre.y + 0.01)) * 100)
        let across =
            cell.metres
            / (Geodesic.wgs84.distance(
                from: Position(0, widest), to: Position(0.01, widest)) * 100)
        let columns = (box.width / across).rounded(.up) + 3
        let rows = (box.height / up).rounded(.up) + 3
        guard columns * rows * Double(facilities) <= Double(mostValues) else {
            throw AnalysisError(
                .badArgument, at: "",
                "a grid of \(cell) for \(facilities) facilities would have more than "
                    + "\(mostValues) values", remedy: "choose a larger --cell")
        }
        return (
            (0..<Int(columns)).map { box.minX + (Double($0) - 1) * across },
            (0..<Int(rows)).map { min(90, max(-90, box.minY + (Double($0) - 1) * up)) }
        )
    }

    /// The areas as features, a facility's largest first: `facility_id`, `facility_name`,
    /// `probability` and `area_km2`.
    public var features: FeatureBatch {
        var batch = FeatureBatch(geometry: GeometryColumn(rows.map { $0.shape }))
        batch.set("facility_id", .string(rows.map { facilities.ids[$0.facility] }))
        batch.set("facility_name", .string(rows.map { facilities.names[$0.facility] }))
        batch.set("probability", .double(rows.map { $0.probability }))
        batch.set("area_km2", .double(rows.map { $0.shape.geodesicArea.toSquareKilometres }))
        return batch
    }
}

extension DensitySurface {
    /// Takes values at the nodes of a grid, row after row; 0 all along its edge.
    init(_ longitudes: [Double], _ latitudes: [Double], values: [Double]) {
        self.longitudes = longitudes
        self.latitudes = latitudes
        densities = values
    }
}
