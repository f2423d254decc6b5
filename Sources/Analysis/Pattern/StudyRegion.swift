public import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where features of a pattern could lie: an area on the ellipsoid.
public struct StudyRegion: Sendable {
    /// The polygons.
    public let shape: Shape
    /// The area in square metres.
    public let area: Double
    /// The length of all borders in metres.
    public let perimeter: Double
    private let box: Envelope

    /// Takes a boundary.
    ///
    /// - Parameter boundary: Polygons, which may overlap.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) where it holds no area.
    public init(_ boundary: Shape) throws {
        do {
            let whole = try Boundary.dissolved(boundary)
            guard let box = whole.envelope, whole.geodesicArea > 0 else {
                throw GeometryError(
                    .badArgument, "the boundary has no area",
                    remedy: "give a layer of polygons, or leave the boundary out")
            }
            shape = whole
            self.box = box
            area = whole.geodesicArea
            perimeter = whole.geodesicLength
        } catch let error as GeometryError {
            throw AnalysisError(
                .cannotDraw, at: "the boundary", error.problem, remedy: error.remedy)
        }
    }

    /// Takes the convex surroundings of positions: their convex hull with a margin of a tenth of its
    /// extent, at least 5 km.
    ///
    /// - Parameter positions: Longitude, latitude in degrees; at least one.
    /// - Returns: The region.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) where it cannot be drawn.
    public static func surroundings(of positions: [Position]) throws -> StudyRegion {
        do {
            return try StudyRegion(Boundary.surroundings(of: positions))
        } catch let error as GeometryError {
            throw AnalysisError(
                .cannotDraw, at: "the surroundings", error.problem, remedy: error.remedy)
        }
    }

    /// Which positions lie in the region or on its border.
    func covers(_ positions: [Position]) throws -> [Bool] {
        let area = try PreparedArea(shape)
        return try positions.map { try area.covers($0) }
    }

    /// How far positions are from the border in metres.
    func distancesToBorder(_ positions: [Position]) throws -> [Double] {
        let border = try DistanceTarget(.multiLineString(shape.polygons.flatMap { $0 }))
        return try positions.map { try border.distance(from: $0) ?? .infinity }
    }

    /// Throws positions into the region, each part of it as likely as its area.
    package struct Thrower {
        private let region: StudyRegion
        private let area: PreparedArea
        /// The area of the ellipsoid for each square degree is greatest here.
        private let densest: Double

        package init(_ region: StudyRegion) throws {
            self.region = region
            area = try PreparedArea(region.shape)
            let box = region.box
            let nearest = box.minY * box.maxY <= 0 ? 0 : min(abs(box.minY), abs(box.maxY))
            densest = Self.density(nearest)
        }

        /// The area of the ellipsoid for each square degree at a latitude, over that at the equator.
        private static func density(_ latitude: Double) -> Double {
            let e2 = 0.006694379990141316
            let sine = sin(latitude * .pi / 180)
            let stretch = 1 - e2 * sine * sine
            return cos(latitude * .pi / 180) / (stretch * stretch)
        }

        /// Throws so many positions.
        package func positions(_ count: Int, _ random: inout SplitMix64) throws -> [Position] {
            let box = region.box
            var result: [Position] = []
            result.reserveCapacity(count)
            while result.count < count {
                let place = Position(
                    box.minX + box.width * random.unit(), box.minY + box.height * random.unit())
                if random.unit() * densest > Self.density(place.y) { continue }
                if try area.covers(place) { result.append(place) }
            }
            return result
        }
    }
}
