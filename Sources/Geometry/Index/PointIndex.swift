/// An index of positions on the WGS 84 ellipsoid that finds the nearest ones, and all within a
/// distance, by the length of the geodesic.
///
/// Answers are those of a full scan with Karney's inverse geodesic, ordered by its distance and,
/// where that is equal, by the order in which the positions were given; distances are within 1 µm
/// of it. The antimeridian and the poles are places like any other: the index is a k-d tree over
/// positions from the centre of the earth (J. L. Bentley, 1975,
/// https://doi.org/10.1145/361002.361007) that prunes by chords with proven bounds and settles what
/// is left by geodesics.
///
/// An index is an immutable value: build it once, ask it from any number of tasks.
public struct PointIndex: Sendable {
    /// The positions' coordinates in the order of the tree.
    let x: [Double]
    let y: [Double]
    let z: [Double]
    /// The place in the caller's order of each position of the tree.
    let original: [Int32]
    /// The splits of the inner nodes in heap order; a node's children are `2i + 1` and `2i + 2`, and
    /// each halves its parent's range of positions.
    let splits: [Split]
    let longitudes: [Double]
    let latitudes: [Double]

    struct Split: Sendable {
        var value: Double
        var axis: Int32
    }

    /// The greatest number of positions in a leaf.
    static let leafSize = 8

    /// Builds an index.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees, within ±180.
    ///   - latitudes: Degrees, within ±90, as many as longitudes.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first position that is not finite or
    ///   not on the globe.
    /// - Complexity: O(n log n).
    public init(longitudes: [Double], latitudes: [Double]) throws(GeometryError) {
        precondition(longitudes.count == latitudes.count, "as many latitudes as longitudes")
        precondition(longitudes.count < Int(Int32.max), "at most 2³¹ positions")
        for i in longitudes.indices {
            let position = Position(longitudes[i], latitudes[i])
            guard position.isOnGlobe else {
                throw GeometryError(
                    .badPosition,
                    "position \(i) is \(position), which is not a longitude and latitude",
                    remedy: position.swappedRemedy)
            }
        }
        self.longitudes = longitudes
        self.latitudes = latitudes
        var builder = PointIndexBuilder(
            points: longitudes.indices.map {
                EarthCentred(longitude: longitudes[$0], latitude: latitudes[$0])
            })
        builder.build()
        splits = builder.splits
        original = builder.order
        x = builder.order.map { builder.points[Int($0)].x }
        y = builder.order.map { builder.points[Int($0)].y }
        z = builder.order.map { builder.points[Int($0)].z }
    }

    /// Builds an index.
    ///
    /// - Parameter positions: Longitude, latitude in degrees.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first position that is not finite or
    ///   not on the globe.
    public init(_ positions: [Position]) throws(GeometryError) {
        try self.init(longitudes: positions.map(\.x), latitudes: positions.map(\.y))
    }

    /// The number of positions.
    public var count: Int { original.count }

    /// The position at a place in the order given.
    ///
    /// - Parameter index: The place, from 0.
    /// - Returns: The position.
    public func position(_ index: Int) -> Position { Position(longitudes[index], latitudes[index]) }

    /// A position found.
    public struct Neighbour: Hashable, Sendable {
        /// Its place in the order given, from 0.
        public let index: Int
        /// The length of the geodesic to it in metres, within 1 µm of Karney's.
        public let distance: Double

        /// Creates a position found.
        ///
        /// - Parameters:
        ///   - index: Its place in the order given, from 0.
        ///   - distance: The length of the geodesic to it in metres.
        public init(index: Int, distance: Double) {
            self.index = index
            self.distance = distance
        }
    }
}

extension Position {
    /// What to do about a position that is not on the globe.
    package var swappedRemedy: String {
        if y >= 123, y <= 133, x >= 32, x <= 44 {
            return "latitude and longitude look swapped; give the longitude first"
        }
        if x.magnitude > 1000 || y.magnitude > 1000 {
            return "these look like projected coordinates in metres; name their CRS"
        }
        return "give the longitude (-180...180) first, then the latitude (-90...90)"
    }
}
