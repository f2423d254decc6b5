public import Geometry

/// A density on a grid of longitudes and latitudes, and the areas where it is high.
public struct DensitySurface: Sendable {
    /// The longitudes of the columns, degrees, ascending.
    public let longitudes: [Double]
    /// The latitudes of the rows, degrees, ascending.
    public let latitudes: [Double]
    /// The densities per square kilometre, row after row; 0 all along the edge of the grid.
    public let densities: [Double]

    /// How many nodes a grid has at most.
    public static let mostNodes = 4_000_000

    /// Measures a density on a grid.
    ///
    /// - Parameters:
    ///   - density: The density.
    ///   - places: The places that it spreads.
    ///   - cell: How far the nodes of the grid lie apart; an eighth of the bandwidth is smooth.
    ///   - tasks: How many rows are worked on at once; changes nothing but the time.
    /// - Throws: ``AnalysisError`` where the grid would have too many nodes (`badArgument`) or the
    ///   places do not lie in one part of the earth (`cannotDraw`).
    public init(
        of density: KernelDensity, around places: [Position], cell: Distance, tasks: Int = 1
    ) async throws {
        guard let box = try density.box(of: places, cell: cell.metres) else {
            longitudes = []
            latitudes = []
            densities = []
            return
        }
        let middle = box.centre
        let up =
            Geodesic.wgs84.distance(
                from: middle, to: Position(middle.x, middle.y + 0.01)) * 100
        let across =
            Geodesic.wgs84.distance(
                from: middle, to: Position(middle.x + 0.01, middle.y)) * 100
        let columns = (box.width * across / cell.metres).rounded(.up) + 1
        let rows = (box.height * up / cell.metres).rounded(.up) + 1
        guard columns * rows <= Double(Self.mostNodes) else {
            throw AnalysisError(
                .badArgument, at: "",
                "a grid of \(cell) would have more than \(Self.mostNodes) nodes",
                remedy: "choose a larger --cell")
        }
        let longitudes = (0..<Int(columns)).map { box.minX + Double($0) * cell.metres / across }
        let latitudes = (0..<Int(rows)).map { box.minY + Double($0) * cell.metres / up }
        let found = await PermutationTest.rows(latitudes.count, tasks: tasks) { row in
            Result {
                try density.densities(
                    longitudes: longitudes,
                    latitudes: Array(repeating: latitudes[row], count: longitudes.count))
            }
        }
        self.longitudes = longitudes
        self.latitudes = latitudes
        densities = try found.flatMap { try $0.get() }
    }

    /// The density at and above which a share of all lies: the edge of the smallest area that holds it.
    ///
    /// R. J. Hyndman, 1996, https://doi.org/10.1080/00031305.1996.10473359.
    ///
    /// - Parameter share: From 0 to 1.
    /// - Returns: A density per square kilometre; `nil` where there is none at all.
    public func level(holding share: Double) -> Double? {
        let columns = longitudes.count
        let nodes = densities.indices.filter { densities[$0] > 0 }.map { node in
            (density: densities[node], mass: densities[node] * cosine(node / columns))
        }.sorted { $0.density > $1.density }
        let total = nodes.reduce(0) { $0 + $1.mass }
        var sum = 0.0
        for node in nodes {
            sum += node.mass
            if sum >= share * total { return node.density }
        }
        return nodes.last?.density
    }

    /// How wide the cells of a row are, against the equator.
    private func cosine(_ row: Int) -> Double {
        let east = Position(0.01, latitudes[row])
        return Geodesic.wgs84.distance(from: Position(0, latitudes[row]), to: east)
    }

    /// The area where the density is at least a level.
    ///
    /// - Parameter level: A density per square kilometre, above 0.
    /// - Returns: A multipolygon; `nil` where the density is below the level everywhere.
    public func area(above level: Double) -> Shape? {
        let rings = ContourTracer(surface: self, level: level).rings()
        let polygons = ContourTracer.polygons(of: rings)
        return polygons.isEmpty ? nil : .multiPolygon(polygons)
    }
}
