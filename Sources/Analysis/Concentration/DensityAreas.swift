public import Features
public import Geometry

/// The smallest areas of a density surface that hold given shares of all.
public struct DensityAreas: Sendable {
    /// An area.
    public struct Row: Hashable, Sendable {
        /// The share that it holds, from 0 to 1.
        public let share: Double
        /// The density at its edge, per square kilometre.
        public let density: Double
        /// Its size in square kilometres.
        public let areaKM2: Double
        /// Of how many polygons it is made.
        public let parts: Int
        /// How many places lie in it, where the density is at least that of its edge.
        public let places: Int
        /// The area.
        public let shape: Shape
    }

    /// The areas, in the order of their shares; none for a surface that is 0 everywhere.
    public let rows: [Row]

    /// Draws areas.
    ///
    /// - Parameters:
    ///   - surface: The surface.
    ///   - density: The density it was made from.
    ///   - places: The places.
    ///   - weights: How much each place counts; one that counts nothing is not counted in an area.
    ///   - shares: The shares, above 0 and at most 1.
    /// - Throws: `GeometryError` for a place that is not on the globe.
    public init(
        of surface: DensitySurface, _ density: KernelDensity, places: [Position],
        weights: [Double], holding shares: [Double]
    ) throws {
        let own = try density.densities(longitudes: places.map(\.x), latitudes: places.map(\.y))
        rows = shares.compactMap { share in
            guard let level = surface.level(holding: share), let shape = surface.area(above: level),
                case .multiPolygon(let polygons) = shape
            else { return nil }
            return Row(
                share: share, density: level, areaKM2: shape.geodesicArea.toSquareKilometres,
                parts: polygons.count,
                places: zip(own, weights).count { $0 >= level && $1 > 0 }, shape: shape)
        }
    }

    /// The areas as features, the largest first, so that a map shows the densest on top.
    public var features: FeatureBatch {
        let rows = rows.reversed()
        var batch = FeatureBatch(geometry: GeometryColumn(rows.map { $0.shape }))
        batch.set("share", .double(rows.map(\.share)))
        batch.set("density_per_km2", .double(rows.map(\.density)))
        batch.set("area_km2", .double(rows.map(\.areaKM2)))
        batch.set("parts", .int(rows.map(\.parts)))
        batch.set("places", .int(rows.map(\.places)))
        return batch
    }
}
